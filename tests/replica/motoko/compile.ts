import { createRequire } from 'node:module';

interface Compiler {
  write(path: string, source: string): void;
  wasm(path: string, target: 'ic'): { readonly wasm: Uint8Array };
}

/** Compiles an actor in Motoko to a canister's module; throws what the compiler says of one that is wrong. */
export function compileMotoko(source: string): Uint8Array {
  // Loaded when it is used: it is installed in this folder, and the types are the compiler's own.
  const compiler: Compiler = createRequire(import.meta.url)('motoko');
  compiler.write('Main.mo', source);
  return new Uint8Array(compiler.wasm('Main.mo', 'ic').wasm);
}
