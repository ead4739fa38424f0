/**
 * Compiles a canister of dfx.json by the steps of Azle's own `build` command, which has no option for this: the module names its JavaScript `main.js`, where
 * Azle writes the path that it has on this machine. So that the same sources give the same bytes in any folder, and traps tell nothing of the machine.
 * Words: the canister's name, and the folder for its JavaScript and its module.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare.mjs';

const AZLE = new URL('../node_modules/azle/src/stable/build/commands/build/', import.meta.url);
const [{ getContext }, { compile }, { getCandidAndMethodMeta }, { getWasmBinary }] = await Promise.all(
  ['get_context.ts', 'javascript.ts', 'candid_and_method_meta/index.ts', 'wasm_binary/index.ts'].map(
    (file) => import(new URL(file, AZLE).href),
  ),
);

const [name, out] = process.argv.slice(2);
const { canisters } = JSON.parse(readFileSync(join(ROOT, 'dfx.json'), 'utf8'));
const canister = canisters[name];
const { candidPath, main, wasmData } = await getContext(name, canister);
const named = { ...wasmData, mainJsPath: 'main.js' };

mkdirSync(out, { recursive: true });
const javaScript = await compile(main);
writeFileSync(join(out, 'main.js'), javaScript);
const { methodMeta } = await getCandidAndMethodMeta(
  canister.custom?.candid_gen,
  candidPath,
  javaScript,
  'pipe',
  named,
);
writeFileSync(join(out, `${name}.wasm`), await getWasmBinary('pipe', javaScript, named, methodMeta));
