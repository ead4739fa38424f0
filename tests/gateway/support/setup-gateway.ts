import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import type { LocalService } from '../../../src/cli/local/local-service.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { setupLocalService } from '../../e2e/support/local-service.ts';

/** A gateway in front of a local service, both until the test ends. */
export interface GatewaySetup {
  readonly service: LocalService & { readonly directory: string };
  readonly gateway: FastifyInstance;
  readonly url: string;
  readonly keys: KeyStore;
  /** API keys of the development identities. */
  readonly key: Readonly<Record<keyof LocalService['identities'], string>>;
}

export async function setupGateway(): Promise<GatewaySetup> {
  const service = await setupLocalService();
  const keys = new KeyStore(join(service.directory, 'keys'));
  const gateway = await createGateway({
    keys,
    host: service.url,
    canisterId: service.canisterId,
    rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => gateway.close());
  const keyOf = async (role: keyof LocalService['identities']) => {
    const pem = readFileSync(service.identities[role].path, 'utf8');
    return (await keys.create({ name: role, pem })).key;
  };
  const key = { admin: await keyOf('admin'), agent: await keyOf('agent'), user: await keyOf('user') };
  return { service, gateway, url, keys, key };
}
