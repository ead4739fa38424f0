import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { canister, withSection } from '../support/canister-wat.ts';
import { decodeReply } from '../support/management-types.ts';
import { expectReply } from '../support/outcomes.ts';
import { installRelay, relayedReply } from '../support/relay.ts';
import { owner, setupNetwork } from '../support/setup-network.ts';

const MODULE = withSection(
  withSection(canister(''), 'icp:public about', utf8('for all')),
  'icp:private secret',
  utf8('for controllers'),
);

async function setupMetadata() {
  const network = await setupNetwork();
  const relay = await installRelay(network);
  const canister_id = Principal.fromUint8Array(await network.install(MODULE));
  const read = (name: string, id = canister_id) =>
    relay.manage('canister_metadata', { canister_id: id, name });
  const content = async (name: string) =>
    decodeReply<{ value: Uint8Array }>('canister_metadata', relayedReply(await read(name))).value;
  return { network, relay, canister_id, read, content };
}

describe('canister_metadata', () => {
  it('gives any canister what is public', async () => {
    const { content } = await setupMetadata();
    expect(await content('about')).toEqual(utf8('for all'));
  });

  it('gives what is private to a canister that controls the other', async () => {
    const { network, relay, canister_id, read, content } = await setupMetadata();
    expect(await read('secret')).toMatchObject({ kind: 'rejected', code: 4 });
    const controllers = [owner, relay.id].map((id) => Principal.fromUint8Array(id));
    expectReply(await network.manage('update_settings', { canister_id, settings: { controllers } }));
    expect(await content('secret')).toEqual(utf8('for controllers'));
  });

  it('says the same of what is hidden and of what is not there', async () => {
    const { network, read } = await setupMetadata();
    const message = (result: Awaited<ReturnType<typeof read>>) =>
      result.kind === 'rejected' ? result.message.replace(/"\w+"/, '""') : result.kind;
    const hidden = message(await read('secret'));
    expect(hidden).toMatch(/has no metadata "" for the caller/);
    expect(message(await read('nothing'))).toBe(hidden);
    const empty = Principal.fromUint8Array(await network.create());
    expect(message(await read('about', empty))).toMatch(/has no metadata ""/);
  });
});
