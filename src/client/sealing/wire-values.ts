import type { AgentType } from '../values/service-types.ts';

/** Where a value is in arguments or answers as @dfinity/candid has them: indexes, and names of fields and of options. */
export type WirePath = readonly (string | number)[];

/** The value at a path; undefined where a part of the path is not there. What is an `opt` is its value. */
export function valueAt(value: unknown, path: WirePath): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = new Map<unknown, unknown>(Object.entries(found)).get(String(step));
  }
  return Array.isArray(found) ? (found as readonly unknown[])[0] : found;
}

/** The text at a path; undefined where there is none. */
export function textAt(value: unknown, path: WirePath): string | undefined {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The agent type at a path, where there has to be one. */
export function agentTypeAt(value: unknown, path: WirePath): AgentType {
  // The interface's types have no other options.
  return Object.keys(Object(valueAt(value, path)) as object)[0] as AgentType;
}

/** A copy with another text at a path where there is one already. */
export function withTextAt(value: unknown, [step, ...rest]: WirePath, text: string): unknown {
  if (step === undefined) return Array.isArray(value) ? [text] : text;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (i === step ? withTextAt(item, rest, text) : item));
  }
  const entries = Object.entries(Object(value) as object) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([name, item]) => [name, name === step ? withTextAt(item, rest, text) : item]),
  );
}

/** A copy with another value in the place of each item of the list, or of the one record, at a path. */
export async function mappedAt(
  value: unknown,
  [step, ...rest]: WirePath,
  map: (record: object) => Promise<object>,
): Promise<unknown> {
  if (step !== undefined) {
    const record = Object(value) as Readonly<Record<string, unknown>>;
    return { ...record, [step]: await mappedAt(record[step], rest, map) };
  }
  if (!Array.isArray(value)) return map(Object(value) as object);
  const mapped: unknown[] = [];
  // One after another: those that follow open with the key of those before.
  for (const item of value as readonly unknown[]) mapped.push(await map(Object(item) as object));
  return mapped;
}
