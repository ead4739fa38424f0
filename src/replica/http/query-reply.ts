import type { NetworkKeys } from '../certification/network-keys.ts';
import { concatBytes } from '../codec/bytes.ts';
import { type Encodable, encodeCbor } from '../codec/cbor.ts';
import { domainSeparator } from '../codec/domain-separator.ts';
import { type Hashable, hashOfMap } from '../codec/hash-of-map.ts';
import type { Outcome } from '../messages/outcome.ts';

const DOMAIN = domainSeparator('ic-response');

/** The CBOR answer to a query, signed by the node at `timestamp`, ns since 1970 ("Request: Query call"). */
export function encodeQueryReply(
  outcome: Outcome,
  requestId: Uint8Array,
  timestamp: bigint,
  keys: NetworkKeys,
): Uint8Array {
  const signed = new Map<string, Hashable>([
    ...hashableFields(outcome),
    ['timestamp', timestamp],
    ['request_id', requestId],
  ]);
  const signature = keys.node.sign(concatBytes(DOMAIN, hashOfMap(signed)));
  return encodeCbor({
    ...replyFields(outcome),
    signatures: [{ timestamp, signature, identity: keys.nodeId }],
  });
}

function replyFields(outcome: Outcome): Readonly<Record<string, Encodable>> {
  return outcome.kind === 'replied'
    ? { status: 'replied', reply: { arg: outcome.reply } }
    : { status: 'rejected', ...encodableReject(outcome.reject) };
}

function hashableFields(outcome: Outcome): readonly (readonly [string, Hashable])[] {
  return outcome.kind === 'replied'
    ? [
        ['status', 'replied'],
        ['reply', new Map([['arg', outcome.reply]])],
      ]
    : [
        ['status', 'rejected'],
        ['reject_code', BigInt(outcome.reject.code)],
        ['reject_message', outcome.reject.message],
        ['error_code', outcome.reject.errorCode],
      ];
}

/** The fields in which replies tell of a reject that is not certified. */
export function encodableReject(reject: Extract<Outcome, { kind: 'rejected' }>['reject']): {
  readonly reject_code: number;
  readonly reject_message: string;
  readonly error_code: string;
} {
  return { reject_code: reject.code, reject_message: reject.message, error_code: reject.errorCode };
}
