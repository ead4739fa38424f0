import { generateKeyPairSync } from 'node:crypto';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { isKeyName, type StoredKey } from '../../gateway/keys/key-store.ts';
import type { JsonObject } from '../../json-interface/callers/caller.ts';
import { DEFAULT_DIRECTORY } from '../files/project.ts';
import { readPem } from '../files/read-pem.ts';
import { keysIn } from '../gateway/api-keys.ts';
import { readPath } from '../options/read-place.ts';
import { long, text, time } from '../output/columns.ts';
import { JSON_OPTION, printJson, printTable } from '../output/print-answers.ts';
import { CommandError } from '../terminal/command-error.ts';

interface KeysOptions {
  readonly directory: string;
  readonly json?: boolean;
}

interface CreateOptions extends KeysOptions {
  readonly name: string;
  readonly pem?: string;
}

const COLUMNS = [
  text('KEY', 'id'),
  time('CREATED', 'created_at'),
  text('PRINCIPAL', 'principal'),
  long('NAME', 'name'),
];

const DIRECTORY = ['--directory <path>', 'folder of the API keys', readPath, DEFAULT_DIRECTORY] as const;

/** `keys`: the API keys of the gateway whose folder it is; a running one heeds a change at once. */
export function addKeysCommand(program: Command): void {
  const keys = program.command('keys').description('make, list and revoke API keys of the gateway');
  keys
    .command('create')
    .description('make a key, and print it this one time')
    .requiredOption('--name <text>', 'what it is for, 1 to 100 characters', readName)
    .option('--pem <file>', 'the identity that it calls as; by default a new one')
    .option(...DIRECTORY)
    .option(...JSON_OPTION)
    .action(create);
  keys
    .command('list')
    .description('list the keys')
    .option(...DIRECTORY)
    .option(...JSON_OPTION)
    .action(list);
  keys
    .command('revoke')
    .description('revoke a key at once, and delete its identity')
    .argument('<id>', 'as "keys list" prints it')
    .option(...DIRECTORY)
    .option(...JSON_OPTION)
    .action(revoke);
}

async function create({ name, pem, directory, json }: CreateOptions): Promise<void> {
  const keys = keysIn(resolve(directory));
  const { key, stored } = await keys.create({
    name,
    pem: pem === undefined ? newPem() : (await readPem(pem, '--pem')).pem,
  });
  if (json) {
    printJson({ ...shown(stored), key });
    return;
  }
  console.log(key);
  // Beside the key, so that a script takes the key alone.
  console.error(`It calls as ${stored.principal}, and is not shown again.`);
  if (pem === undefined) console.error('An admin lets it call the service with add_agent.');
}

function list({ directory, json }: KeysOptions): void {
  const keys = keysIn(resolve(directory)).list().map(shown);
  if (json) printJson(keys);
  else printTable(COLUMNS, keys);
}

function revoke(id: string, { directory, json }: KeysOptions): void {
  if (!keysIn(resolve(directory)).revoke(id)) throw new CommandError(`There is no key ${id}.`);
  if (json) printJson({ id });
  else console.log('The key is revoked.');
}

/** What may be seen of a key; times as in the interface, ns since 1970 in decimal. */
function shown({ id, name, principal, createdAt }: StoredKey): JsonObject {
  return { id, name, principal, created_at: String(BigInt(Date.parse(createdAt)) * 1_000_000n) };
}

function readName(text: string): string {
  if (!isKeyName(text)) throw new InvalidArgumentError('A name has 1 to 100 characters.');
  return text;
}

/** An Ed25519 key in PKCS#8. */
function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
