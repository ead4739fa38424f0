import type { Problem } from '../../../src/gateway/problems/problem.ts';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';
import type { JsonCall } from './json-calls.ts';
import { refusalOfProblem } from './problem-refusal.ts';

/** Methods of the day that have a successor, which has a path of its own. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  create_agent_session: 'create_session',
  store_agent_credentials: 'store_credentials',
  store_agent_interaction: 'store_interaction',
  log_agent_activity: 'log_activity',
};

interface Operation {
  readonly verb: string;
  readonly path: string;
}

/** Calls by HTTP alone: at the path that the gateway's OpenAPI document gives a method, its own where there is one. */
export async function httpCaller(gateway: string, key: string): Promise<JsonCall> {
  const operations = await operationsOf(gateway);
  return async (method, values) => {
    const name = SUCCESSORS[method.name] ?? method.name;
    const operation = operations.get(name) ?? operations.get(`call_${name}`);
    if (operation === undefined) throw new Error(`${name} is not in the document`);
    const { url, body } = requestOf(operation, values);
    const response = await fetch(gateway + url, {
      method: operation.verb,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body }),
    });
    if (response.ok) return ((await response.json()) as { result: unknown }).result;
    // A record that is not there is no answer at its own path.
    if (response.status === 404 && method.isQuery) return null;
    throw refusalOfProblem((await response.json()) as Problem);
  };
}

async function operationsOf(gateway: string): Promise<ReadonlyMap<string, Operation>> {
  const { paths } = (await (await fetch(`${gateway}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return new Map(
    Object.entries(paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map(([verb, { operationId }]) => [
        operationId,
        { verb: verb.toUpperCase(), path },
      ]),
    ),
  );
}

function requestOf({ verb, path }: Operation, values: JsonObject): { url: string; body?: string } {
  const others = new Map(Object.entries(values));
  const url = path.replace(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = String(others.get(name));
    others.delete(name);
    return encodeURIComponent(value);
  });
  if (verb !== 'GET' && verb !== 'DELETE') {
    const isEmpty = others.size === 0 && url !== path;
    return isEmpty ? { url } : { url, body: JSON.stringify(Object.fromEntries(others)) };
  }
  const query = new URLSearchParams(
    [...others].map(([name, value]): [string, string] => [name, String(value)]),
  );
  return { url: others.size === 0 ? url : `${url}?${query.toString()}` };
}
