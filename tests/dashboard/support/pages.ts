import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const ROUTER = join(import.meta.dirname, '../../../src/dashboard/app/router.tsx');

/** The widths at which no page may scroll sideways, CSS pixels: 720 at 200 % are 360, and 320 is what WCAG 1.4.10 asks for. */
export const WIDTHS = {
  '320 px': 320,
  '390 px': 390,
  '720 px': 720,
  '1440 px': 1440,
  '720 px at 200 %': 360,
};

/** Resolves once the page shows what was read for it. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.locator('main .skeleton').count(), { timeout: 30_000 }).toBe(0);
}

/** Goes to another page as a link in the page does, and resolves once that one shows what was read for it. Starting the dapp anew takes ten times as long. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate(`((address) => {
    if (address !== location.pathname) document.querySelector('h1')?.setAttribute('data-left', '');
    history.pushState({}, '', address);
  })(${JSON.stringify(address)})`);
  await page.locator('h1[data-left]').waitFor({ state: 'detached' });
  await settled(page);
}

/** Resolves once the page is drawn for a new width, which comes with the next frames. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** The paths of all pages, `$name` for what differs, as the router has them: it runs in a browser alone, so its source is read. */
export function routePaths(): readonly string[] {
  const source = readFileSync(ROUTER, 'utf8');
  const paths = [...source.matchAll(/^ {4}path: '(\/[^']*)',$/gm)].map(([, path = '']) => path);
  const routes = source.match(/createRoute\(/g)?.length ?? 0;
  if (paths.length === 0 || paths.length !== routes) {
    throw new Error(`router.tsx has ${routes} routes, of which ${paths.length} paths were found`);
  }
  return paths;
}

/** The address of a page. Throws where it needs something that is not given, so that no page is passed over. */
export function addressOf(path: string, given: Readonly<Record<string, string>>): string {
  return path.replace(/\$(\w+)/g, (_all, name: string) => {
    const value = given[name];
    if (value === undefined) throw new Error(`an example of $${name} is missing for ${path}`);
    return value;
  });
}
