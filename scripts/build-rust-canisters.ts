/**
 * Builds the canisters in Rust that tests run, and writes each beside its sources with a digest of these; a test compares the
 * digests, so that what is committed is what the sources say. Needs cargo with the target wasm32-unknown-unknown.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  RUST_CANISTERS,
  type RustCanister,
  rustFolder,
  sourcesDigest,
} from '../tests/replica/rust/sources.ts';

const target = mkdtempSync(join(tmpdir(), 'rust-canisters-'));
try {
  for (const name of RUST_CANISTERS) build(name);
} finally {
  rmSync(target, { recursive: true });
}

function build(name: RustCanister): void {
  const folder = rustFolder(name);
  const options = ['--release', '--locked', '--target=wasm32-unknown-unknown', `--target-dir=${target}`];
  execFileSync('cargo', ['build', ...options], { cwd: folder, stdio: 'inherit' });
  const built = readFileSync(join(target, 'wasm32-unknown-unknown/release', `${name}.wasm`));
  const compressed = gzipSync(built, { level: 9 });
  writeFileSync(join(folder, `${name}.wasm.gz`), compressed);
  writeFileSync(join(folder, 'sources.sha256'), `${sourcesDigest(name)}\n`);
  console.log(`${name}: ${compressed.length} bytes`);
}
