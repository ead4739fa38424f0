import type { MethodName } from '../../support/wasm-canister.ts';
import type { Arguments } from '../arguments.ts';
import type { Plain } from '../plain.ts';
import { inJson } from './answers.ts';

type Fields = { readonly [name: string]: Plain };

/**
 * A page ends where its work is spent, which no document says in records: so it may be a beginning of the model's page, with the place where the next one
 * begins. Returns the arguments that ask for the rest of it; undefined where it is no such beginning.
 */
export function restOf(
  name: MethodName,
  args: Partial<Arguments>,
  { expected, actual }: { readonly expected: Plain; readonly actual: Plain },
): Partial<Arguments> | undefined {
  if (name !== 'get_audit_entries') return undefined;
  const [wanted, found] = [entriesIn(expected), entriesIn(actual)];
  if (wanted === undefined || found === undefined) return undefined;
  const count = found.entries.length;
  const next = wanted.entries[count]?.['index'];
  const isBeginning = inJson(wanted.entries.slice(0, count)) === inJson(found.entries);
  if (count === 0 || typeof next !== 'bigint' || found.next !== next || !isBeginning) return undefined;
  const { limit = null } = args;
  return { ...args, from: next, limit: limit === null ? null : limit - count };
}

function entriesIn(answer: Plain): { readonly entries: readonly Fields[]; readonly next: Plain } | undefined {
  const ok = ((answer as Fields)['reply'] as Fields | undefined)?.['Ok'] as Fields | undefined;
  return ok === undefined
    ? undefined
    : { entries: ok['entries'] as readonly Fields[], next: ok['next'] ?? null };
}
