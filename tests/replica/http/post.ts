import type { FastifyInstance } from 'fastify';
import { type CborMap, decodeCbor } from '../../../src/replica/codec/cbor.ts';
import { canisterId } from './setup-network.ts';

/** What an endpoint answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Posts a body; `where` is a version and a request such as "v3/call", at the network's canister, or a whole path. */
export async function post(app: FastifyInstance, where: string, body: Uint8Array): Promise<Answer> {
  const [version, request] = where.split('/');
  const url = where.startsWith('/') ? where : `/api/${version}/canister/${canisterId.toText()}/${request}`;
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/cbor' },
    payload: Buffer.from(body),
  });
  return { status: response.statusCode, text: response.body, bytes: new Uint8Array(response.rawPayload) };
}

/** The map that an answer's CBOR is. */
export function cborOf({ bytes }: Answer): CborMap {
  const value = decodeCbor(bytes);
  if (value instanceof Map) return value;
  throw new TypeError('the answer is not a CBOR map');
}
