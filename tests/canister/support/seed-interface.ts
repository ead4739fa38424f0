import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IDL } from '@dfinity/candid';
import { ByteReader } from '../../../src/canister/codec/byte-reader.ts';
import { labelHash, TypeCode } from '../../../src/canister/codec/type-codes.ts';
import { readHeader } from '../../../src/canister/codec/wire-types.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Where the first version of the interface is. */
const SEED_INTERFACE = resolve(import.meta.dirname, '../fixtures/seed-interface.did');

/** Its methods by their names, as a client has them that knows nothing newer. */
export async function seedMethods(): Promise<ReadonlyMap<string, IDL.FuncClass>> {
  const folder = mkdtempSync(join(tmpdir(), 'seed-interface-'));
  try {
    const options = ['--actor-disabled', '--declarations-flat', '--declarations-typescript', '--force'];
    execFileSync(
      join(ROOT, 'node_modules/.bin/icp-bindgen'),
      ['--did-file', SEED_INTERFACE, '--out-dir', folder, ...options],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const generated = join(folder, 'seed-interface.did.ts');
    const text = readFileSync(generated, 'utf8').replace(/^import .*$/gm, '');
    writeFileSync(generated, text);
    const { idlFactory } = (await import(generated)) as { idlFactory: IDL.InterfaceFactory };
    return new Map(idlFactory({ IDL })._fields);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const VARIANTS = [
  ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'],
  [
    ...['SessionCreated', 'SessionEnded', 'TokenStored', 'TokenRefreshed', 'InteractionCompleted'],
    ...['ErrorOccurred', 'ConnectionEstablished', 'TaskCreated', 'TaskUpdated', 'EmailSent', 'EmailRead'],
    ...['MeetingScheduled', 'IssueCreated', 'PullRequestCreated'],
  ],
  [...['NotFound', 'InvalidArgument', 'Unauthorized', 'Conflict', 'RateLimited', 'QuotaExceeded', 'Expired']],
  ['Ok', 'Err'],
].map((names) => hashesOf(names.map(labelHash)));

/** The variants in a reply's type table that are not exactly one of the seed's: each as the hashes of its options. */
export function strangeVariants(reply: Uint8Array): string[] {
  return readHeader(new ByteReader(reply))
    .table.flatMap((entry) => (entry.code === TypeCode.variant ? [entry.fields] : []))
    .map((fields) => hashesOf(fields.map(({ hash }) => hash)))
    .filter((hashes) => !VARIANTS.includes(hashes));
}

function hashesOf(hashes: readonly number[]): string {
  return hashes.toSorted((left, right) => left - right).join();
}
