/**
 * Builds the canister as `dfx build` does, without dfx: runs Azle, adds the metadata that dfx.json asks for, and compresses the module
 * so that it fits into one install message. Writes agent_service.wasm and agent_service.wasm.gz into .azle/agent_service, or the folder that is named.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'fflate';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CANISTER = 'agent_service';
const CANDID = join(ROOT, 'src/candid/agent_service.did');
const OUT = resolve(process.argv[2] ?? join(ROOT, '.azle', CANISTER));
const WASM = join(OUT, `${CANISTER}.wasm`);
/** Whoever reads the module while it is built reads the one before. */
const DRAFT = join(OUT, 'draft');

runAzle();
const module = withCustomSection(
  readFileSync(join(DRAFT, `${CANISTER}.wasm`)),
  'icp:public candid:service',
  readFileSync(CANDID),
);
// Not Node's zlib: its bytes differ by version and processor, and the hash on chain is that of the compressed module.
const compressed = gzipSync(module, { level: 9, mtime: 0 });
writeWhole(WASM, module);
writeWhole(`${WASM}.gz`, compressed);
rmSync(DRAFT, { recursive: true });
console.log(`${CANISTER}: ${module.length} bytes, ${compressed.length} compressed`);

/** Azle finds the canister in dfx.json; the path of its interface comes by the variable that dfx would set. */
function runAzle(): void {
  const compile = join(ROOT, 'scripts/compile-canister.mjs');
  execFileSync(process.execPath, ['--import', 'tsx', compile, CANISTER, DRAFT], {
    cwd: ROOT,
    env: { ...process.env, CANISTER_CANDID_PATH: CANDID },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Whoever reads the file meanwhile sees the old content or the new. */
function writeWhole(path: string, content: Uint8Array): void {
  writeFileSync(`${path}.draft`, content);
  renameSync(`${path}.draft`, path);
}

/** Appends a custom section (WebAssembly specification, "Custom Section"). */
function withCustomSection(module: Uint8Array, name: string, content: Uint8Array): Uint8Array {
  const label = new TextEncoder().encode(name);
  const payload = Uint8Array.from([...leb128(label.length), ...label, ...content]);
  return Uint8Array.from(Buffer.concat([module, Uint8Array.from([0, ...leb128(payload.length)]), payload]));
}

function leb128(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb128(value >>> 7)];
}
