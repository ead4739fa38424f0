import type { Declarations } from './declarations.ts';
import { refuseModule } from './module-error.ts';
import type { PrepareOptions } from './prepared-module.ts';
import { SectionId, type Sections } from './sections.ts';
import { describeFunctionType, sameFunctionType } from './value-types.ts';

/** The most that the Internet Computer accepts of each ("WebAssembly module requirements"); sizes in bytes. */
export const moduleLimits = {
  moduleSize: 100 * 1024 * 1024,
  codeSize: 10 * 1024 * 1024,
  functions: 50_000,
  globals: 1_000,
  customSections: 16,
  customSectionsSize: 1024 * 1024,
  methods: 1_000,
  methodNamesSize: 20_000,
} as const;

/** Refuses, with a `ModuleError`, imports, memories and sizes that the Internet Computer does not accept. */
export function checkModuleRules(
  sections: Sections,
  declarations: Declarations,
  options: PrepareOptions,
): void {
  const { memories, definedFunctions, globals } = declarations;
  if (memories.length > 1) refuseModule(`it declares ${memories.length} memories; one is allowed`);
  atMost(definedFunctions.length, moduleLimits.functions, 'functions');
  atMost(globals.length, moduleLimits.globals, 'globals');
  const codeSize = sections.standard.get(SectionId.code)?.length ?? 0;
  atMost(codeSize, moduleLimits.codeSize, 'bytes of code');
  checkImports(declarations, options);
}

function checkImports(declarations: Declarations, { importType }: PrepareOptions): void {
  const pointer = declarations.memories[0]?.is64 === true ? 'i64' : 'i32';
  for (const { module, name, typeIndex } of declarations.imports) {
    if (module !== 'ic0')
      refuseModule(`it imports "${name}" from "${module}"; only "ic0" can be imported from`);
    if (importType === undefined) continue;
    const expected = importType(name, pointer);
    if (expected === undefined) refuseModule(`it imports "ic0" "${name}", which does not exist`);
    const actual = declarations.types[typeIndex];
    if (actual === undefined) refuseModule(`the import "ic0" "${name}" has no type`);
    if (!sameFunctionType(actual, expected)) {
      const types = `${describeFunctionType(actual)}; it is ${describeFunctionType(expected)}`;
      refuseModule(`it imports "ic0" "${name}" as ${types}`);
    }
  }
}

function atMost(count: number, limit: number, what: string): void {
  if (count > limit) refuseModule(`it has ${count} ${what}; at most ${limit} are allowed`);
}
