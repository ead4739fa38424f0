import { SubnetStateType } from '@dfinity/pic';
import { DerivedPublicKey, EncryptedVetKey, TransportSecretKey } from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import {
  decodeRelayed,
  encodeRelayedCall,
  RELAY,
  type RelayedCall,
  relayedReply,
} from '../../replica/support/relay.ts';
import { encryptedKeyOf, publicKeyOf, vetKdCall } from '../../replica/support/vetkd.ts';
import { setupPic } from './setup-pic.ts';

const NEW = { state: { type: SubnetStateType.New } } as const;
const createInstance = setupPic();

describe('a canister on an application subnet', () => {
  it.each([
    ['an II subnet', { ii: NEW }],
    ['a fiduciary subnet', { fiduciary: NEW }],
  ])('derives keys that @dfinity/vetkeys opens, where there is %s', async (_, holder) => {
    const pic = await createInstance({ application: [NEW], ...holder });
    const canisterId = await pic.createCanister();
    await pic.installCode({ canisterId, wasm: RELAY });
    const ask = async (call: RelayedCall) => {
      const reply = await pic.updateCall({ canisterId, method: 'relay', arg: encodeRelayedCall(call) });
      return relayedReply(decodeRelayed({ kind: 'replied', reply }));
    };
    const [context, input] = [utf8('context'), utf8('input')];
    const verifier = DerivedPublicKey.deserialize(
      publicKeyOf(await ask(vetKdCall('vetkd_public_key', { context }))),
    );
    const secret = TransportSecretKey.random();
    const value = { context, input, transport_public_key: secret.publicKeyBytes() };
    const encrypted = encryptedKeyOf(await ask(vetKdCall('vetkd_derive_key', value)));
    const key = EncryptedVetKey.deserialize(encrypted).decryptAndVerify(secret, verifier, input);
    expect(key.serialize()).toHaveLength(48);
  });
});
