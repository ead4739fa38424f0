import { createHash } from 'node:crypto';
import { Principal } from '@dfinity/principal';
import { chainDigest, commitmentOf, GENESIS } from '../../../src/client/audit/audit-digests.ts';
import type { AuditContent, AuditLog, ChainedEntry } from '../../../src/client/index.ts';
import { Certifier } from '../../../src/replica/certification/certificate.ts';
import { delegate } from '../../../src/replica/certification/delegation.ts';
import { LabeledMap, Leaf } from '../../../src/replica/certification/labeled-map.ts';
import { createNetworkKeys, type NetworkKeys } from '../../../src/replica/certification/network-keys.ts';
import { type CanisterRange, fields } from '../../../src/replica/certification/state-entries.ts';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { encodeUnsignedLeb128 } from '../../../src/replica/codec/leb128.ts';

/** Logs and certificates of networks whose keys tests have: the same bytes each time. */

export const DAY = 86_400_000_000_000n;
export const MINUTE = 60_000_000_000n;
/** 2026-11-01, and half an hour after the logs were certified. */
export const NOW = 1_793_491_200_000_000_000n;
export const CERTIFIED_AT = NOW - 30n * MINUTE;

export const SERVICE = Principal.fromHex('00000000000004D20101');
export const ATTACKER = Principal.fromHex('00000000000004D30101');

/** What looks random, and is the same for the same name. */
export function bytesOf(name: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(name).digest());
}

const networkOf = (name: string): NetworkKeys =>
  createNetworkKeys({ root: bytesOf(`${name} root`), node: bytesOf(`${name} node`) });
export const ROOT = networkOf('the network');
export const OTHER_ROOT = networkOf('another network');
const SUBNET = networkOf('a subnet');

export interface Signing {
  readonly canisterId?: Principal;
  readonly certifiedAt?: bigint;
  readonly network?: NetworkKeys;
  /** The ids that the root key lets a subnet sign for; without them the root key signs. */
  readonly ranges?: readonly CanisterRange[];
}

/** The network's certificate of a digest. */
export function certificateOf(
  digest: Uint8Array,
  { canisterId = SERVICE, certifiedAt = CERTIFIED_AT, network = ROOT, ranges }: Signing = {},
): Uint8Array {
  const id = canisterId.toUint8Array();
  const state = fields({
    canister: LabeledMap.of([id, fields({ certified_data: new Leaf(digest) })]),
    time: new Leaf(encodeUnsignedLeb128(certifiedAt)),
  });
  const subnet = ranges && { keys: SUBNET, type: 'application' as const, canisterRanges: ranges };
  const certifier = subnet
    ? new Certifier(SUBNET.root, () => delegate(network.root, subnet, certifiedAt - 60n * DAY))
    : new Certifier(network.root);
  return certifier.certificate(state, [[utf8('time')], [utf8('canister'), id, utf8('certified_data')]]);
}

/** An entry before it is chained. */
export type Written = Omit<AuditContent, 'salt' | 'timestamp' | 'actor'> & { readonly erasedBy?: bigint };

const ACTOR = Principal.selfAuthenticating(bytesOf('an agent'));

/** Entries about the service, two users, the erasure of one, and the end of what was kept for long. */
export const ENTRIES: readonly Written[] = [
  event('AdminAdded', 'Admin added', { name: 'Operator' }),
  event('AgentAdded', 'Agent added', { name: 'Mail agent' }),
  activity('alice', 'SessionCreated', 'Session created'),
  activity('alice', 'TaskCreated', 'Wrote “Überblick” 🚀', { task: 'Überblick' }),
  { ...activity('leaver', 'SessionCreated', 'Session created'), erasedBy: 7n },
  { ...activity('leaver', 'TaskCreated', 'Wrote a will'), erasedBy: 7n },
  event('UserErased', 'User erased', { by: 'admin', activities: 2 }),
  event('AgentAdded', 'Agent added', { name: 'Calendar agent' }),
];

/** As ENTRIES, a day later: an entry was removed for its age. */
export const LATER_ENTRIES: readonly Written[] = ENTRIES.map((entry, i) =>
  i === 2 ? { ...entry, erasedBy: 9n } : entry,
).concat(event('ActivitiesRetired', 'Activities retired', { activities: 1 }));

export function event(kind: string, description: string, metadata: object | string): Written {
  const text = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
  return { kind, description, metadata: text, agentType: undefined, userId: undefined };
}

export function activity(userId: string, kind: string, description: string, metadata?: object): Written {
  const text = metadata && JSON.stringify(metadata);
  return { kind, description, metadata: text, agentType: 'Asana', userId };
}

/** The chained entries of what was written, from an index on. */
export function chained(written: readonly Written[], first = 1n): readonly ChainedEntry[] {
  let digest: Uint8Array = GENESIS;
  return written.map(({ erasedBy, ...texts }, i) => {
    const index = first + BigInt(i);
    const salt = bytesOf(`salt ${index} ${texts.description}`).slice(0, 16);
    const content: AuditContent = { ...texts, salt, actor: ACTOR, timestamp: CERTIFIED_AT - DAY + index };
    const commitment = commitmentOf(content);
    digest = chainDigest(digest, commitment, index);
    return { index, commitment, digest, erasedBy, content: erasedBy === undefined ? content : undefined };
  });
}

/** A certified log. */
export function logOf(entries: readonly ChainedEntry[], signing: Signing = {}): AuditLog {
  const digest = entries.at(-1)?.digest ?? GENESIS;
  return { canisterId: signing.canisterId ?? SERVICE, certificate: certificateOf(digest, signing), entries };
}

/** The entries with their digests made again, as a forger has to. */
export function rechained(entries: readonly ChainedEntry[]): readonly ChainedEntry[] {
  let before: Uint8Array = GENESIS;
  return entries.map((entry) => {
    before = chainDigest(before, entry.commitment, entry.index);
    return { ...entry, digest: before };
  });
}
