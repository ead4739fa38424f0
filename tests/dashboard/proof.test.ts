import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeAuditLog, verifyAuditLog } from '../../src/client/index.ts';
import { fillDay } from './support/fill.ts';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

const PROVEN = 'The log is complete and unchanged';

describe.skipIf(WHY_NO_BROWSER !== undefined)('the proof', () => {
  const folder = mkdtempSync(join(tmpdir(), 'proof-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const dashboard = setupDashboard((setup) => fillDay(setup, 'Alice'));

  const saveProof = async (page: Page): Promise<string> => {
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByRole('heading', { name: PROVEN }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the proof' }).click();
    const path = join(folder, 'proof.jsonl');
    await (await download).saveAs(path);
    return path;
  };

  it('is made in the browser, and saved as a file that others verify without the service', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    const text = readFileSync(await saveProof(page), 'utf8');
    const rootKey = new Uint8Array(Buffer.from(dashboard.service.rootKey, 'hex'));
    const { canisterId } = dashboard.service;
    const report = await verifyAuditLog(decodeAuditLog(text), { canisterId, rootKey });
    expect(report.shown).toBeGreaterThan(0);
    await page.getByText(`${report.shown} you can read`).waitFor();
    expect(text).not.toContain('secret');
  });

  it.each([
    ['a content', /Answered Dana/g, 'Answered Bella', 'the content is not what its commitment binds'],
    [
      'the certificate',
      /"certificate":"[0-9a-f]{4}/,
      '"certificate":"0000',
      'the certificate does not verify',
    ],
  ])('turns red where %s of a file was changed', async (_what, found, put, reason) => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    const path = await saveProof(page);
    const changed = join(folder, 'changed.jsonl');
    writeFileSync(changed, readFileSync(path, 'utf8').replace(found, put));
    await page.getByLabel('Check a proof file').first().setInputFiles(changed);
    const alert = page.getByRole('alert').filter({ hasText: 'The log is not what was written' });
    await alert.getByText(reason).waitFor();
    await alert.getByText('Checked the file changed.jsonl.').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'proof-broken');
    await page.getByLabel('Check a proof file').first().setInputFiles(path);
    await page.getByRole('heading', { name: PROVEN }).waitFor();
  });

  it('says so where a file is no proof', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'dear diary');
    await page.getByLabel('Check a proof file').first().setInputFiles(path);
    await page.getByText('This is not a proof file').waitFor();
    await page.getByText('line 1: it is no JSON object').waitFor();
  });

  it('turns red where an answer was changed on its way', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    let tampered = 0;
    await page.route('**/canister/*/query', async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      const at = body.indexOf('Answered Dana');
      if (at >= 0) {
        body.write('Answered Bell', at);
        tampered++;
      }
      await route.fulfill({ response, body });
    });
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByText('An answer was changed on its way').waitFor();
    expect(tampered).toBeGreaterThan(0);
    await expectAccessible(page);
    await keepScreenshot(page, 'proof-untrusted');
  });

  it('can be stopped', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    await page.route('**/canister/*/query', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByRole('progressbar').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Nothing was checked yet').waitFor();
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ person: 'Alice', path: '/proof', view });
      await page.getByRole('button', { name: 'Check the log' }).click();
      await page.getByRole('heading', { name: PROVEN }).waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `proof-${name}`);
    });
  }
});
