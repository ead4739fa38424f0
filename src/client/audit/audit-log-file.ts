import type { Principal } from '@dfinity/principal';
import type { AuditContent } from '../values/service-types.ts';
import type { AuditLog, ChainedEntry } from './audit-log.ts';
import { LineReader, toHex } from './json-line.ts';

/**
 * A copy of the log as text: JSON lines, the log's own first, then one for each entry. Bytes are hexadecimal, times and indexes decimal
 * strings, principals their text; docs/explanation/audit-log.md has an example.
 */
const FORMAT = 'agent-service-audit-log-1';

/** What the first line says of the log. */
export interface AuditLogHead {
  readonly canisterId: Principal;
  readonly certificate: Uint8Array;
}

export function encodeAuditLog({ canisterId, certificate, entries }: AuditLog): string {
  const head = { format: FORMAT, canister_id: canisterId.toText(), certificate: toHex(certificate) };
  return `${[head, ...entries.map(entryLine)].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** Throws an AuditLogError that names the line, where a line is not what it should be. */
export function decodeAuditLog(text: string): AuditLog {
  const [head = '', ...lines] = text.trimEnd().split('\n');
  return { ...decodeHead(head), entries: lines.map((line, i) => decodeEntry(line, i + 2)) };
}

/** The first line of a log. */
export function decodeHead(text: string): AuditLogHead {
  const line = LineReader.read(text, 1);
  line.checkFormat(FORMAT);
  line.checkFields(FIELDS.head);
  return { canisterId: line.principal('canister_id'), certificate: line.bytes('certificate') };
}

/** A line of a log that is not its first; `number` counts from 1. */
export function decodeEntry(text: string, number: number): ChainedEntry {
  const line = LineReader.read(text, number);
  line.checkFields(FIELDS.entry);
  const content = line.object('content');
  return {
    index: line.nat64('index'),
    commitment: line.bytes('commitment', 32),
    digest: line.bytes('digest', 32),
    erasedBy: line.optionalNat64('erased_by'),
    content: content && contentOf(content),
  };
}

function entryLine({ index, commitment, digest, erasedBy, content }: ChainedEntry): object {
  return {
    index: String(index),
    commitment: toHex(commitment),
    digest: toHex(digest),
    ...(erasedBy === undefined ? {} : { erased_by: String(erasedBy) }),
    ...(content === undefined ? {} : { content: contentLine(content) }),
  };
}

function contentLine({ salt, agentType, userId, actor, timestamp, ...texts }: AuditContent): object {
  return {
    salt: toHex(salt),
    ...texts,
    agent_type: agentType,
    user_id: userId,
    actor: actor.toText(),
    timestamp: String(timestamp),
  };
}

const FIELDS = {
  head: new Set(['format', 'canister_id', 'certificate']),
  entry: new Set(['index', 'commitment', 'digest', 'erased_by', 'content']),
  content: new Set([
    'salt',
    'kind',
    'agent_type',
    'user_id',
    'description',
    'metadata',
    'actor',
    'timestamp',
  ]),
};

function contentOf(line: LineReader): AuditContent {
  line.checkFields(FIELDS.content);
  return {
    salt: line.bytes('salt', 16),
    kind: line.text('kind'),
    // A name that there is not has no code, and is told of as such.
    agentType: line.optionalText('agent_type') as AuditContent['agentType'],
    userId: line.optionalText('user_id'),
    description: line.text('description'),
    metadata: line.optionalText('metadata'),
    actor: line.principal('actor'),
    timestamp: line.nat64('timestamp'),
  };
}
