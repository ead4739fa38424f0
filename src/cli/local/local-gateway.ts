import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGateway } from '../../gateway/gateway.ts';
import type { KeyStore } from '../../gateway/keys/key-store.ts';
import { keysIn } from '../gateway/api-keys.ts';
import { listenOnFreePort } from '../listening/free-port.ts';
import { GATEWAY_PORT } from '../listening/ports.ts';
import type { LocalService } from './local-service.ts';

/** The gateway beside a local network. */
export interface LocalGateway {
  readonly url: string;
  /** The file of the development agent's API key. */
  readonly agentKey: string;
  close(): Promise<void>;
}

/** Starts a gateway in front of the local service, with a key for the development agent. */
export async function startLocalGateway(
  { url: host, rootKey, canisterId, identities }: LocalService,
  {
    directory,
    ...address
  }: { readonly directory: string; readonly host: string; readonly port?: number | undefined },
): Promise<LocalGateway> {
  const keys = keysIn(directory);
  const gateway = await createGateway({
    keys,
    host,
    canisterId,
    rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')),
    log: { level: 'warn', stream: process.stderr },
  });
  const agentKey = join(directory, 'identities', 'agent.key');
  await keepKey(keys, agentKey, readFileSync(identities.agent.path, 'utf8'));
  const url = await listenOnFreePort((port) => gateway.listen({ host: address.host, port }), {
    host: address.host,
    port: address.port ?? GATEWAY_PORT,
    exact: address.port !== undefined,
    option: '--gateway-port',
  });
  return { url, agentKey, close: () => gateway.close() };
}

/** Leaves a key of the identity in the file: the one that is there, unless it was revoked or is another identity's. */
async function keepKey(keys: KeyStore, path: string, pem: string): Promise<void> {
  const known = existsSync(path) ? keys.find(readFileSync(path, 'utf8').trim()) : undefined;
  if (known?.pem === pem) return;
  const { key } = await keys.create({ name: 'the development agent', pem });
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
}
