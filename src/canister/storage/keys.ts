/** Keys are big-endian, so that their order as bytes is their order as numbers. */

export function sequenceKey(sequence: number): Uint8Array {
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, sequence);
  return key;
}

export const CREDENTIAL_KEY_LENGTH = 6;

/** Credentials: user u32, agent type u8, and the slot of the account u8. */
export function credentialKey(user: number, typeCode: number, slot: number): Uint8Array {
  const key = new Uint8Array(CREDENTIAL_KEY_LENGTH);
  const view = new DataView(key.buffer);
  view.setUint32(0, user);
  view.setUint8(4, typeCode);
  view.setUint8(5, slot);
  return key;
}

/** What a credential's key is made of. */
export function decodeCredentialKey(key: Uint8Array): { user: number; typeCode: number; slot: number } {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  return { user: view.getUint32(0), typeCode: view.getUint8(4), slot: view.getUint8(5) };
}

/** An entry of an expiry queue: time in nanoseconds u64, then the key of the record. */
export function expiryKey(time: bigint, record: Uint8Array): Uint8Array {
  const key = new Uint8Array(8 + record.length);
  new DataView(key.buffer).setBigUint64(0, time);
  key.set(record, 8);
  return key;
}

/** The time of an expiry queue's entry, and the key of its record. */
export function decodeExpiryKey(key: Uint8Array): { time: bigint; record: Uint8Array } {
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  return { time: view.getBigUint64(0), record: key.slice(8) };
}

/** The sequence number in a key. */
export function decodeSequenceKey(key: Uint8Array): number {
  return new DataView(key.buffer, key.byteOffset, key.byteLength).getUint32(0);
}

/** Grants: user u32, then the agent's principal. */
export function grantKey(user: number, agent: Uint8Array): Uint8Array {
  const key = new Uint8Array(4 + agent.length);
  new DataView(key.buffer).setUint32(0, user);
  key.set(agent, 4);
  return key;
}

/** Requests: the length of the caller's principal u8, the principal, then the request_id. */
export function requestKey(caller: Uint8Array, requestId: Uint8Array): Uint8Array {
  const key = new Uint8Array(1 + caller.length + requestId.length);
  key[0] = caller.length;
  key.set(caller, 1);
  key.set(requestId, 1 + caller.length);
  return key;
}

/** The caller in a request's key. */
export function callerOfRequestKey(key: Uint8Array): Uint8Array {
  return key.slice(1, 1 + (key[0] ?? 0));
}
