import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LocalService } from '../../../src/cli/local/local-service.ts';
import { createGateway, type GatewayOptions } from '../../../src/gateway/gateway.ts';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { newPem } from '../../client/support/new-pem.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

/** A gateway with these options in front of a service that tests of a file share, until the test ends. */
export async function gatewayBefore(service: LocalService, options: Partial<GatewayOptions> = {}) {
  const keys = new KeyStore(join(setupFolder(), 'keys'));
  const gateway = await createGateway({
    keys,
    host: service.url,
    canisterId: service.canisterId,
    rootKey: new Uint8Array(Buffer.from(service.rootKey, 'hex')),
    ...options,
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => gateway.close());
  const keyOf = async (pem: string) => (await keys.create({ name: 'k', pem })).key;
  const of = (role: keyof LocalService['identities']) =>
    keyOf(readFileSync(service.identities[role].path, 'utf8'));
  return {
    url,
    /** A key of the identity with this PEM. */
    keyOf,
    key: { admin: await of('admin'), agent: await of('agent'), another: await of('agent') },
    /** A key of an identity that the service does not know. */
    stranger: await keyOf(newPem()),
  };
}
