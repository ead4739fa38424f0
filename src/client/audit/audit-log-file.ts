import { Principal } from '@dfinity/principal';
import type { AuditContent } from '../domain-types.ts';
import type { AuditLog, ChainedEntry } from './audit-log.ts';
import { AuditLogError } from './verify-audit-log.ts';

/**
 * A copy of the log as text: JSON lines, the log's own first, then one for each entry. Bytes are hexadecimal, times and indexes decimal
 * strings, principals their text; docs/audit-log.md has an example.
 */
const FORMAT = 'agent-service-audit-log-1';

export function encodeAuditLog({ canisterId, certificate, entries }: AuditLog): string {
  const head = { format: FORMAT, canister_id: canisterId.toText(), certificate: hex(certificate) };
  return `${[head, ...entries.map(entryLine)].map((line) => JSON.stringify(line)).join('\n')}\n`;
}

/** Throws an AuditLogError that names the line, where a line is not what it should be. */
export function decodeAuditLog(text: string): AuditLog {
  const [head, ...lines] = text.trimEnd().split('\n').map(readLine);
  if (head?.['format'] !== FORMAT) throw new AuditLogError(`line 1: the format is not ${FORMAT}`);
  checkFields(head, FIELDS.head, 1);
  return {
    canisterId: principalOf(head, 'canister_id', 1),
    certificate: bytesOf(head, 'certificate', 1),
    entries: lines.map((line, i) => entryOf(line, i + 2)),
  };
}

function entryLine({ index, commitment, digest, erasedBy, content }: ChainedEntry): object {
  return {
    index: String(index),
    commitment: hex(commitment),
    digest: hex(digest),
    ...(erasedBy === undefined ? {} : { erased_by: String(erasedBy) }),
    ...(content === undefined ? {} : { content: contentLine(content) }),
  };
}

function contentLine({ salt, agentType, userId, actor, timestamp, ...texts }: AuditContent): object {
  return {
    salt: hex(salt),
    ...texts,
    agent_type: agentType,
    user_id: userId,
    actor: actor.toText(),
    timestamp: String(timestamp),
  };
}

type Line = Readonly<Record<string, unknown>>;

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

/** A field that nobody knows is one that was renamed. */
function checkFields(line: Line, known: ReadonlySet<string>, number: number): void {
  const unknown = Object.keys(line).find((name) => !known.has(name));
  if (unknown !== undefined) throw new AuditLogError(`line ${number}: there is no field ${unknown}`);
}

function readLine(text: string, i: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Line;
  } catch {
    // Told below, as any other value that is no object.
  }
  throw new AuditLogError(`line ${i + 1}: it is no JSON object`);
}

function entryOf(line: Line, number: number): ChainedEntry {
  checkFields(line, FIELDS.entry, number);
  const { erased_by, content } = line;
  return {
    index: natOf(line, 'index', number),
    commitment: bytesOf(line, 'commitment', number),
    digest: bytesOf(line, 'digest', number),
    erasedBy: erased_by === undefined ? undefined : natOf(line, 'erased_by', number),
    content:
      content === undefined ? undefined : contentOf(readLine(JSON.stringify(content), number - 1), number),
  };
}

function contentOf(line: Line, number: number): AuditContent {
  checkFields(line, FIELDS.content, number);
  return {
    salt: bytesOf(line, 'salt', number),
    kind: textOf(line, 'kind', number),
    // A name that there is not has no code, and is told of as such.
    agentType: optTextOf(line, 'agent_type', number) as AuditContent['agentType'],
    userId: optTextOf(line, 'user_id', number),
    description: textOf(line, 'description', number),
    metadata: optTextOf(line, 'metadata', number),
    actor: principalOf(line, 'actor', number),
    timestamp: natOf(line, 'timestamp', number),
  };
}

function textOf(line: Line, name: string, number: number): string {
  const value = line[name];
  if (typeof value !== 'string') throw new AuditLogError(`line ${number}: ${name} is no text`);
  return value;
}

function optTextOf(line: Line, name: string, number: number): string | undefined {
  return line[name] === undefined ? undefined : textOf(line, name, number);
}

function natOf(line: Line, name: string, number: number): bigint {
  const value = textOf(line, name, number);
  if (!/^\d{1,20}$/.test(value) || BigInt(value) >= 2n ** 64n) {
    throw new AuditLogError(`line ${number}: ${name} is no number`);
  }
  return BigInt(value);
}

function bytesOf(line: Line, name: string, number: number): Uint8Array {
  const value = textOf(line, name, number);
  if (!/^([\da-f]{2})*$/.test(value)) throw new AuditLogError(`line ${number}: ${name} is not hexadecimal`);
  return Uint8Array.from(value.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function principalOf(line: Line, name: string, number: number): Principal {
  try {
    return Principal.fromText(textOf(line, name, number));
  } catch {
    throw new AuditLogError(`line ${number}: ${name} is no principal`);
  }
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
