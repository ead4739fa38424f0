import { call } from 'azle';
import { ArgumentDecoder, blob } from '../codec/index.ts';

const MANAGEMENT = 'aaaaa-aa';

const decoder = new ArgumentDecoder({ random: blob });

/** 32 bytes of the network's randomness, which nobody can foresee ("IC method raw_rand"). Other calls may run before they come. */
export async function randomBytes(): Promise<Uint8Array> {
  return decoder.decode(await call<undefined, Uint8Array>(MANAGEMENT, 'raw_rand', { raw: true })).random;
}
