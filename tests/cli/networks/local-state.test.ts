import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stopLocal } from '../../../src/cli/local/stop-local.ts';
import { localNetworkFile, localState } from '../../../src/cli/networks/local-state.ts';
import {
  noteCanister,
  notedService,
  noteRootKey,
  writeNetworkFile,
} from '../../../src/cli/networks/network-file.ts';
import { ownIdentity } from '../../../src/replica/state-folder/checkpoint/process-identity.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

const FILE = {
  replica_url: 'http://127.0.0.1:1',
  root_key: 'aa',
  canister_id: 'aaaaa-aa',
  admin_pem: 'admin.pem',
  agent_pem: 'agent.pem',
  user_pem: 'user.pem',
};
const { pid, mark } = ownIdentity();

/** A folder whose state is claimed by a process with such a mark, and what the process wrote. */
function setupClaimed(claimant: { pid: number; mark: string } | undefined, written?: object): string {
  const directory = setupFolder();
  const state = join(directory, 'state');
  mkdirSync(state);
  if (claimant !== undefined) {
    const inode = statSync(state).ino;
    writeFileSync(join(state, `lock.${claimant.pid}.${claimant.mark}.${inode}.some-id`), '');
  }
  if (written !== undefined) writeNetworkFile(directory, { ...FILE, ...written });
  return directory;
}

describe('the state of a local network', () => {
  it('is running where the process that has the folder wrote network.json', () => {
    expect(localState(setupClaimed({ pid, mark }, { pid }))).toMatchObject({ state: 'running', pid });
    // A version before did not write its process id.
    const older = setupClaimed({ pid, mark }, {});
    expect(localState(older)).toMatchObject({ state: 'running', pid });
    expect(localNetworkFile(older)).toEqual(FILE);
  });

  it('is busy where the process has not written it yet, or it is of another', () => {
    for (const written of [undefined, { pid: pid + 1 }]) {
      const directory = setupClaimed({ pid, mark }, written);
      expect(localState(directory)).toEqual({ state: 'busy', pid });
      expect(() => localNetworkFile(directory)).toThrow(/is starting or stopping \(process \d+\)/);
    }
  });

  it.skipIf(mark === '')('is stopped where another process has the id now: that is not ended', async () => {
    const directory = setupClaimed({ pid, mark: 'another-start' }, { pid });
    expect(localState(directory)).toMatchObject({ state: 'stopped', left: { pid } });
    expect(() => localNetworkFile(directory)).toThrow(
      `process ${pid} that wrote ${join(directory, 'network.json')} is gone. Start it again with "npm start"`,
    );
    expect(await stopLocal(directory)).toMatch(/removed the network\.json that one left which was killed/);
    expect(readdirSync(directory)).toEqual(['state']);
  });

  it('is stopped where nothing was started, also where the folder cannot be one', async () => {
    const directory = setupFolder();
    writeFileSync(join(directory, 'state'), '');
    for (const each of [directory, setupFolder(), join(directory, 'missing')]) {
      expect(localState(each)).toEqual({ state: 'stopped' });
      expect(() => localNetworkFile(each)).toThrow(`There is no local network yet in ${each}. Start it`);
      expect(await stopLocal(each)).toBe(`No local network runs in ${each}.`);
    }
  });
});

describe('the service of a folder', () => {
  it('is known when its network does not run, also from the network.json of a version before', () => {
    expect(notedService(setupFolder())).toBeUndefined();
    expect(notedService(setupClaimed(undefined, {}))).toEqual({ canisterId: 'aaaaa-aa', rootKey: 'aa' });
    const directory = setupClaimed(undefined);
    noteCanister(directory, 'un4fu-tqaaa-aaaab-qadjq-cai');
    noteRootKey(directory, 'bb');
    expect(notedService(directory)).toEqual({ canisterId: 'un4fu-tqaaa-aaaab-qadjq-cai', rootKey: 'bb' });
  });
});
