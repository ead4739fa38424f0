import { describe, expect, it } from 'vitest';
import {
  expectAccessible,
  keepScreenshot,
  setupDashboard,
  VIEWS,
  WHY_NO_BROWSER,
} from './support/open-dashboard.ts';

/** Internet Identity's window, as far as one sees it who is not let in. */
const PROVIDER = (does: string): string => `<!doctype html><title>Internet Identity</title><script>
  const refuse = () => opener.postMessage({ kind: 'authorize-client-failure', text: 'this device is not known' }, '*');
  addEventListener('message', () => ${does});
  opener.postMessage({ kind: 'authorize-ready' }, '*');
</script>`;

describe.skipIf(WHY_NO_BROWSER !== undefined)('signing in', () => {
  const dashboard = setupDashboard();

  it('goes on after a reload, and ends where one signs out', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You signed out.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Continue with Internet Identity' }).waitFor();
  });

  it('is not carried over into another tab', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    const other = await page.context().newPage();
    await other.goto(dashboard.url);
    await other.getByRole('button', { name: 'Alice' }).waitFor();
  });

  it('ends where nobody uses the page for a quarter of an hour', async () => {
    const page = await dashboard.open();
    await page.clock.install();
    await page.getByRole('button', { name: 'Alice' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.clock.fastForward('16:00');
    await page.getByText('You were signed out because nobody used the page for a while.').waitFor();
  });

  it('ends where its hour is over, and keeps the address', async () => {
    const page = await dashboard.open({ path: '/activities?type=ErrorOccurred' });
    await page.clock.install();
    await page.getByRole('button', { name: 'Alice' }).click();
    await page.getByText('Nothing matches').waitFor();
    // The network's clock goes another way than this page's.
    await page.context().setOffline(true);
    for (let at = 0; at < 6; at++) {
      await page.mouse.move(at, at);
      await page.clock.fastForward('10:00');
    }
    await page.getByText('Your hour is over. Sign in again to continue.').waitFor();
    expect(new URL(page.url()).search).toBe('?type=ErrorOccurred');
  });

  it('goes on at the address where it ended', async () => {
    const page = await dashboard.open({ person: 'Alice', path: '/activities?type=ErrorOccurred' });
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You signed out.').waitFor();
    await page.getByRole('button', { name: 'Alice' }).click();
    await page.getByText('Nothing matches').waitFor();
    expect(new URL(page.url()).search).toBe('?type=ErrorOccurred');
  });

  it('ends where its hour was over while the device slept', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.context().setOffline(true);
    await page.clock.setSystemTime(Date.now() + 61 * 60_000);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.getByText('Your hour is over. Sign in again to continue.').waitFor();
  });

  it.each([
    ['refused', 'refuse()', 'You were not signed in: this device is not known.'],
    ['given up', 'close()', 'You were not signed in: the window of Internet Identity was closed.'],
  ])('says that it was %s, and keeps the address', async (_name, does, said) => {
    const page = await dashboard.open({
      path: '/credentials?state=expired',
      prepare: (context) =>
        context.route('https://identity.internetcomputer.org/**', (route) =>
          route.fulfill({ contentType: 'text/html', body: PROVIDER(does) }),
        ),
    });
    await page.getByRole('button', { name: 'Continue with Internet Identity' }).click();
    await page.getByText(said).waitFor();
    expect(new URL(page.url()).search).toBe('?state=expired');
  });

  it('says while the device is offline that it is', async () => {
    const page = await dashboard.open({ person: 'Alice' });
    await page.context().setOffline(true);
    await page.getByText('Offline. The pages show the last data').waitFor();
    await expectAccessible(page);
    await page.context().setOffline(false);
    await page.getByText('Offline. The pages show the last data').waitFor({ state: 'detached' });
  });

  for (const [name, view] of Object.entries(VIEWS)) {
    it(`is accessible: ${name}`, async () => {
      const page = await dashboard.open({ view });
      await page.getByRole('button', { name: 'Alice' }).waitFor();
      await expectAccessible(page);
      await keepScreenshot(page, `sign-in-${name}`);
    });
  }
});
