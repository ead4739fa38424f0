import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readModule } from '../../src/cli/files/project.ts';
import type { LocalService } from '../../src/cli/local/local-service.ts';
import { ClockError } from '../../src/client/index.ts';
import { clientOf, openServiceIn, setupFolder } from './support/local-service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A clock of the network's machine, which can be set; ns since 1970. */
function settableClock(aheadMs: number) {
  const clock = { aheadMs };
  return { clock, read: () => BigInt(Date.now() + clock.aheadMs) * 1_000_000n };
}

/** A local service, in a process whose clocks differ: the network's is so many ms ahead of the clients'. */
async function setupApart(aheadMs: number) {
  const { clock, read } = settableClock(0);
  const service = await openServiceIn(setupFolder(), readModule(), read);
  onTestFinished(() => service.close());
  // The network's time never goes back, so a client that is ahead is one whose own clock is set.
  if (aheadMs >= 0) clock.aheadMs = aheadMs;
  else setClientsAhead(-aheadMs, clock);
  return service;
}

/** Sets the clock of everything in this process but of the network. */
function setClientsAhead(ms: number, network: { aheadMs: number }): void {
  const real = Date.now.bind(Date);
  const RealDate = Date;
  class ShiftedDate extends RealDate {
    constructor(...args: [] | [number | string]) {
      if (args.length === 0) super(real() + ms);
      else super(args[0]);
    }
    static override now() {
      return real() + ms;
    }
  }
  vi.stubGlobal('Date', ShiftedDate);
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
  network.aheadMs = -ms;
}

const APART: readonly (readonly [string, number])[] = [
  ['6 minutes behind', 6 * MINUTE_MS],
  ['6 minutes ahead', -6 * MINUTE_MS],
  ['an hour behind', HOUR_MS],
  ['an hour ahead', -HOUR_MS],
  ['not off', 0],
];

describe('the wall clock', () => {
  it.each(APART)('a client whose clock is %s asks a query first', async (_how, aheadMs) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const service = await setupApart(aheadMs);
    const client = await clientOf(service);
    expect(await client.getAgentStatus('alice')).toMatchObject({ totalSessions: 0 });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each(APART)('a client whose clock is %s writes first, once', async (_how, aheadMs) => {
    const service = await setupApart(aheadMs);
    const client = await clientOf(service);
    const id = await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    expect(await client.getUserAgentSessions('alice')).toMatchObject([{ sessionId: id }]);
  });

  it('is set back by an hour while the network runs: its time goes on', async () => {
    const { clock, read } = settableClock(0);
    const service = await openServiceIn(setupFolder(), readModule(), read);
    onTestFinished(() => service.close());
    const client = await clientOf(service);
    const first = await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    clock.aheadMs = -HOUR_MS;
    const before = service.network.now();
    const second = await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    expect(service.network.now()).toBeGreaterThan(before);
    const [one, other] = [await client.getAgentSession(first), await client.getAgentSession(second)];
    expect(other?.createdAt).toBeGreaterThan(one?.createdAt ?? 0n);
  });

  it('the network is started again with the clock days back: it says what can be done', async () => {
    const folder = setupFolder();
    const before = await openServiceIn(folder, readModule(), settableClock(49 * HOUR_MS).read).catch(
      (error: unknown) => error,
    );
    expect(before).toMatchObject({
      name: 'CommandError',
      message: expect.stringMatching(
        /ran while the clock was wrong: this machine's clock is 2 d( 1 h)? behind the network's; set the clock .* or remove that folder/,
      ) as string,
    });
  });

  it('is not set by a certificate that somebody in the middle has kept', async () => {
    const { clock, read } = settableClock(0);
    const service = await openServiceIn(setupFolder(), readModule(), read);
    onTestFinished(() => service.close());
    const kept = new Map<string, ArrayBuffer>();
    const kindOf = (body: unknown) =>
      Buffer.from(body as Uint8Array).includes('subnet') ? 'subnet' : 'time';
    const send = fetch;
    let replays = false;
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
      if (!input.endsWith('/read_state')) return send(input, init);
      const kind = kindOf(init.body);
      const old = kept.get(kind);
      if (replays && old !== undefined) return new Response(old.slice(0));
      const response = await send(input, init);
      if (response.ok) kept.set(kind, await response.clone().arrayBuffer());
      return response;
    });
    onTestFinished(() => {
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
    });
    // A client whose clock is off takes certificates of both kinds: they are kept.
    clock.aheadMs = 7 * MINUTE_MS;
    await (await clientOf(service)).getAgentStatus('alice');
    expect([...kept.keys()].sort()).toEqual(['subnet', 'time']);

    // An hour later, another is six minutes ahead, and gets the certificates of an hour ago.
    replays = true;
    clock.aheadMs = 67 * MINUTE_MS;
    setClientsAhead(73 * MINUTE_MS, clock);
    clock.aheadMs = 67 * MINUTE_MS - 73 * MINUTE_MS;
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const error: unknown = await (await clientOf(service))
      .getAgentStatus('alice')
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ClockError);
    expect((error as Error).message).toContain('one of its machines does not confirm');
    // It has not taken the old time.
    replays = false;
    expect(await (await clientOf(service)).getAgentStatus('alice')).toMatchObject({ totalSessions: 0 });
  });

  it('a clock that is set while a client lives, again and again', async () => {
    const { clock, read } = settableClock(0);
    const service = await openServiceIn(setupFolder(), readModule(), read);
    onTestFinished(() => service.close());
    const client = await clientOf(service);
    await client.getAgentStatus('alice');
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    for (const aheadMs of [7 * MINUTE_MS, 2 * HOUR_MS, 5 * HOUR_MS]) {
      clock.aheadMs = aheadMs;
      await client.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
      expect(await client.getUserAgentSessions('alice')).not.toHaveLength(0);
    }
    expect(await client.getAgentStatus('alice')).toMatchObject({ totalSessions: 3 });
  });

  it.each([
    [
      'behind',
      49 * HOUR_MS,
      "this machine's clock is 2 d 1 h behind the network's; set the clock of this machine",
    ],
    [
      'ahead',
      -49 * HOUR_MS,
      "this machine's clock is 2 d 1 h ahead of the network's; set the clock of this machine",
    ],
  ])('a client whose clock is two days %s is told so', async (_how, aheadMs, message) => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    onTestFinished(() => {
      vi.restoreAllMocks();
    });
    const service = await setupApart(aheadMs);
    const client = await clientOf(service);
    for (const call of [
      () => client.getAgentStatus('alice'),
      () => client.createAgentSession({ userId: 'alice', agentType: 'GitHub' }),
    ]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ClockError);
      expect(error).toMatchObject({ aheadMs: expect.closeTo(-aheadMs, -5) as number });
      expect((error as Error).message.replace(/ (59|1) min| 48 h/, '')).toBe(message);
    }
  });

  it.each([
    ['7 minutes', 7 * MINUTE_MS],
    ['an hour', HOUR_MS],
  ])(
    'the network is started again with the clock %s back: it goes on, and its time does not go back',
    async (_how, aheadMs) => {
      const folder = setupFolder();
      const module = readModule();
      const before: LocalService = await openServiceIn(folder, module, settableClock(aheadMs).read);
      const id = await (await clientOf(before)).createAgentSession({ userId: 'alice', agentType: 'GitHub' });
      const [written] = await (await clientOf(before)).getUserAgentSessions('alice');
      await before.close();

      const service = await openServiceIn(folder, module);
      onTestFinished(() => service.close());
      expect(service.network.now()).toBeGreaterThanOrEqual(written?.createdAt ?? 0n);
      const client = await clientOf(service);
      expect(await client.getUserAgentSessions('alice')).toMatchObject([{ sessionId: id }]);
      const next = await client.createAgentSession({ userId: 'bob', agentType: 'GitHub' });
      expect((await client.getAgentSession(next))?.createdAt).toBeGreaterThan(written?.createdAt ?? 0n);
    },
  );
});
