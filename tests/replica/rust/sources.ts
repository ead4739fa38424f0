import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The canisters in Rust, each in a folder of its name. */
export const RUST_CANISTERS = ['assets', 'features'] as const;
export type RustCanister = (typeof RUST_CANISTERS)[number];

const SOURCES = ['Cargo.toml', 'Cargo.lock', 'src/lib.rs'] as const;

/** Where a canister's sources are, and its module. */
export function rustFolder(name: RustCanister): string {
  return join(import.meta.dirname, name);
}

/** SHA-256 of all that a canister is built from, in hex. */
export function sourcesDigest(name: RustCanister): string {
  const hash = createHash('sha256');
  for (const source of SOURCES)
    hash.update(readFileSync(join(rustFolder(name), source), 'utf8')).update('\0');
  return hash.digest('hex');
}

/** The digest of the sources that the module was built from. */
export function builtDigest(name: RustCanister): string {
  return readFileSync(join(rustFolder(name), 'sources.sha256'), 'utf8').trim();
}

/** The module, compressed. */
export function rustModule(name: RustCanister): Uint8Array {
  return new Uint8Array(readFileSync(join(rustFolder(name), `${name}.wasm.gz`)));
}
