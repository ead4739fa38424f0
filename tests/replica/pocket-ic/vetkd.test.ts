import { EncryptedVetKey, MasterPublicKey, TransportSecretKey } from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { KEY_NAMES } from '../../../src/replica/chain-keys/chain-keys.ts';
import { vetKdMaster } from '../../../src/replica/chain-keys/vetkd-key.ts';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { decodeRelayed, encodeRelayedCall, RELAY, type RelayedCall, relayedReply } from '../support/relay.ts';
import { encryptedKeyOf, GENERATOR, publicKeyOf, vetKdCall, vetKdKeyId } from '../support/vetkd.ts';
import { message, NEW, setupServer } from './setup-server.ts';

const CONTEXT = utf8('context');
const INPUT = utf8('input');

/** An instance with a relay on its first application subnet, or where else canisters are created unless told. */
async function setupInstance(set: object) {
  const server = setupServer();
  const instance = await server.createInstance(set);
  const id = await server.install(instance, RELAY);
  const ask = async (call: RelayedCall) => {
    const { Ok } = await server.call(instance, message(id, 'relay', encodeRelayedCall(call)));
    return decodeRelayed({ kind: 'replied', reply: new Uint8Array(Buffer.from(Ok, 'base64')) });
  };
  return { id: new Uint8Array(Buffer.from(id, 'base64')), ask };
}

describe('an instance of PocketIC', () => {
  it.each(['ii', 'fiduciary', 'test_threshold_keys'])(
    'derives keys for canisters of all subnets where there is a subnet %s',
    async (kind) => {
      const { id, ask } = await setupInstance({ application: [NEW], [kind]: NEW });
      for (const name of KEY_NAMES) {
        const key_id = vetKdKeyId(name);
        const verifier = MasterPublicKey.deserialize(vetKdMaster(name).publicKey)
          .deriveCanisterKey(id)
          .deriveSubKey(CONTEXT);
        const told = await ask(vetKdCall('vetkd_public_key', { context: CONTEXT, key_id }));
        expect(publicKeyOf(relayedReply(told))).toEqual(verifier.publicKeyBytes());
        const secret = TransportSecretKey.random();
        const derived = await ask(
          vetKdCall('vetkd_derive_key', {
            context: CONTEXT,
            input: INPUT,
            transport_public_key: secret.publicKeyBytes(),
            key_id,
          }),
        );
        const encrypted = EncryptedVetKey.deserialize(encryptedKeyOf(relayedReply(derived)));
        expect(encrypted.decryptAndVerify(secret, verifier, INPUT).serialize()).toHaveLength(48);
      }
    },
  );

  it('derives no keys without such a subnet', async () => {
    const { ask } = await setupInstance({ nns: NEW, application: [NEW] });
    const value = { context: CONTEXT, input: INPUT, transport_public_key: GENERATOR };
    for (const method of ['vetkd_public_key', 'vetkd_derive_key'] as const) {
      expect(await ask(vetKdCall(method, value))).toMatchObject({
        kind: 'rejected',
        code: 4,
        message: 'This network has no key key_1 for bls12_381_g2',
      });
    }
  });

  it('charges nothing for a key on a subnet where nothing is charged', async () => {
    const { ask } = await setupInstance({ ii: NEW });
    const value = { context: CONTEXT, input: INPUT, transport_public_key: GENERATOR };
    expect(encryptedKeyOf(relayedReply(await ask(vetKdCall('vetkd_derive_key', value, 0n))))).toHaveLength(
      192,
    );
  });
});
