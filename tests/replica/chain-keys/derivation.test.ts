import { createHash } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1';
import { describe, expect, it } from 'vitest';
import { ChainKeys } from '../../../src/replica/chain-keys/chain-keys.ts';
import { toNumber } from '../../../src/replica/chain-keys/extended-key.ts';
import {
  P256_DERIVATION,
  SECP256K1_DERIVATION,
} from '../../../src/replica/chain-keys/weierstrass-derivation.ts';
import { fromHex, toHex, utf8 } from '../../../src/replica/codec/bytes.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** The chain code and the public key that an extended key of BIP-32 has, whose checksum has to be right. */
function parseExtendedKey(text: string) {
  const number = Array.from(text).reduce((sum, digit) => sum * 58n + BigInt(BASE58.indexOf(digit)), 0n);
  const bytes = fromHex(number.toString(16).padStart(164, '0'));
  const hash = (data: Uint8Array) => createHash('sha256').update(data).digest();
  expect(toHex(hash(hash(bytes.subarray(0, 78))).subarray(0, 4))).toBe(toHex(bytes.subarray(78)));
  return { chainCode: bytes.slice(13, 45), publicKey: bytes.slice(45, 78) };
}

describe('keys below others', () => {
  it('are those of BIP-32 for indices of four bytes', () => {
    // Test vector 2 of BIP-32: its seed gives the master, and m/0 is the first key that is not hardened.
    const master = parseExtendedKey(
      'xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB',
    );
    const child = parseExtendedKey(
      'xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrnKZjXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH',
    );
    const secret = toNumber(fromHex('4b03d6fc340455b363f51020ad3ecca4f0850280cf436c70c727923f6db46c3e'));
    expect(secp256k1.getPublicKey(fromHex(secret.toString(16)), true)).toEqual(master.publicKey);
    expect(SECP256K1_DERIVATION.child({ ...master, secret }, new Uint8Array(4))).toMatchObject(child);
  });

  it('are those of SLIP-10 for the P-256 curve', () => {
    // Test vector 1 of SLIP-10 for nist256p1: m/0' has these, and m/0'/1 is below it.
    const parent = {
      secret: toNumber(fromHex('6939694369114c67917a182c59ddb8cafc3004e63ca5d3b84403ba8613debc0c')),
      chainCode: fromHex('3460cea53e6a6bb5fb391eeef3237ffd8724bf0a40e94943c98b83825342ee11'),
      publicKey: fromHex('0384610f5ecffe8fda089363a41f56a5c7ffc1d81b59a612d0d649b2d22355590c'),
    };
    const { secret, chainCode, publicKey } = P256_DERIVATION.child(parent, Uint8Array.of(0, 0, 0, 1));
    expect(secret.toString(16)).toBe('284e9d38d07d21e4e281b645089a94f4cf5a5a81369acf151a1c3a57f18b2129');
    expect(toHex(chainCode)).toBe('4187afff1aafa8445010097fb99d23aee9f599450c7bd140b6826ac22ba21d0c');
    expect(toHex(publicKey)).toBe('03526c63f8d0b4bbbf9c80df553fe66742df4676b241dabefdef67733e070f6844');
  });

  it('follow from seed, scheme, name and path, and from nothing else', () => {
    const keys = new ChainKeys(utf8('seed'));
    const path = [utf8('canister'), new Uint8Array()];
    const publicKey = (...[scheme, name, at]: Parameters<ChainKeys['derive']>) =>
      toHex(keys.derive(scheme, name, at)?.publicKey ?? new Uint8Array());
    const all = [
      publicKey('secp256k1', 'key_1', path),
      publicKey('secp256k1', 'test_key_1', path),
      publicKey('secp256k1', 'key_1', path.slice(1)),
      publicKey('bip340secp256k1', 'key_1', path),
      publicKey('secp256r1', 'key_1', path),
      publicKey('ed25519', 'key_1', path),
      toHex(new ChainKeys(utf8('other')).derive('secp256k1', 'key_1', path)!.publicKey),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(new ChainKeys(utf8('seed')).derive('ed25519', 'key_1', path)?.publicKey).toEqual(
      keys.derive('ed25519', 'key_1', path)?.publicKey,
    );
    expect(keys.derive('ed25519', 'no such key', path)).toBeUndefined();
  });
});
