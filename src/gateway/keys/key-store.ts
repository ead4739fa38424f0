import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identityFromPem } from '../../client/node.ts';
import { decodeApiKey, encodeApiKey, hasHash, hashSecret, newApiKey } from './api-key.ts';

/** A key as it is kept: all but its secret, and the identity that it calls as. */
export interface StoredKey {
  readonly id: string;
  /** What it is for, in the words of who made it. */
  readonly name: string;
  /** The text of the principal that it calls as. */
  readonly principal: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly secretHash: string;
  /** The private key of the identity. */
  readonly pem: string;
}

/** A name has 1 to this many characters. */
const NAME_CHARACTERS = 100;
const SUFFIX = '.json';
/** The folder beside that of the keys for what is left of revoked ones, so that their holders hear why they are refused: the hash of the secret. */
const REVOKED = '-revoked';

/** What a gateway knows of a text that was sent as a key. */
export type KeyState = 'none' | 'malformed' | 'unknown' | 'revoked' | 'good';

/**
 * The API keys of a gateway: a folder with a file a key, for its owner's eyes alone. A key is made and revoked by one change of the
 * folder, so a gateway that looks there for each request knows it at once, and two commands never undo each other.
 */
export class KeyStore {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Makes a key for the identity in a PEM text; returns it, for the only time, and what is kept of it. Throws a RangeError for a name
   * that is empty or longer than 100 characters, and what `identityFromPem` throws.
   */
  async create({
    name,
    pem,
    now = new Date(),
  }: {
    readonly name: string;
    readonly pem: string;
    readonly now?: Date;
  }): Promise<{ readonly key: string; readonly stored: StoredKey }> {
    if (!isKeyName(name)) throw new RangeError(`a name must have 1 to ${NAME_CHARACTERS} characters`);
    const key = newApiKey();
    const stored: StoredKey = {
      id: key.id,
      name,
      principal: (await identityFromPem(pem)).getPrincipal().toText(),
      createdAt: now.toISOString(),
      secretHash: hashSecret(key),
      pem,
    };
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const path = this.#path(key.id);
    // A reader sees all of it or nothing.
    writeFileSync(`${path}.draft`, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    renameSync(`${path}.draft`, path);
    return { key: encodeApiKey(key), stored };
  }

  /** The keys that are not revoked, oldest first. */
  list(): readonly StoredKey[] {
    return filesIn(this.#directory)
      .flatMap((file) => this.#read(file.slice(0, -SUFFIX.length)) ?? [])
      .sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  }

  /** Whether there was a key with the id; there is none afterwards, and its private key is gone. */
  revoke(id: string): boolean {
    if (!filesIn(this.#directory).includes(id + SUFFIX)) return false;
    const { secretHash } = this.#read(id) ?? { secretHash: '' };
    const note = { secretHash, revokedAt: new Date().toISOString() };
    rmSync(this.#path(id));
    mkdirSync(this.#directory + REVOKED, { recursive: true, mode: 0o700 });
    writeFileSync(this.#note(id), `${JSON.stringify(note)}\n`, { mode: 0o600 });
    return true;
  }

  /** What there is to tell the sender of a text. That a key was revoked hears only who has its secret. */
  stateOf(text: string): KeyState {
    if (text === '') return 'none';
    const key = decodeApiKey(text);
    if (key === undefined) return 'malformed';
    if (this.find(text) !== undefined) return 'good';
    const note = orUndefined(() => readFileSync(this.#note(key.id), 'utf8'));
    if (note === undefined) return 'unknown';
    const { secretHash } = JSON.parse(note) as Pick<StoredKey, 'secretHash'>;
    return hasHash(key, secretHash) ? 'revoked' : 'unknown';
  }

  /** What is kept of the key that a program sends; undefined where there is no such key, or no longer. */
  find(text: string): StoredKey | undefined {
    const key = decodeApiKey(text);
    const stored = key && this.#read(key.id);
    return key !== undefined && stored !== undefined && hasHash(key, stored.secretHash) ? stored : undefined;
  }

  #note(id: string): string {
    return join(this.#directory + REVOKED, id + SUFFIX);
  }

  #path(id: string): string {
    return join(this.#directory, id + SUFFIX);
  }

  #read(id: string): StoredKey | undefined {
    const text = orUndefined(() => readFileSync(this.#path(id), 'utf8'));
    return text === undefined ? undefined : (JSON.parse(text) as StoredKey);
  }
}

/** Whether a key can be called so. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= NAME_CHARACTERS;
}

function filesIn(directory: string): readonly string[] {
  return (orUndefined(() => readdirSync(directory)) ?? []).filter((name) => name.endsWith(SUFFIX));
}

/** What the work returns; undefined where the file is not there. */
function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
