import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { setupDemo } from './support/demo.ts';
import { keepScreenshot, WHY_NO_BROWSER } from './support/open-dashboard.ts';
import { drawn, settled, WIDTHS } from './support/pages.ts';

type Person = 'Alice' | 'Operator';

/** What opens over a page: the page, the record whose panel has the button, if one has, and the button. */
const OPENINGS: readonly (readonly [person: Person, path: string, inPanel: boolean, button: string])[] = [
  ['Alice', '/agents', false, 'Stop everything'],
  ['Alice', '/agents', false, 'Grant access'],
  ['Alice', '/agents', false, 'Change'],
  ['Alice', '/agents', false, 'Withdraw'],
  ['Alice', '/sessions', true, 'End session'],
  ['Alice', '/credentials', true, 'Show token'],
  ['Alice', '/credentials', true, 'Revoke'],
  ['Alice', '/ids', false, 'Unlink'],
  ['Alice', '/data', false, 'Erase everything'],
  ['Operator', '/operator/agents', false, 'Add an agent'],
  ['Operator', '/operator/agents', false, 'Change'],
  ['Operator', '/operator/agents', false, 'Remove'],
  ['Operator', '/operator/settings', false, 'Remove'],
];

/** What asks, tells or offers over the page. */
const OVER = '[role=dialog], [role=alertdialog], [role=menu]';

/** Run in the page: what of the uppermost sticks out of the window, and can't be scrolled to. */
const STICKING_OUT = `((over) => [over, ...over.querySelectorAll('button, input, select, textarea, a, p, dd, h2, h3, label')]
  .filter((part) => {
    const { left, right, width } = part.getBoundingClientRect();
    if (width === 0) return false;
    for (let box = part.parentElement; box !== null && over.contains(box); box = box.parentElement)
      if (/auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1 && box !== over) return false;
    return left < -1 || right > innerWidth + 1;
  })
  .map((part) => part.tagName.toLowerCase() + ' "' + (part.textContent ?? '').slice(0, 40) + '"'))([...document.querySelectorAll('${OVER}')].at(-1))`;

describe.skipIf(WHY_NO_BROWSER !== undefined)('layout: whatever opens over a page', () => {
  // Each user's story is the same, whoever else there is.
  const dashboard = setupDemo({ users: 4 });
  /** Checks what lies over the page at each width, and says what is wrong with it. */
  const checkOver = async (page: Page, over: Locator, name: string): Promise<readonly string[]> => {
    const wrong: string[] = [];
    for (const [widthName, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: 700 });
      await drawn(page);
      await over.waitFor();
      const out = await page.evaluate<string[]>(STICKING_OUT);
      for (const part of out) wrong.push(`${name} at ${widthName}: ${part} sticks out`);
      // What is below the window has to be reached.
      const last = over.getByRole('button').last();
      if ((await last.count()) > 0) {
        await last.scrollIntoViewIfNeeded();
        const box = await last.boundingBox();
        if (box !== null && (box.y < 0 || box.y + box.height > 701))
          wrong.push(`${name} at ${widthName}: its last button is out of reach`);
      }
      if (width === 320) await keepScreenshot(page, `over-${name.replaceAll(/\W+/g, '-')}-320`);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    return wrong;
  };

  it.each(OPENINGS)(
    'lies within the window at every width: %s, %s, in a panel: %s, %s',
    async (person, path, inPanel, name) => {
      const page = await dashboard.open({ person, path });
      await settled(page);
      if (inPanel) {
        // The newest record is one that is in force.
        await page.locator('.table-open').first().click();
        await page.locator(OVER).last().waitFor();
      }
      const before = await page.locator(OVER).count();
      const part = inPanel ? page.locator(OVER).last() : page.getByRole('main');
      await part.getByRole('button', { name, exact: true }).first().click();
      await expect.poll(() => page.locator(OVER).count()).toBeGreaterThan(before);
      expect(await checkOver(page, page.locator(OVER).last(), `${path} ${name}`)).toEqual([]);
      await page.context().close();
    },
  );

  it.each([
    ['Alice', /Alice/],
    ['Alice', /notification/i],
  ] as const)('lies within the window at every width: %s, %s of the frame', async (person, name) => {
    const page = await dashboard.open({ person });
    await settled(page);
    await page.getByRole('banner').getByRole('button', { name }).first().click();
    await page.locator(OVER).last().waitFor();
    expect(await checkOver(page, page.locator(OVER).last(), `frame ${name.source}`)).toEqual([]);
    await page.context().close();
  });
});
