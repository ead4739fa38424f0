import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Ed25519KeyIdentity } from '@dfinity/identity';
import type { Principal } from '@dfinity/principal';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { dashboardIdentities, keyOf } from '../../../src/cli/dashboard/dashboard-identities.ts';
import { startLocalDashboard } from '../../../src/cli/local/local-dashboard.ts';
import { AgentServiceClient } from '../../../src/client/index.ts';
import { type OpenService, openLocalService } from '../../e2e/support/local-service.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Empty where there is no browser. */
    readonly chromium: string;
  }
}

/** Why tests in a browser are left out here; undefined where they run. */
export const WHY_NO_BROWSER =
  inject('chromium') === '' ? 'there is no Chromium; name one in CHROMIUM_PATH' : undefined;

/** Who can sign in: the development identities. */
export type Person = 'Alice' | 'Bob' | 'Mail agent' | 'Operator';

/** How the page is seen. */
export interface View {
  readonly theme: 'light' | 'dark';
  readonly width: number;
  readonly height: number;
}

/** The views of which there is a screenshot of each page. */
export const VIEWS: Readonly<Record<'light' | 'dark' | 'phone', View>> = {
  light: { theme: 'light', width: 1440, height: 900 },
  dark: { theme: 'dark', width: 1440, height: 900 },
  phone: { theme: 'light', width: 390, height: 844 },
};

/** What a browser that a test takes offline says of each call, and the agent of the subnet's keys that it cannot ask for again. */
const OFFLINE = /net::ERR_INTERNET_DISCONNECTED|for path subnet|fetchSubnetKeys/;

const SCREENSHOTS = join(import.meta.dirname, '../../../test-results/screenshots');

/** A dapp in front of a network of its own, and browsers to open it in. */
export interface DashboardSetup {
  readonly service: OpenService;
  readonly url: string;
  principalOf(person: Person): Principal;
  clientOf(person: Person): Promise<AgentServiceClient>;
  /** Opens a page at `path` in a browser of its own, signed in as the person, if one is named; it is closed when the test ends. */
  open(as?: Partial<Opening>): Promise<Page>;
}

interface Opening {
  readonly person: Person | undefined;
  readonly path: string;
  readonly view: View;
  /** What the browser is made to be before it opens the page. */
  readonly prepare: (context: BrowserContext) => Promise<unknown>;
  /** What its console may complain of. */
  readonly complaint: RegExp | undefined;
}

/**
 * Serves the dapp in front of a network of the test file's own, a new one unless `openService` has another; `fill` writes what the tests look at. What
 * pages complain of in their console, a refused script or style among it, fails the file.
 */
export function setupDashboard(
  fill: (setup: DashboardSetup) => Promise<void> = () => Promise.resolve(),
  openService: () => Promise<OpenService> = openLocalService,
): DashboardSetup {
  let started: Started | undefined;
  beforeAll(async () => {
    if (WHY_NO_BROWSER !== undefined) return;
    started = await start(openService);
    await fill(setup);
  });
  // A page that nobody looks at any more goes on reading what is new.
  afterEach(() => started?.closePages());
  afterAll(async () => {
    await started?.close();
    expect(started?.complaints ?? []).toEqual([]);
  });
  const running = (): Started => {
    if (started === undefined) throw new Error('the dashboard has not been started');
    return started;
  };
  const setup: DashboardSetup = {
    get service() {
      return running().service;
    },
    get url() {
      return running().url;
    },
    principalOf: (person) => identityOf(running().service, person).getPrincipal(),
    clientOf: (person) => clientOf(running().service, person),
    open: ({ person, path = '/', view = VIEWS.light, prepare = () => Promise.resolve(), complaint } = {}) =>
      openPage(running(), { person, path, view, prepare, complaint }),
  };
  return setup;
}

interface Started {
  readonly service: OpenService;
  readonly url: string;
  readonly complaints: string[];
  readonly newContext: (view: View) => Promise<BrowserContext>;
  /** Closes every page that is open. */
  readonly closePages: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function start(openService: () => Promise<OpenService>): Promise<Started> {
  const service = await openService();
  const address = { host: '127.0.0.1', port: 0 };
  const dashboard = await startLocalDashboard(service, {
    ...address,
    directory: service.directory,
  });
  const browser = await chromium.launch({
    executablePath: inject('chromium'),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
  return {
    service,
    url: dashboard.url,
    complaints: [],
    newContext: ({ theme, width, height }) =>
      browser.newContext({
        // Where the system has none, Chromium makes up a language that Intl refuses.
        locale: 'en-US',
        colorScheme: theme,
        viewport: { width, height },
        reducedMotion: 'reduce',
        permissions: ['clipboard-read', 'clipboard-write'],
      }),
    closePages: async () => {
      await Promise.all(browser.contexts().map(closeContext));
    },
    close: async () => {
      await browser.close();
      await dashboard.close();
      await service.close();
    },
  };
}

/** Closes a browser whose pages may be asking for something that a test's route answers, which fails then. */
async function closeContext(context: BrowserContext): Promise<void> {
  for (const part of [context, ...context.pages()]) await part.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

async function openPage(
  { newContext, url, complaints }: Started,
  { person, path, view, prepare, complaint }: Opening,
): Promise<Page> {
  const context = await newContext(view);
  await prepare(context);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (OFFLINE.test(message.text()) || complaint?.test(message.text()) === true) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(url + path);
  if (person !== undefined) {
    await page.getByRole('button', { name: person }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  return page;
}

/** Fails with what axe finds wrong with the page by WCAG 2.2 A and AA, and where it is wider than the window (1.4.10). */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    // React Aria's popovers stand beside the landmarks.
    .disableRules(['region'])
    // Without frames of other origins, of which there are none: otherwise it loads itself into a second page each time.
    .setLegacyMode()
    .analyze();
  expect(
    violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html.slice(0, 160)) })),
  ).toEqual([]);
}

/** Leaves a screenshot of the whole page in test-results/screenshots, for people to look at. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
}

function identityOf({ directory }: OpenService, person: Person): Ed25519KeyIdentity {
  const found = dashboardIdentities(directory).find(({ name }) => name === person);
  if (found === undefined) throw new Error(`there is no development identity ${person}`);
  return keyOf(found);
}

function clientOf(service: OpenService, person: Person): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: service.url,
    canisterId: service.canisterId,
    identity: identityOf(service, person),
    rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
  });
}
