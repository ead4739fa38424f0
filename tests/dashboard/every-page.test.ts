import { describe, expect, it } from 'vitest';
import { NAVIGATION } from '../../src/dashboard/components/navigation.ts';
import { fillDay } from './support/fill.ts';
import { keepScreenshot, setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';
import { addressOf, drawn, goTo, routePaths, WIDTHS } from './support/pages.ts';

/** What a browser says of a file that the test does not let it have. */
const NOT_LOADED = /Failed to load resource|dynamically imported module|net::ERR/;

describe.skipIf(WHY_NO_BROWSER !== undefined)('every page', () => {
  const dashboard = setupDashboard(async (setup) => {
    for (const person of ['Alice', 'Operator'] as const) await fillDay(setup, person);
    const userId = setup.principalOf('Operator').toText();
    const agent = await setup.clientOf('Mail agent');
    await agent.leaseAgentCredentials({ userId, agentType: 'GitHub', purpose: 'Open pull request 214' });
    await agent.logActivity({
      userId,
      agentType: 'Gmail',
      activityType: 'ErrorOccurred',
      description: 'x'.repeat(400),
    });
  });

  /** An agent and a session of the operator's. */
  const examples = async () => {
    const userId = dashboard.principalOf('Operator').toText();
    const { items } = await (await dashboard.clientOf('Operator')).listSessions({ userId, limit: 1 });
    return {
      agent: dashboard.principalOf('Mail agent').toText(),
      session: items[0]?.sessionId ?? '',
    };
  };

  /** What sticks out of which page, by the width of the window. */
  const findWide = async (): Promise<ReadonlyMap<number, readonly string[]>> => {
    const wide = new Map<number, string[]>(Object.values(WIDTHS).map((width) => [width, []]));
    const page = await dashboard.open({ person: 'Operator' });
    const given = await examples();
    for (const path of routePaths()) {
      await goTo(page, addressOf(path, given));
      for (const [width, found] of wide) {
        await page.setViewportSize({ width, height: 700 });
        await drawn(page);
        const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (over > 0) found.push(`${path}: ${over} px too wide`);
        await keepScreenshot(page, `every${path.replaceAll(/[/$]+/g, '-')}-${width}`);
      }
    }
    return wide;
  };
  /** Each page is opened once for all widths. */
  let wideAt: ReturnType<typeof findWide> | undefined;

  it.each(Object.entries(WIDTHS))('layout: none scrolls sideways at %s', async (_name, width) => {
    wideAt ??= findWide();
    expect((await wideAt).get(width)).toEqual([]);
  });

  it('a failed chunk: one that was not reached says so, breaks no other, and comes by itself', async () => {
    const page = await dashboard.open({
      person: 'Alice',
      // Nothing is loaded before it is asked for.
      prepare: (context) =>
        context.addInitScript(
          "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })",
        ),
      complaint: NOT_LOADED,
    });
    await page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await page.getByRole('table').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('link', { name: 'Proof', exact: true }).click();
    await page.getByText('This page is not here yet').waitFor();
    await page.getByText('You are offline. It opens by itself').waitFor();
    await page.getByRole('link', { name: 'Sessions', exact: true }).click();
    await page.getByRole('table').waitFor();
    await page.getByRole('link', { name: 'Proof', exact: true }).click();
    await page.getByText('This page is not here yet').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Proof' }).waitFor();
  });

  it('a failed chunk: a server that does not give one is asked again, and a reload is offered', async () => {
    let isBroken = true;
    const page = await dashboard.open({
      person: 'Alice',
      complaint: NOT_LOADED,
      prepare: (context) =>
        context.route(/ids-page/, (route) => (isBroken ? route.abort() : route.continue())),
    });
    await page.getByRole('link', { name: 'Your user ids' }).click();
    await page.getByText('This page is not here yet').waitFor();
    await page.getByRole('button', { name: 'Reload' }).waitFor();
    isBroken = false;
    await page.getByRole('heading', { level: 1, name: 'Your user ids' }).waitFor();
  });

  it('a failed chunk: opens offline once the first page has been idle, and shows its records when it is back', async () => {
    const page = await dashboard.open({ person: 'Operator' });
    // They are loaded one after the other, and this is the last one.
    await page.waitForResponse(/\/limits-page-[^/]*\.js$/);
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined);
    await page.context().setOffline(true);
    for (const { to, title } of NAVIGATION) {
      await page.locator(`.frame-side a[href="${to}"]`).click();
      await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
    }
    expect(await page.getByText('This page is not here yet').count()).toBe(0);
    await page.context().setOffline(false);
    await page.getByText('Offline. The pages show').waitFor({ state: 'detached' });
    await page.getByLabel('Value of Keep the grant of expired credentials').waitFor();
  });

  it('a network that does not answer: the page says so, and shows its records by itself when it answers', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/ids', complaint: NOT_LOADED });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().route('**/api/**', (route) => route.abort());
    for (const [title, shown] of [
      ['Sessions', page.getByRole('table')],
      ['Agents', page.getByText('Acting without your grant')],
      ['Overview', page.getByText('Active sessions')],
    ] as const) {
      await page.getByRole('link', { name: title, exact: true }).click();
      const refused = page.getByRole('main').getByRole('alert').getByText('That did not work').first();
      await refused.waitFor();
      await page.context().unroute('**/api/**');
      await shown.waitFor();
      await refused.waitFor({ state: 'detached' });
      await page.context().route('**/api/**', (route) => route.abort());
    }
  });

  it('a network that stops answering: what was read stays, and is said to be out of date until it answers', async () => {
    const page = await dashboard.open({ person: 'Operator', path: '/operator', complaint: NOT_LOADED });
    const figure = page.getByRole('heading', { name: 'Stored', exact: true });
    await figure.waitFor();
    await page.context().route('**/api/**', (route) => route.abort());
    const stale = page.getByRole('main').getByRole('alert').getByText('This may be out of date').first();
    await stale.waitFor();
    expect(await figure.count()).toBe(1);
    await keepScreenshot(page, 'out-of-date');
    await page.context().unroute('**/api/**');
    await stale.waitFor({ state: 'detached' });
  });

  it('a start without the network goes on by itself when the network is there', async () => {
    let isBroken = true;
    const page = await dashboard.open({
      complaint: NOT_LOADED,
      prepare: (context) =>
        context.route('**/config.json', (route) => (isBroken ? route.abort() : route.continue())),
    });
    await page.getByText('That did not work').waitFor();
    isBroken = false;
    await page.getByRole('button', { name: 'Alice' }).waitFor();
  });

  it('first paint: the navigation is there before any script, and is that of the page', async () => {
    const page = await dashboard.open({
      prepare: (context) => context.route(/\.js$/, (route) => route.abort()),
      complaint: NOT_LOADED,
    });
    const links = page.getByRole('navigation').getByRole('link');
    const shown = await links.allInnerTexts();
    const paths = await Promise.all((await links.all()).map((link) => link.getAttribute('href')));
    const yours = NAVIGATION.filter(({ group }) => group === 'yours');
    expect(shown).toEqual(yours.map(({ title }) => title));
    expect(paths).toEqual(yours.map(({ to }) => to));
    await page.getByText('Connecting to the network').waitFor();
    await keepScreenshot(page, 'first-paint');
  });

  it('first paint: what is text comes compressed', async () => {
    for (const [encoding, accept] of [
      ['br', 'gzip, br'],
      ['gzip', 'gzip'],
      [null, 'identity'],
    ] as const) {
      const html = await fetch(`${dashboard.url}/sessions`, {
        headers: { accept: 'text/html', 'accept-encoding': accept },
      });
      expect(html.headers.get('content-encoding')).toBe(encoding);
      expect(html.headers.get('content-type')).toContain('text/html');
      const text = await html.text();
      const script = /src="([^"]+\.js)"/.exec(text)?.[1] ?? '';
      const answer = await fetch(new URL(script, `${dashboard.url}/`), {
        headers: { 'accept-encoding': accept },
      });
      expect(answer.headers.get('content-encoding')).toBe(encoding);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('content-type')).toContain('javascript');
    }
  });
});
