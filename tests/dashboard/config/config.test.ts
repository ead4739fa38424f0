import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/dashboard/config/config.ts';

const LOCAL = { network_url: 'http://127.0.0.1:4943', canister_id: 'aaaaa-aa', root_key: '3081' };
const PAGE = 'dapp.example';
const SEED = '07'.repeat(32);

describe('the configuration of the dapp', () => {
  it('is that of the Internet Computer where nothing but the canister is named', () => {
    expect(readConfig({ canister_id: 'aaaaa-aa' }, PAGE)).toEqual({
      host: 'https://icp-api.io',
      canisterId: 'aaaaa-aa',
      rootKey: undefined,
      identityProvider: 'https://identity.internetcomputer.org',
      developmentIdentities: [],
    });
  });

  it('has a root key and development identities on this machine', () => {
    const identities = [{ name: 'Alice', role: 'user', seed: SEED }];
    const config = readConfig({ ...LOCAL, development_identities: identities }, PAGE);
    expect(config.rootKey).toEqual(Uint8Array.of(0x30, 0x81));
    expect(config.developmentIdentities).toEqual([
      { name: 'Alice', role: 'user', seed: new Uint8Array(32).fill(7) },
    ]);
  });

  it('has a root key of a network on the machine that the page is from, and no identities there', () => {
    const there = { ...LOCAL, network_url: 'http://192.168.1.5:4943', development_identities: [] };
    expect(readConfig(there, '192.168.1.5').rootKey).toEqual(Uint8Array.of(0x30, 0x81));
    expect(() => readConfig(there, '192.168.1.6')).toThrow(/root_key is for networks on this machine/);
    const known = { ...there, development_identities: [{ name: 'Alice', role: 'user', seed: SEED }] };
    expect(() => readConfig(known, '192.168.1.5')).toThrow(/development_identities is for networks/);
  });

  const remote = { network_url: 'https://icp-api.io', canister_id: 'aaaaa-aa' };
  for (const [what, json, message] of [
    [
      'a root key of another machine',
      { ...remote, root_key: '3081' },
      /root_key is for networks on this machine/,
    ],
    [
      'development identities elsewhere',
      { ...remote, development_identities: [{ name: 'Alice', role: 'user', seed: SEED }] },
      /development_identities is for networks on this machine/,
    ],
    ['no canister', { network_url: 'http://127.0.0.1:4943' }, /canister_id is not a text/],
    ['a URL that is none', { ...LOCAL, identity_provider: 'here' }, /identity_provider is not a URL/],
    ['hex that is none', { ...LOCAL, root_key: '3' }, /root_key is not hex/],
    ['identities that are no list', { ...LOCAL, development_identities: {} }, /is not a list/],
    [
      'a short seed',
      { ...LOCAL, development_identities: [{ name: 'A', role: 'user', seed: '07' }] },
      /seed is not 32 bytes/,
    ],
    [
      'an unknown role',
      { ...LOCAL, development_identities: [{ name: 'A', role: 'root', seed: SEED }] },
      /role is root, not user, agent or admin/,
    ],
    ['a list', [], /not an object/],
  ] as const) {
    it(`is refused with ${what}`, () => {
      expect(() => readConfig(json, PAGE)).toThrow(message);
    });
  }
});
