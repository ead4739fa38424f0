import type { IDL } from '@dfinity/candid';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createProgram } from '../../../src/cli/program.ts';
import { run } from '../../../src/cli/run.ts';
import { AgentServiceError } from '../../../src/client/errors.ts';
import { fromCandid } from '../../../src/client/values/candid-values.ts';
import { METHOD_ROUTES, type MethodRoute } from '../../../src/gateway/http/method-routes.ts';
import { TOOL_TABLE } from '../../../src/gateway/mcp/tool-table.ts';
import type { JsonObject } from '../../../src/json-interface/callers/caller.ts';
import { SERVICE_METHODS, type ServiceMethod } from '../../../src/json-interface/methods/service-method.ts';
import { method as typeOf } from '../../canister/support/candid-interface.ts';
import { leavesOf } from '../../cli/support/leaves-of.ts';
import { setupMcpOverHttp } from '../../gateway/support/mcp-client.ts';
import { gatewayBefore } from '../../gateway/support/shared-service.ts';
import { type Calls, callsOf } from '../support/client-calls.ts';
import { type OpenService, openLocalService } from '../support/local-service.ts';
import { COMMANDS, type CommandRow, commandWith } from './commands.ts';
import { type ExistenceCase, type IdPair, parametersWithoutRow } from './method-table.ts';
import { type Stranger, setupTwoUsers, type TwoUsers } from './two-users.ts';

let service: OpenService;

beforeAll(async () => {
  service = await openLocalService();
  return () => service.close();
});

/** What was told of the one id and of the other: the same but for the id itself, which the caller gave. */
async function sameAnswers(each: ExistenceCase, tell: (values: JsonObject) => Promise<unknown>) {
  const { theirs, never } = each.ids;
  const told = async (id: string) =>
    // A place of the log is a number, which is part of others.
    JSON.stringify(await tell(each.valuesWith(id))).replaceAll(
      new RegExp(`(?<![\\w-])${id.replaceAll(/[.+]/g, '\\$&')}(?![\\w-])`, 'g'),
      '<id>',
    );
  expect([each.title, await told(theirs)]).toEqual([each.title, await told(never)]);
}

/** Users of the test's own: there are five tries with a wrong code. */
async function eachStranger(work: (stranger: Stranger, world: TwoUsers) => Promise<void>): Promise<void> {
  const world = await setupTwoUsers(service);
  for (const stranger of Object.values(world.strangers)) await work(stranger, world);
}

describe('an existence oracle', () => {
  it('is looked for at every argument that is an id', () => {
    expect(parametersWithoutRow()).toEqual([]);
    const [first] = SERVICE_METHODS;
    const newer = {
      isQuery: first?.isQuery,
      name: 'get_note',
      parameters: [['note_id', { schema: { type: 'string' } }]],
    };
    expect(parametersWithoutRow([newer as unknown as ServiceMethod])).toEqual(['get_note note_id']);
  });

  it('is no call of the TypeScript client: message, kind, code and certification are the same', async () => {
    await eachStranger(async ({ client }, world) => {
      const calls = callsOf(client);
      for (const each of world.cases) {
        await sameAnswers(each, async (values) => {
          try {
            return shown(await callOf(calls, each.method, values));
          } catch (error) {
            if (!(error instanceof AgentServiceError)) throw error;
            const { kind, code, certified, message } = error;
            return { kind, code, certified, message, own: shown(Object.entries(error)) };
          }
        });
      }
    });
  });

  it('is no path of the gateway: status, headers and body are the same', async () => {
    const { url, keyOf } = await gatewayBefore(service, { limits: GENEROUS });
    await eachStranger(async ({ pem }, world) => {
      const key = await keyOf(pem);
      for (const each of world.cases) {
        const routes = METHOD_ROUTES.filter(({ method }) => method.name === each.method.name);
        expect(routes).not.toEqual([]);
        for (const route of routes) {
          await sameAnswers(each, (values) => answerOf(url, key, route, values));
        }
      }
    });
  });

  it('is no event stream of the gateway, by its user or by its place', async () => {
    const { url, keyOf } = await gatewayBefore(service, { limits: GENEROUS });
    await eachStranger(async ({ pem }, world) => {
      const key = await keyOf(pem);
      const headers = { authorization: `Bearer ${key}` };
      const user = idsOf(world, 'user');
      for (const path of ['/v1/events?user_id=', '/v1/users/']) {
        const streams = Object.values(user).map(async (id) => {
          const response = await fetch(`${url}${path}${id}${path.endsWith('/') ? '/events' : ''}`, {
            headers,
          });
          const body = response.status === 200 ? '' : await response.text();
          await response.body?.cancel().catch(() => undefined);
          return [response.status, comparable(body, id)];
        });
        const [theirs, never] = await Promise.all(streams);
        expect(theirs).toEqual(never);
      }
    });
  });

  it('is no tool of MCP: the result is the same', async () => {
    const { url, keyOf } = await gatewayBefore(service, { limits: GENEROUS });
    await eachStranger(async ({ pem }, world) => {
      const client = await setupMcpOverHttp(url, await keyOf(pem));
      const tools = new Set(TOOL_TABLE.map(({ name }) => name));
      const cases = world.cases.filter(({ method }) => tools.has(method.name));
      expect(new Set(cases.map(({ method }) => method.name))).toEqual(tools);
      for (const each of cases) {
        await sameAnswers(each, (values) =>
          client.callTool({ name: each.method.name, arguments: { ...values } }),
        );
      }
    });
  });

  it('is no resource of MCP, nor what it proposes', async () => {
    const { url, keyOf } = await gatewayBefore(service, { limits: GENEROUS });
    await eachStranger(async ({ pem, principal }, world) => {
      const client = await setupMcpOverHttp(url, await keyOf(pem));
      const [user, session] = [idsOf(world, 'user'), idsOf(world, 'session')];
      const read = (uri: string) =>
        client.readResource({ uri }).catch((error: unknown) => shown([String(error), Object(error).code]));
      const { resourceTemplates } = await client.listResourceTemplates();
      for (const { uriTemplate } of resourceTemplates) {
        const uri = (user_id: string, session_id: string) =>
          uriTemplate
            .replace('{user_id}', user_id)
            .replace('{session_id}', session_id)
            .replace('{agent_type}', 'GitHub');
        const told = async (user_id: string, session_id: string) =>
          JSON.stringify(await read(uri(user_id, session_id)))
            .replaceAll(user_id, '<user>')
            .replaceAll(session_id, '<session>');
        expect([uriTemplate, await told(user.theirs, session.theirs)]).toEqual([
          uriTemplate,
          await told(user.never, session.never),
        ]);
        const own = await Promise.all(Object.values(session).map((id) => told(principal, id)));
        expect(own[0]).toBe(own[1]);
        const ref = { type: 'ref/resource', uri: uriTemplate } as const;
        const proposed = Object.values(user).map(async (user_id) =>
          client
            .complete({
              ref,
              argument: { name: 'session_id', value: '' },
              context: { arguments: { user_id } },
            })
            .then(
              (answer) => answer.completion,
              (error: unknown) => String(error),
            ),
        );
        const [theirs, never] = await Promise.all(proposed);
        expect(theirs).toEqual(never);
      }
    });
  });

  it('is looked for at every command that takes an id', async () => {
    const known = new Set(COMMANDS.map(({ command }) => command));
    const withId = leavesOf(await createProgram()).filter(({ command }) => takesId(command));
    expect(withId.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
  });

  it('is no command: what is printed and the exit code are the same', async () => {
    await eachStranger(async ({ path }, world) => {
      for (const row of COMMANDS) {
        const cases = world.cases.filter(
          ({ method, parameter }) => method.name === row.method && row.says[parameter] !== undefined,
        );
        expect([row.command, cases.length > 0]).toEqual([row.command, true]);
        for (const each of cases) {
          await sameAnswers(each, (values) => ended(row, values, path));
        }
      }
    });
  });
});

function idsOf({ cases }: TwoUsers, of: string): IdPair {
  const found = cases.find(({ title }) => title.endsWith(`, ${of}`));
  if (found === undefined) throw new Error(`the table has no ${of}`);
  return found.ids;
}

const GENEROUS = { keyBurst: 1_000_000, keyCallsPerMinute: 1_000_000 };

function shown(value: unknown): string {
  return JSON.stringify([value], (_name, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
}

/** Calls the client's method with arguments in JSON. */
function callOf(calls: Calls, method: ServiceMethod, values: JsonObject): Promise<unknown> {
  const types: readonly IDL.Type[] = typeOf(method.name).argTypes;
  const args = method.read(values).map((arg, i) => {
    const type = types[i];
    return type === undefined ? undefined : fromCandid(type, arg);
  });
  // The arguments are those that the interface has at this method, by its own forms.
  const call = calls[method.name as keyof Calls] as (...args: unknown[]) => Promise<unknown>;
  return call(...args);
}

/** A body without the request's own id, and without the id that the caller gave. */
function comparable(body: string, id = ''): string {
  const rest = body.replace(/"instance":"[^"]*"/, '');
  return id === '' ? rest : rest.replaceAll(id, '<id>');
}

async function answerOf(url: string, key: string, { verb, path, method }: MethodRoute, values: JsonObject) {
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name));
  const place = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(values[name])),
  );
  const others = Object.entries(values).filter(([name]) => !inPath.has(name));
  const inQuery = verb === 'GET' || verb === 'DELETE';
  const query = inQuery
    ? `?${new URLSearchParams(Object.fromEntries(others.map(([name, value]) => [name, String(value)]))).toString()}`
    : '';
  const hasBody =
    !inQuery && (others.length > 0 || inPath.size === 0 || method.parameters.length > inPath.size);
  const response = await fetch(`${url}${place}${query}`, {
    method: verb,
    headers: { authorization: `Bearer ${key}`, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: JSON.stringify(Object.fromEntries(others)) } : {}),
  });
  const headers = [...response.headers].filter(([name]) => !OF_THE_MOMENT.has(name));
  const body = comparable(await response.text());
  // The arguments fit the schema, or nothing would be shown.
  expect([response.status, body.includes('InvalidRequest')]).not.toEqual([400, true]);
  return [response.status, headers, body];
}

/** Headers that tell of the request, or of when it was made. */
const OF_THE_MOMENT = new Set(['date', 'x-request-id', 'request-id', 'content-length']);

/** What a command prints, and its exit code. */
async function ended(row: CommandRow, values: JsonObject, path: string): Promise<unknown> {
  const printed: unknown[] = [];
  const spies = [
    vi.spyOn(console, 'log').mockImplementation((text) => printed.push(['log', text])),
    vi.spyOn(console, 'error').mockImplementation((text) => printed.push(['error', text])),
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(['out', String(text)]) > 0),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(['err', String(text)]) > 0),
  ];
  try {
    const words = commandWith(row, values, service.directory);
    const code = await run([...words, '--directory', service.directory, '--identity', path]);
    expect([code, printed]).not.toEqual([2, printed]);
    return [code, printed];
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Arguments and options by these names are ids of the service. */
const ID_ARGUMENTS = new Set(['user', 'session', 'interaction', 'principal', 'agent', 'code']);
const ID_OPTIONS = new Set(['--session', '--account', '--user', '--after', '--fencing', '--agent']);

function takesId({ registeredArguments, options }: Command): boolean {
  return (
    registeredArguments.some((argument) => ID_ARGUMENTS.has(argument.name())) ||
    options.some(({ long }) => ID_OPTIONS.has(long ?? ''))
  );
}
