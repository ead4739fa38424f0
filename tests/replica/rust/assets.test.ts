import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it, onTestFinished } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { MemoryNetwork } from '../../../src/replica/testing.ts';
import { ask } from '../support/ask.ts';
import { type Assets, assetsInterface } from './assets-interface.ts';
import { rustModule } from './sources.ts';

const NO_ARGUMENTS = new Uint8Array(IDL.encode([], []));
const OWNER = Principal.fromUint8Array(Uint8Array.of(1, 1));
const PAGE = {
  key: '/index.html',
  content_type: 'text/html',
  content_encoding: 'identity',
  content: utf8('<h1>hello</h1>'),
  sha256: [] as [],
};

/** A network with an assets canister, and a function that asks it as a browser does. */
async function setupAssets() {
  const network = await MemoryNetwork.create();
  onTestFinished(() => network.dispose());
  const install = { module: rustModule('assets'), arg: NO_ARGUMENTS, sender: OWNER };
  const canisterId = await network.install(install);
  const url = await network.network.listen({ port: 0 });
  return {
    network,
    canisterId,
    upgrade: () => network.installCode(canisterId, { ...install, mode: 'upgrade' }),
    actorOf: (sender: Principal) => network.actor<Assets>(canisterId, assetsInterface, { sender }),
    get: (path: string) => ask(url + path, { host: `${canisterId.toText()}.localhost` }),
  };
}

describe('an assets canister', () => {
  it('serves a file that was stored, also after an upgrade', async () => {
    const { actorOf, get, upgrade } = await setupAssets();
    await actorOf(OWNER).store(PAGE);
    const expected = { status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>hello</h1>' };
    for (const path of ['/index.html', '/', '/index.html?x=1'])
      expect(await get(path)).toMatchObject(expected);
    await upgrade();
    expect(await get('/')).toMatchObject(expected);
  });

  it('serves a file of several chunks, each by a query of its own', async () => {
    const { actorOf, get } = await setupAssets();
    const actor = actorOf(OWNER);
    const { batch_id } = await actor.create_batch({});
    const parts = ['a', 'b', 'c'].map((letter) => letter.repeat(500_000));
    const chunk_ids: bigint[] = [];
    for (const part of parts) {
      chunk_ids.push((await actor.create_chunk({ batch_id, content: utf8(part) })).chunk_id);
    }
    const key = '/long.txt';
    await actor.commit_batch({
      batch_id,
      operations: [
        { CreateAsset: { key, content_type: 'text/plain', max_age: [], headers: [], enable_aliasing: [] } },
        { SetAssetContent: { key, content_encoding: 'identity', chunk_ids, sha256: [] } },
      ],
    });
    const { status, body } = await get(key);
    expect(status).toBe(200);
    expect(body === parts.join('')).toBe(true);
  });

  it('answers 404 for what it does not have', async () => {
    const { get } = await setupAssets();
    expect((await get('/nothing.txt')).status).toBe(404);
  });

  it('takes files from its owner only', async () => {
    const { actorOf } = await setupAssets();
    await expect(actorOf(Principal.anonymous()).store(PAGE)).rejects.toThrow(/permission/i);
  });
});
