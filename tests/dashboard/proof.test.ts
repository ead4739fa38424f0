import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpAgent } from '@dfinity/agent';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeAuditLog, encodeAuditTip, tipOf, verifyAuditLog } from '../../src/client/index.ts';
import { takeSnapshot } from '../e2e/support/snapshots.ts';
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
    await page.getByText(`You can read ${report.shown}`).waitFor();
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
    const alert = page.getByRole('alert').filter({ hasText: 'The log was changed' });
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
    await page.getByText('An answer was changed in transit').waitFor();
    expect(tampered).toBeGreaterThan(0);
    await expectAccessible(page);
    await keepScreenshot(page, 'proof-untrusted');
  });

  it('trusts no file: a log of another canister is refused', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    const path = await saveProof(page);
    const other = join(folder, 'other.jsonl');
    writeFileSync(other, readFileSync(path, 'utf8').replace(dashboard.service.canisterId, 'aaaaa-aa'));
    await page.getByLabel('Check a proof file').first().setInputFiles(other);
    await page.getByText('the log is of the service aaaaa-aa, and not of').waitFor();
  });

  it('continues what the browser saw before, and the tips of a witness', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    const path = await saveProof(page);
    await page.getByText('This browser had not seen the log before').waitFor();
    const agent = await dashboard.clientOf('Mail agent');
    const log = async (description: string) =>
      agent.logAgentActivity({
        userId: dashboard.principalOf('Alice').toText(),
        agentType: 'Gmail',
        activityType: 'EmailSent',
        description,
      });
    await log('One more');
    const tips = join(folder, 'tips.jsonl');
    writeFileSync(tips, `${encodeAuditTip(tipOf(decodeAuditLog(readFileSync(path, 'utf8'))))}\n`);
    await page.getByLabel('Choose a witness file').first().setInputFiles(tips);
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The log continues the one that this browser saw before').waitFor();
    await page.getByText('The witness agrees: 1 of its tips are of this log.').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Check a proof file').first().setInputFiles(path);
    await page.getByText('The log is older than the one that this browser saw before').waitFor();
    await page.getByLabel('Tips, one per line').fill('dear diary');
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The tips of the witness cannot be used').waitFor();
    await page.getByText('line 1: it is no JSON object').waitFor();
  });

  it('shows history by snapshots: the log that the browser saw before was taken back', async () => {
    const { service } = dashboard;
    const agent = await HttpAgent.create({
      host: service.url,
      identity: service.identities.admin.identity,
      rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
    });
    const load = await takeSnapshot(agent, service.canisterId);
    const writer = await dashboard.clientOf('Mail agent');
    const userId = dashboard.principalOf('Alice').toText();
    const entry = { userId, agentType: 'Gmail', activityType: 'EmailSent' } as const;
    await writer.logAgentActivity({ ...entry, description: 'Vanishes' });
    const page = await dashboard.open({ person: 'Alice', path: '/proof' });
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByRole('heading', { name: PROVEN }).waitFor();
    await load();
    await writer.logAgentActivity({ ...entry, description: 'In its place' });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('The service has shown two different logs').waitFor();
    await page.getByText('have forked').waitFor();
    await expectAccessible(page);
    await keepScreenshot(page, 'proof-forked');
    // What was kept is the evidence, and stays.
    await page.reload();
    await page.getByRole('button', { name: 'Check the log' }).click();
    await page.getByText('The service has shown two different logs').waitFor();
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
