import { CborError, type CborMap, decodeCbor } from '../../codec/cbor.ts';
import { Refusal } from '../refusal.ts';
import { asArray, asBlob, asMap, blobField, mapField, optionalField } from './fields.ts';

/** One link of `sender_delegation`, as it was sent. */
export interface SignedDelegation {
  readonly delegation: CborMap;
  readonly signature: Uint8Array;
}

/** A request with what authenticates it ("Authentication"). */
export interface Envelope {
  readonly content: CborMap;
  readonly senderPubkey: Uint8Array | undefined;
  readonly senderSig: Uint8Array | undefined;
  readonly senderDelegation: readonly SignedDelegation[] | undefined;
}

/** Reads the envelope of a request body. Refuses what is not CBOR of that shape. */
export function decodeEnvelope(body: Uint8Array): Envelope {
  const envelope = asMap(decodeBody(body), 'envelope');
  const blob = (name: string): Uint8Array | undefined => {
    const value = optionalField(envelope, name);
    return value === undefined ? undefined : asBlob(value, name);
  };
  const delegations = optionalField(envelope, 'sender_delegation');
  return {
    content: mapField(envelope, 'content'),
    senderPubkey: blob('sender_pubkey'),
    senderSig: blob('sender_sig'),
    senderDelegation:
      delegations === undefined
        ? undefined
        : asArray(delegations, 'sender_delegation').map((link) => {
            const signed = asMap(link, 'sender_delegation');
            return { delegation: mapField(signed, 'delegation'), signature: blobField(signed, 'signature') };
          }),
  };
}

function decodeBody(body: Uint8Array): ReturnType<typeof decodeCbor> {
  try {
    return decodeCbor(body);
  } catch (cause) {
    if (!(cause instanceof CborError)) throw cause;
    throw new Refusal('malformed', `The body is not a CBOR envelope: ${cause.message}`, { cause });
  }
}
