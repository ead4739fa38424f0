import { ByteReader } from './byte-reader.ts';
import { ModuleError } from './module-error.ts';

/** Section numbers ("Binary Format: Modules"). */
export const SectionId = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  table: 4,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  element: 9,
  code: 10,
  data: 11,
  dataCount: 12,
  tag: 13,
} as const;

/** The order of the sections in a module, which is not that of their numbers. */
export const sectionOrder: readonly number[] = [
  SectionId.type,
  SectionId.import,
  SectionId.function,
  SectionId.table,
  SectionId.memory,
  SectionId.global,
  SectionId.export,
  SectionId.start,
  SectionId.element,
  SectionId.dataCount,
  SectionId.code,
  SectionId.data,
];

/** A custom section: its name, and a view of its content. */
export interface RawCustomSection {
  readonly name: string;
  readonly content: Uint8Array;
}

/** A module cut into its sections, the contents being views of the module's bytes. */
export interface Sections {
  readonly standard: ReadonlyMap<number, Uint8Array>;
  readonly custom: readonly RawCustomSection[];
}

const preamble = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

/**
 * Cuts a module into sections. A `ModuleError` if the bytes are no module, if a section comes twice, or if it is of
 * an unknown kind; the order of the sections is left to the engine.
 */
export function splitSections(bytes: Uint8Array): Sections {
  const reader = new ByteReader(bytes);
  if (preamble.some((byte, i) => bytes[i] !== byte)) {
    throw new ModuleError('malformed', 'This is not a WebAssembly module of version 1.');
  }
  reader.skip(preamble.length);
  const standard = new Map<number, Uint8Array>();
  const custom: RawCustomSection[] = [];
  while (reader.position < bytes.length) {
    const id = reader.byte();
    const content = reader.take(reader.u32());
    if (id === SectionId.custom) {
      custom.push(customSection(content));
      continue;
    }
    if (id === SectionId.tag) {
      throw new ModuleError('unsupported', 'The module uses exception handling, which canisters cannot use.');
    }
    if (!sectionOrder.includes(id))
      throw new ModuleError('malformed', `Section ${id} is of an unknown kind.`);
    if (standard.has(id)) throw new ModuleError('malformed', `Section ${id} comes twice.`);
    standard.set(id, content);
  }
  return { standard, custom };
}

function customSection(bytes: Uint8Array): RawCustomSection {
  const reader = new ByteReader(bytes);
  const name = reader.name();
  return { name, content: bytes.subarray(reader.position) };
}
