import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { LocalService } from '../../../src/cli/local/local-service.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { setupFolder, setupLocalService } from '../../e2e/support/local-service.ts';

type Role = keyof LocalService['identities'];

/** A gateway in front of a service, until the test ends. */
export interface GatewaySetup {
  readonly url: string;
  readonly keys: KeyStore;
  /** API keys of the development identities. */
  readonly key: Readonly<Record<Role, string>>;
  /** What it logged so far. */
  readonly log: () => string;
}

/** A gateway in front of a local service of its own, or of the one given. */
export async function setupGateway(service?: LocalService): Promise<GatewaySetup> {
  const { url: host, canisterId, rootKey, identities } = service ?? (await setupLocalService());
  const keys = new KeyStore(join(setupFolder(), 'keys'));
  let log = '';
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      log += chunk.toString();
      done();
    },
  });
  const gateway = await createGateway({
    keys,
    host,
    canisterId,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
    log: { level: 'info', stream },
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => gateway.close());
  const keyOf = async (role: Role) => {
    const pem = readFileSync(identities[role].path, 'utf8');
    return (await keys.create({ name: role, pem })).key;
  };
  const key = { admin: await keyOf('admin'), agent: await keyOf('agent'), user: await keyOf('user') };
  return { url, keys, key, log: () => log };
}

/** A request of a test. */
export interface Sent {
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request with JSON; resolves with the status, the headers and the JSON of the answer. */
export async function send(
  url: string,
  request: string,
  { key, body, headers = {} }: Sent = {},
): Promise<{ readonly status: number; readonly headers: Headers; readonly json: Record<string, unknown> }> {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, json };
}
