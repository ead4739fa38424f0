import { IDL } from '@dfinity/candid';
import { secp256k1 } from '@noble/curves/secp256k1';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/replica/codec/sha256.ts';
import {
  EcdsaPublicKeyArg,
  PublicKeyResult,
  SignatureResult,
  SignWithEcdsaArg,
} from '../../../src/replica/management/signature-types.ts';
import { decodeRelayed, encodeRelayedCall, RELAY, relayedReply } from '../support/relay.ts';
import { message, NEW, setupServer, type TestServer } from './setup-server.ts';

const KEY = { derivation_path: [], key_id: { curve: { secp256k1: null }, name: 'dfx_test_key' } };
const HASH = sha256(new Uint8Array());

/** Calls the management canister through a relay on the first application subnet. */
async function ask(
  server: TestServer,
  { instance, id }: { readonly instance: string; readonly id: string },
  [method, type, value]: readonly [string, IDL.Type, object],
) {
  const arg = new Uint8Array(IDL.encode([type], [{ canister_id: [], ...value }]));
  const call = { callee: new Uint8Array(), method, arg, cycles: 10n ** 11n };
  const { Ok } = await server.call(instance, message(id, 'relay', encodeRelayedCall(call)));
  return decodeRelayed({ kind: 'replied', reply: new Uint8Array(Buffer.from(Ok, 'base64')) });
}

async function setup(server: TestServer, set: object) {
  const instance = await server.createInstance(set);
  return { instance, id: await server.install(instance, RELAY) };
}

describe('the keys of an instance', () => {
  it.each(['ii', 'fiduciary', 'test_threshold_keys'])(
    'sign for canisters of all subnets where there is a subnet %s, and are the same in each instance',
    async (kind) => {
      const server = setupServer();
      const relay = await setup(server, { application: [NEW], [kind]: NEW });
      const told = relayedReply(await ask(server, relay, ['ecdsa_public_key', EcdsaPublicKeyArg, KEY]));
      const [{ public_key }] = IDL.decode([PublicKeyResult], told.slice()) as unknown as [
        { public_key: Uint8Array },
      ];
      const value = { ...KEY, message_hash: HASH };
      const signed = relayedReply(await ask(server, relay, ['sign_with_ecdsa', SignWithEcdsaArg, value]));
      const [{ signature }] = IDL.decode([SignatureResult], signed.slice()) as unknown as [
        { signature: Uint8Array },
      ];
      const options = { prehash: false };
      expect(secp256k1.verify(Uint8Array.from(signature), HASH, Uint8Array.from(public_key), options)).toBe(
        true,
      );
      const other = await setup(server, { application: [NEW], [kind]: NEW });
      expect(relayedReply(await ask(server, other, ['ecdsa_public_key', EcdsaPublicKeyArg, KEY]))).toEqual(
        told,
      );
    },
  );

  it('are not there without such a subnet', async () => {
    const server = setupServer();
    const relay = await setup(server, { nns: NEW, application: [NEW] });
    expect(await ask(server, relay, ['ecdsa_public_key', EcdsaPublicKeyArg, KEY])).toMatchObject({
      kind: 'rejected',
      message: 'This network has no key dfx_test_key for secp256k1',
    });
  });
});
