import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';
import {
  SERVICE_METHODS,
  type ServiceMethod,
  serviceMethod,
} from '../../../src/json-interface/methods/service-method.ts';
import type { JsonSchema } from '../../../src/json-interface/values/json-form.ts';

/** A method with one id among its arguments. */
interface Row {
  readonly method: string;
  /** Fields after dots. */
  readonly parameter: string;
  /** What the id is one of. */
  readonly of: string;
  readonly values?: JsonObject;
}

const TABLE = JSON.parse(readFileSync(join(import.meta.dirname, 'methods.json'), 'utf8')) as {
  readonly cases: readonly Row[];
  readonly not_ids: Readonly<Record<string, readonly string[]>>;
};

/** An id of somebody else's record, and one of no record. */
export interface IdPair {
  readonly theirs: string;
  readonly never: string;
}

/** A method, with the arguments that have the one id or the other. */
export interface ExistenceCase {
  readonly title: string;
  readonly method: ServiceMethod;
  readonly parameter: string;
  readonly ids: IdPair;
  readonly valuesWith: (id: string) => JsonObject;
}

/** The rows of methods.json with these ids, and these words in the place of `<names>`. */
export function existenceCases(
  ids: Readonly<Record<string, IdPair>>,
  words: Readonly<Record<string, string>>,
): readonly ExistenceCase[] {
  return TABLE.cases.map(({ method, parameter, of, values = {} }) => {
    const pair = ids[of];
    if (pair === undefined) throw new Error(`there is no id of a ${of}`);
    const [field = '', inner] = parameter.split('.');
    const given = JSON.parse(
      JSON.stringify(values).replaceAll(/<(\w+)>/g, (whole, word: string) => words[word] ?? whole),
    ) as JsonObject;
    return {
      title: `${method} ${parameter}, ${of}`,
      method: serviceMethod(method),
      parameter,
      ids: pair,
      valuesWith: (id) => ({ ...given, [field]: inner === undefined ? id : { [inner]: id } }),
    };
  });
}

/** Parameters that the table says nothing of: neither a row, nor that they are no ids. */
export function parametersWithoutRow(methods: readonly ServiceMethod[] = SERVICE_METHODS): readonly string[] {
  return methods.flatMap(({ name, parameters }) => {
    const rows = TABLE.cases.filter(({ method }) => method === name).map(({ parameter }) => parameter);
    const others = new Set([...(TABLE.not_ids[''] ?? []), ...(TABLE.not_ids[name] ?? [])]);
    return parameters
      .flatMap(([parameter, { schema }]) => (others.has(parameter) ? [] : leaves(schema, parameter)))
      .filter((path) => !rows.includes(path) && !others.has(path.split('.').at(-1) ?? ''))
      .map((path) => `${name} ${path}`);
  });
}

/** The paths of what is no record within a value. */
function leaves(schema: JsonSchema, path: string): readonly string[] {
  const present = (schema['anyOf'] as readonly JsonSchema[] | undefined)?.[0] ?? schema;
  const properties = present['properties'] as Readonly<Record<string, JsonSchema>> | undefined;
  if (properties === undefined) return [path];
  return Object.entries(properties).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
}
