import type { FastifyInstance } from 'fastify';
import { JSONParse, JSONStringify } from 'json-with-bigint';
import { onTestFinished } from 'vitest';
import { createPocketIcServer } from '../../../src/replica/pocket-ic/server.ts';
import { decodeReply, encodeArgument, type ManagementMethodName } from '../support/management-types.ts';

export const NEW = { state_config: 'New' };
export const ANONYMOUS = base64(Uint8Array.of(4));

/** What a body holds; a test that reads it says what it expects. */
export type Parsed = ReturnType<typeof JSONParse>;

/** A server that answers injected requests, closed when the test ends. */
export class TestServer {
  readonly app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.app = app;
  }

  async request(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ) {
    const response = await this.app.inject({
      method,
      url,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { payload: JSONStringify(body) }),
    });
    return { status: response.statusCode, body: response.body === '' ? null : JSONParse(response.body) };
  }

  async get(url: string) {
    return this.request('GET', url);
  }

  async post(url: string, body?: unknown, headers?: Record<string, string>) {
    return this.request('POST', url, body, headers);
  }

  /** Makes an instance with an application subnet, unless told; returns the start of its paths. */
  async createInstance(set: object = { application: [NEW] }, config: object = {}): Promise<string> {
    const { body } = await this.post('/instances', { subnet_config_set: set, ...config });
    return `/instances/${body.Created.instance_id}`;
  }

  /** Calls and waits; the result as the protocol has it. */
  async call(instance: string, message: object): Promise<Parsed> {
    const submitted = await this.post(`${instance}/update/submit_ingress_message`, message);
    if (submitted.body.Err !== undefined) return submitted.body;
    return (await this.post(`${instance}/update/await_ingress_message`, submitted.body.Ok)).body;
  }

  /** Creates a canister with code; returns its id in base64. */
  async install(instance: string, module: Uint8Array): Promise<string> {
    const created = await this.call(
      instance,
      managementCall('provisional_create_canister_with_cycles', { amount: 10n ** 15n }),
    );
    const { canister_id } = decodeReply<{ canister_id: { toUint8Array(): Uint8Array } }>(
      'provisional_create_canister_with_cycles',
      new Uint8Array(Buffer.from(created.Ok, 'base64')),
    );
    await this.call(
      instance,
      managementCall('install_code', {
        canister_id,
        mode: { install: null },
        wasm_module: module,
        arg: new Uint8Array(),
      }),
    );
    return base64(canister_id.toUint8Array());
  }
}

export function setupServer(): TestServer {
  const app = createPocketIcServer();
  onTestFinished(() => app.close());
  return new TestServer(app);
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** A message of the anonymous principal to a canister. */
export function message(canisterId: string, method: string, payload: Uint8Array = new Uint8Array()): object {
  return {
    sender: ANONYMOUS,
    canister_id: canisterId,
    effective_principal: 'None',
    method,
    payload: base64(payload),
  };
}

export function managementCall(method: ManagementMethodName, value: object): object {
  return message('', method, encodeArgument(method, value));
}
