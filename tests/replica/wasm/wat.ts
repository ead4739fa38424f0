import wabt from 'wabt';
import { InstanceVariables } from '../../../src/replica/wasm/instance-variables.ts';
import { prepareModule } from '../../../src/replica/wasm/prepare-module.ts';
import type { PreparedModule } from '../../../src/replica/wasm/prepared-module.ts';

const toolkit = await wabt();

const features = { tail_call: true, extended_const: true, memory64: true, threads: true, exceptions: true };

/** Assembles a module in the text format; with validation, unless a test wants an invalid one. */
export function assemble(text: string, { check = true } = {}): Uint8Array {
  const module = toolkit.parseWat('test.wat', text, features);
  try {
    if (check) module.validate();
    return module.toBinary({}).buffer.slice();
  } finally {
    module.destroy();
  }
}

export const plenty = 1_000_000_000n;

type Imports = Record<string, Record<string, WebAssembly.Function>>;

/** An instance of a prepared module with plenty of instructions, and what it holds. */
export function instantiate(prepared: PreparedModule, imports: Imports = {}) {
  const instance = new WebAssembly.Instance(prepared.module, imports);
  const variables = new InstanceVariables(prepared, instance);
  variables.instructionsLeft = plenty;
  return { instance, variables, call: caller(instance) };
}

/** A metered instance of a module in the text format. */
export function metered(text: string, imports: Imports = {}) {
  const prepared = prepareModule(assemble(text));
  return { prepared, ...instantiate(prepared, imports) };
}

/** An instance of a module as it is, without metering. */
export function bare(text: string, imports: Imports = {}) {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble(text)), imports);
  return { instance, call: caller(instance) };
}

/** The instructions that a call of the exported function takes. */
export function instructionsOf(text: string, name: string, ...args: (number | bigint)[]): number {
  const { call, variables } = metered(text);
  call(name, ...args);
  return Number(plenty - variables.instructionsLeft);
}

function caller(instance: WebAssembly.Instance) {
  return (name: string, ...args: (number | bigint)[]): unknown => {
    const item = instance.exports[name];
    if (typeof item !== 'function') throw new Error(`no exported function ${name}`);
    return item(...args);
  };
}
