import type { CborMap, CborValue } from '../../codec/cbor.ts';
import { type Hashable, hashOfMap } from '../../codec/hash-of-map.ts';
import type { CallerInfo } from '../../messages/message.ts';
import { Refusal } from '../refusal.ts';
import {
  arrayField,
  asArray,
  asBlob,
  asMap,
  blobField,
  optionalField,
  principalField,
  textField,
  timeField,
} from './fields.ts';

const NONCE_MAX_BYTES = 32;
const MAX_PATHS = 1000;
const MAX_LABELS = 127;

interface RequestContent {
  /** The hash of the content, 32 bytes ("Request ids"). */
  readonly requestId: Uint8Array;
  readonly sender: Uint8Array;
  /** ns since 1970. */
  readonly ingressExpiry: bigint;
}

/** The content of a call or a query. */
export interface CallContent extends RequestContent {
  readonly requestType: 'call' | 'query';
  readonly canisterId: Uint8Array;
  readonly methodName: string;
  readonly arg: Uint8Array;
  /** What is said of the sender, and by which canister; its signature is `senderInfoSig`. */
  readonly callerInfo?: CallerInfo;
  readonly senderInfoSig?: Uint8Array;
}

/** The content of a read_state request. */
export interface ReadStateContent extends RequestContent {
  readonly requestType: 'read_state';
  readonly paths: readonly (readonly Uint8Array[])[];
}

/** Reads the content of a call or query. Refuses another request type and fields of the wrong shape. */
export function parseCallContent(content: CborMap, requestType: CallContent['requestType']): CallContent {
  expectType(content, requestType);
  return {
    ...parseSenderInfo(content),
    requestType,
    ...parseCommon(content),
    canisterId: principalField(content, 'canister_id'),
    methodName: textField(content, 'method_name'),
    arg: blobField(content, 'arg'),
  };
}

function parseSenderInfo(content: CborMap): Pick<CallContent, 'callerInfo' | 'senderInfoSig'> {
  const value = optionalField(content, 'sender_info');
  if (value === undefined) return {};
  const map = asMap(value, 'sender_info');
  const callerInfo = { info: blobField(map, 'info'), signer: principalField(map, 'signer') };
  return { callerInfo, senderInfoSig: blobField(map, 'sig') };
}

/** Reads the content of a read_state request: at most 1000 paths of at most 127 labels. */
export function parseReadStateContent(content: CborMap): ReadStateContent {
  expectType(content, 'read_state');
  const common = parseCommon(content);
  const paths = arrayField(content, 'paths');
  if (paths.length > MAX_PATHS) throw new Refusal('malformed', `There are more than ${MAX_PATHS} paths`);
  return {
    requestType: 'read_state',
    ...common,
    paths: paths.map((path) => {
      const labels = asArray(path, 'paths');
      if (labels.length > MAX_LABELS) {
        throw new Refusal('malformed', `A path has more than ${MAX_LABELS} labels`);
      }
      return labels.map((label) => asBlob(label, 'paths'));
    }),
  };
}

function expectType(content: CborMap, expected: string): void {
  const actual = textField(content, 'request_type');
  if (actual === expected) return;
  throw new Refusal('malformed', `This endpoint takes requests of type "${expected}", not "${actual}"`);
}

function parseCommon(content: CborMap): RequestContent {
  const nonce = optionalField(content, 'nonce');
  if (nonce !== undefined && asBlob(nonce, 'nonce').length > NONCE_MAX_BYTES) {
    throw new Refusal('malformed', `The nonce is longer than ${NONCE_MAX_BYTES} bytes`);
  }
  return {
    requestId: hashOfCborMap(content),
    sender: principalField(content, 'sender'),
    ingressExpiry: timeField(content, 'ingress_expiry'),
  };
}

/** The representation-independent hash of a decoded map. Refuses values that have none. */
export function hashOfCborMap(map: CborMap): Uint8Array {
  return hashOfMap(hashableMap(map));
}

function hashableMap(map: CborMap): ReadonlyMap<string, Hashable> {
  const fields = new Map<string, Hashable>();
  // An optional field that is written as null is an omitted one.
  for (const [name, value] of map) if (value !== null) fields.set(name, hashable(value, name));
  return fields;
}

function hashable(value: CborValue, name: string): Hashable {
  if (value === null || typeof value === 'boolean') {
    throw new Refusal('malformed', `"${name}" is of a kind that requests do not have`);
  }
  if (typeof value === 'bigint' || typeof value === 'string' || value instanceof Uint8Array) return value;
  if (value instanceof Map) return hashableMap(value);
  return asArray(value, name).map((element) => hashable(element, name));
}
