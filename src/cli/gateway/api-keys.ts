import { join } from 'node:path';
import { KeyStore } from '../../gateway/keys/key-store.ts';

/** Where the API keys of a folder are. */
export function keysIn(directory: string): KeyStore {
  return new KeyStore(join(directory, 'api-keys'));
}
