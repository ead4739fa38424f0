import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { newPem } from '../../client/support/new-pem.ts';
import { type BareGateway, setupBareGateway } from '../support/setup-bare-gateway.ts';
import { rightValue, type Schema, SECRET, wrongObjects } from '../support/wrong-values.ts';

interface Parameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

/** An operation of the document. */
interface Operation {
  readonly verb: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}

interface Setup extends BareGateway {
  /** The API keys in turn: calls of one key begin one after the other. */
  readonly nextKey: () => string;
  readonly operations: readonly Operation[];
}

const KEYS = 24;

/** A gateway whose keys may call as often as they like, and what its document has for callers with a key. */
async function setupDocument(): Promise<Setup> {
  const gateway = await setupBareGateway({ limits: { keyBurst: 1e6, keyCallsPerMinute: 1e6 } });
  const document = (await (await fetch(`${gateway.url}/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  };
  const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs)
      .filter(([, { security }]) => security === undefined)
      .map(([verb, { parameters = [], requestBody }]) => ({
        verb: verb.toUpperCase(),
        path,
        // A parameter's description stands beside its schema.
        parameters: parameters.map(({ description, schema, ...rest }) => ({
          ...rest,
          schema: { ...schema, ...(description !== undefined && { description }) },
        })),
        body: requestBody?.content['application/json'].schema,
      })),
  );
  expect(operations.length).toBeGreaterThan(100);
  const pem = newPem();
  const made = await Promise.all(
    Array.from({ length: KEYS }, (_none, i) => gateway.keys.create({ name: `key ${i}`, pem })),
  );
  let turn = 0;
  return { ...gateway, operations, nextKey: () => made[turn++ % KEYS]?.key ?? '' };
}

interface DocumentedOperation {
  readonly security?: readonly unknown[];
  readonly parameters?: readonly (Parameter & { readonly description?: string })[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** What is different from a right request. */
interface Change {
  readonly inPath?: Readonly<Record<string, string>>;
  /** As it stands in the URL. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

async function ask({ url, nextKey }: Setup, operation: Operation, change: Change): Promise<Answer> {
  const { verb, path, parameters, body: schema } = operation;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const { schema: of = {} } = parameters.find((each) => each.name === name) ?? {};
    return encodeURIComponent(change.inPath?.[name] ?? String(rightValue(of)));
  });
  const query = change.query ?? rightQuery(parameters);
  const body =
    'body' in change ? change.body : schema === undefined ? undefined : JSON.stringify(rightValue(schema));
  const response = await fetch(`${url}${filled}?${query}`, {
    method: verb,
    headers: {
      authorization: `Bearer ${nextKey()}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...change.headers,
    },
    ...(typeof body === 'string' ? { body } : {}),
  });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

function rightQuery(parameters: readonly Parameter[], except?: string): string {
  return parameters
    .filter((each) => each.in === 'query' && each.required === true && each.name !== except)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(rightValue(schema)))}`)
    .join('&');
}

interface Expected {
  readonly status?: number;
  readonly kind?: RegExp;
  readonly field?: string;
}

const ALLOWED =
  /must be|is missing|there are|may be there once|may have|has to be|is empty; send JSON|not valid JSON/;

/** Checks that an answer is a problem that names the field and what is allowed, without what was sent or anything of the code. */
function check(what: string, { status, type, text }: Answer, expected: Expected = {}): void {
  const told = JSON.parse(text) as {
    readonly type: string;
    readonly detail: string;
    readonly field?: string;
  };
  const { kind = /InvalidRequest|InvalidArgument/, field } = expected;
  expect([what, status, type]).toEqual([
    what,
    expected.status ?? 400,
    'application/problem+json; charset=utf-8',
  ]);
  expect(told.type, what).toMatch(kind);
  expect(told.detail, what).toMatch(ALLOWED);
  expect(told.detail, what).not.toMatch(/\[object|undefined|must match|in anyOf|in oneOf/);
  if (field !== undefined) {
    expect([what, told.field]).toEqual([what, field]);
    expect(told.detail, what).toContain(field);
  }
  expect(text, what).not.toContain(SECRET);
  expect(text, what).not.toMatch(/\n| at .*:\d+:\d+|node_modules|\.ts\b/);
}

async function each<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<number> {
  let count = 0;
  const left = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = left.next(); next.done !== true; next = left.next()) {
      count++;
      await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  return count;
}

describe('first contact: a wrong request to the gateway', () => {
  it('is told by the field of the body at fault, whatever is wrong with it', async () => {
    const setup = await setupDocument();
    let count = 0;
    for (const operation of setup.operations) {
      const { verb, path, body } = operation;
      if (body === undefined) continue;
      count += await each(wrongObjects(body), async (wrong) => {
        const what = `${verb} ${path} ${wrong.path}: ${JSON.stringify(wrong.value).slice(0, 300)}`;
        const answer = await ask(setup, operation, { body: JSON.stringify(wrong.value) });
        check(what, answer, {
          field: wrong.field,
          kind: wrong.isBySchema ? /InvalidRequest$/ : /InvalidArgument$/,
        });
      });
    }
    expect(count).toBeGreaterThan(2000);
  }, 120_000);

  it('is told as one of the body where that is none, too large or of another type', async () => {
    const setup = await setupDocument();
    for (const operation of setup.operations) {
      const { verb, path, body } = operation;
      if (body === undefined) continue;
      const what = `${verb} ${path}`;
      for (const wrong of ['7', 'null', '[]', `"${SECRET}"`, `["${SECRET}"]`]) {
        check(`${what} ${wrong}`, await ask(setup, operation, { body: wrong }), { field: 'body' });
      }
      for (const wrong of ['', `{"${SECRET}`, `{"user_id": ${SECRET}}`]) {
        check(`${what} ${wrong}`, await ask(setup, operation, { body: wrong }));
      }
      check(what, await ask(setup, operation, { body: '{"twice":1,"twice":1}' }), { field: 'twice' });
      const xml = { 'content-type': 'application/xml' };
      const unsupported = { status: 415, kind: /UnsupportedMediaType/, field: 'body' };
      check(what, await ask(setup, operation, { body: SECRET, headers: xml }), unsupported);
      const filled = path.replaceAll(/\{(\w+)\}/g, 'a');
      check(what, await announce(setup, verb, filled), {
        status: 413,
        kind: /PayloadTooLarge/,
        field: 'body',
      });
    }
  }, 60_000);

  it('is told by the parameter of the query at fault', async () => {
    const setup = await setupDocument();
    let count = 0;
    for (const operation of setup.operations) {
      const { verb, path, parameters } = operation;
      const tell = async (query: string, field: string) => {
        count++;
        check(`${verb} ${path}?${query}`, await ask(setup, operation, { query }), { field });
      };
      const inQuery = parameters.filter((parameter) => parameter.in === 'query');
      for (const { name, schema, required } of inQuery) {
        const others = rightQuery(parameters, name);
        for (const text of wrongTexts(schema)) await tell(`${others}&${name}=${text}`, name);
        const right = `${name}=${encodeURIComponent(String(rightValue(schema)))}`;
        await tell(`${others}&${right}&${right}`, name);
        await tell(`${others}&${name}=%ff`, name);
        if (required === true) await tell(others, name);
      }
      if (inQuery.length > 0) await tell(`${rightQuery(parameters)}&unheard_of=${SECRET}`, 'unheard_of');
    }
    expect(count).toBeGreaterThan(100);
  }, 60_000);

  it('is told by the parameter of the path, or by the header, at fault', async () => {
    const setup = await setupDocument();
    let count = 0;
    for (const operation of setup.operations) {
      const { verb, path, parameters } = operation;
      for (const { name, schema, in: place } of parameters) {
        if (place === 'query') continue;
        const texts = place === 'path' ? wrongTexts(schema) : ['x'.repeat(65)];
        for (const text of texts) {
          const change = place === 'path' ? { inPath: { [name]: text } } : { headers: { [name]: text } };
          check(`${verb} ${path} ${name}: ${text}`, await ask(setup, operation, change), { field: name });
          count++;
        }
        if (place === 'header') continue;
        const long = await ask(setup, operation, { inPath: { [name]: 'x'.repeat(2049) } });
        check(`${verb} ${path} ${name}`, long, { status: 414, kind: /UriTooLong/ });
      }
    }
    expect(count).toBeGreaterThan(40);
  }, 60_000);
});

/** Texts that stand for no value of the schema. */
function wrongTexts({ type, enum: values, pattern, description = '' }: Schema): readonly string[] {
  if (values !== undefined) return [SECRET, 'github', 'GITHUB', ' '];
  if (type === 'integer') return [SECRET, '-1', '0.5', '4294967296', 'null', 'NaN'];
  if (type === 'boolean') return [SECRET, 'yes', '7'];
  if (/whole number/.test(description)) return [SECRET, '-1', '0.5', '18446744073709551616', '01'];
  if (/principal/.test(description)) return [SECRET, 'AAAAA-AA', 'aaaaa-ab'];
  return pattern === undefined ? [] : [SECRET, 'github', ','];
}

/** Announces a body that is too large, and sends none of it. */
function announce({ port, nextKey }: Setup, method: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent: false,
      headers: {
        authorization: `Bearer ${nextKey()}`,
        'content-type': 'application/json',
        'content-length': 3 * 1024 * 1024,
      },
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      let text = '';
      response.on('data', (part: Buffer) => {
        text += part.toString();
      });
      response.on('end', () => {
        asked.destroy();
        const { 'content-type': type = null } = response.headers;
        resolve({ status: response.statusCode ?? 0, type, text });
      });
    });
    asked.flushHeaders();
  });
}
