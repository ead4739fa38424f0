import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignIdentity } from '@dfinity/agent';
import { identityFromPemFile } from '../../client/node.ts';

/** Who plays in a local network: who runs it, a program that calls the service, and a person that it acts for. */
export type Role = 'admin' | 'agent' | 'user';

/** An identity for development and the file of its key. */
export interface DevelopmentIdentity {
  readonly identity: SignIdentity;
  readonly path: string;
}

/** The identities in a folder; those that are missing are made. */
export async function developmentIdentities(
  directory: string,
): Promise<Readonly<Record<Role, DevelopmentIdentity>>> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const load = async (role: Role): Promise<DevelopmentIdentity> => {
    const path = join(directory, `${role}.pem`);
    if (!existsSync(path)) writeFileSync(path, newKey(), { mode: 0o600, flag: 'wx' });
    return { identity: await identityFromPemFile(path), path };
  };
  return { admin: await load('admin'), agent: await load('agent'), user: await load('user') };
}

/** A secp256k1 key in SEC1: the form that dfx, icp and the Python libraries all read. */
function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}
