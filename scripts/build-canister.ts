/**
 * Builds the canister as `dfx build` does, without dfx: runs Azle, adds the metadata that dfx.json asks for, and compresses the module
 * so that it fits into one install message. Writes .azle/agent_service/agent_service.wasm and agent_service.wasm.gz.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const CANISTER = 'agent_service';
const CANDID = join(ROOT, 'src/candid/agent_service.did');
const WASM = join(ROOT, '.azle', CANISTER, `${CANISTER}.wasm`);

runAzle();
const module = withCustomSection(readFileSync(WASM), 'icp:public candid:service', readFileSync(CANDID));
const compressed = gzipSync(module, { level: 9 });
writeWhole(WASM, module);
writeWhole(`${WASM}.gz`, compressed);
console.log(`${CANISTER}: ${module.length} bytes, ${compressed.length} compressed`);

/** Azle finds the canister in dfx.json; the path of its interface comes by the variable that dfx would set. */
function runAzle(): void {
  const azle = join(ROOT, 'node_modules/azle/src/build.ts');
  execFileSync(process.execPath, ['--import', 'tsx', azle, 'build', CANISTER], {
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
