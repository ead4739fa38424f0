import { describe, expect, it } from 'vitest';
import { type RetentionName, retention } from '../../../../src/canister/models/retention/retention.ts';
import { type LimitName, limits } from '../../../../src/canister/models/settings/limits.ts';
import { SettingsStore } from '../../../../src/canister/storage/settings/settings-store.ts';
import { memoryMaps } from '../../support/memory-maps.ts';
import { arg, CALLER, setupServices } from '../../support/service-world.ts';

const AGENT = CALLER.toUint8Array();
const OTHER = Uint8Array.of(8);
const HOUR = 3_600_000_000_000n;

type Given<N extends string> = { readonly [K in N]?: bigint | undefined };

const someLimits = (given: Given<LimitName>) => ({
  ...limits.each(() => undefined),
  ...given,
});
const someRetention = (given: Given<RetentionName>) => ({
  ...retention.each(() => undefined),
  ...given,
});

const RIGHTS = { agent_types: undefined, permissions: undefined, scope: undefined, expires_at: undefined };

function setupAgent() {
  const world = setupServices();
  const { agents, settings, call } = world;
  agents.add({ agent: AGENT, name: arg('n'), ...RIGHTS }, call());
  const limit = (agent: Uint8Array, given: Parameters<typeof someLimits>[0]) =>
    settings.setAgentLimits({ agent, limits: someLimits(given) }, call());
  const change = (given: Parameters<typeof someLimits>[0]) =>
    settings.update({ limits: someLimits(given) }, call());
  return { ...world, limit, change };
}

describe('SettingsService', () => {
  it('begins with the defaults, and keeps everything', () => {
    const { settings } = setupServices();
    expect(settings.get()).toEqual({
      limits: limits.defaults,
      retention: retention.defaults,
      pending: undefined,
      queryTokens: 'first_party',
      sealing: 'accept',
    });
    expect(Object.values(retention.defaults).every((value) => value === 0)).toBe(true);
  });

  it('changes what is named, and nothing else', () => {
    const { settings, change, call, clock, noted } = setupAgent();
    change({ caller_burst: 7n, bytes: 2n ** 53n - 1n });
    change({ caller_burst: 8n });
    expect(noted).toEqual([]);
    settings.update({ retention: someRetention({ activities_days: 30n }) }, call());
    settings.update({ query_tokens: 'nobody' }, call());
    expect(settings.get()).toEqual({
      limits: { ...limits.defaults, caller_burst: 8, bytes: 2 ** 53 - 1 },
      retention: retention.defaults,
      pending: {
        effectiveAt: clock.now + 24n * HOUR,
        retention: { ...retention.defaults, activities_days: 30 },
      },
      queryTokens: 'nobody',
      sealing: 'accept',
    });
    expect(noted).toEqual([clock.now]);
  });

  const { names, ranges } = limits;
  for (const name of names) {
    const { least, most } = ranges[name];
    it(`takes ${name} from ${least} to ${most}, and changes nothing otherwise`, () => {
      const { settings, change, limit } = setupAgent();
      const only = (value: bigint) => limits.each((each) => (each === name ? value : undefined));
      for (const value of [least, most]) change(only(BigInt(value)));
      const before = settings.get();
      for (const value of [BigInt(least) - 1n, BigInt(most) + 1n]) {
        const refusal = `InvalidArgument: ${name} must be ${least} to ${most}, is ${value}`;
        expect(() => change(only(value))).toThrow(refusal);
        expect(() => limit(AGENT, only(value))).toThrow(refusal);
      }
      expect(settings.get()).toEqual(before);
    });
  }

  it('sets for an agent what is named, in the place of all that was set', () => {
    const { settings, store, change, limit } = setupAgent();
    limit(AGENT, { caller_burst: 5n });
    limit(AGENT, { user_burst: 6n });
    change({ caller_per_minute: 3n, user_burst: 9n });
    expect(settings.agentLimits({ agent: AGENT })).toEqual({ ...limits.unset, user_burst: 6 });
    const followed = { ...limits.defaults, caller_per_minute: 3 };
    expect(store.settings.limitsOf(AGENT)).toEqual({ ...followed, user_burst: 6 });
    expect(store.settings.limitsOf(OTHER)).toEqual({ ...followed, user_burst: 9 });
    limit(AGENT, {});
    expect(store.settings.limitsOf(AGENT)).toEqual({ ...followed, user_burst: 9 });
  });

  it('knows agents alone, and forgets the limits of one that is removed', () => {
    const { settings, agents, store, call, limit } = setupAgent();
    expect(() => limit(OTHER, { bytes: 1n })).toThrow('NotFound');
    expect(() => settings.agentLimits({ agent: OTHER })).toThrow('NotFound');
    limit(AGENT, { bytes: 1n });
    agents.remove({ agent: AGENT }, call());
    agents.add({ agent: AGENT, name: arg('n'), ...RIGHTS }, call());
    expect(settings.agentLimits({ agent: AGENT })).toEqual(limits.unset);
    expect(store.settings.limitsOf(AGENT)).toEqual(limits.defaults);
  });

  it('finds everything again where it is stored', () => {
    const map = memoryMaps().settings;
    const written = new SettingsStore(map);
    written.save({
      limits: { bytes: 5 },
      retention: { interactions_newest: 3 },
      queryTokens: 'everybody',
      sealing: 'require',
    });
    written.setAgentLimits(AGENT, { bytes: 6 });
    const read = new SettingsStore(map);
    expect(read.limits).toEqual({ ...limits.defaults, bytes: 5 });
    expect(read.retention).toEqual({ ...retention.defaults, interactions_newest: 3 });
    expect(read.settings).toMatchObject({ queryTokens: 'everybody', sealing: 'require' });
    expect([AGENT, OTHER].map((caller) => read.limitsOf(caller).bytes)).toEqual([6, 5]);
  });
});
