import { Additions, type AppendedItems } from './additions.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { ChargeCode } from './charge-code.ts';
import { meterCode } from './code-metering.ts';
import { shiftDataSegments } from './data-segments.ts';
import type { Declarations } from './declarations.ts';
import { DropFlags } from './drop-flags.ts';
import { addHostExports } from './host-exports.ts';
import { instructionWeights } from './instruction-weights.ts';
import { MemoryCode } from './memory-code.ts';
import { layOutMemory, type MemoryLayout, memorySection } from './memory-layout.ts';
import type { HostExports } from './prepared-module.ts';
import { SectionId, type Sections, sectionOrder } from './sections.ts';

/** A metered module, and what was added to it for the host. */
export interface InstrumentedModule {
  readonly bytes: Uint8Array;
  readonly hostExports: HostExports;
  readonly layout: MemoryLayout;
}

const emptySection = new Uint8Array([0]);
const noMemory = { initial: 0, maximum: 0, is64: false };

/**
 * Writes the module anew with metering, marks of the pages that it writes to, and the host's exports. The start section
 * is left out (the function becomes an export), and so are custom sections but for the names, which traps show.
 */
export function instrument(sections: Sections, declarations: Declarations): InstrumentedModule {
  const additions = new Additions(declarations);
  const counter = additions.addGlobal('i64');
  const dropFlags = new DropFlags(additions);
  const layout = layOutMemory(declarations.memories[0] ?? noMemory);
  const context = {
    weights: instructionWeights(layout.is64),
    memory64: layout.is64,
    tables: declarations.tables,
    parameterCounts: declarations.definedFunctions.map(
      (type) => declarations.types[type]?.params.length ?? 0,
    ),
    referencedFunctions: new Set(declarations.referencedFunctions),
    changedTables: new Set<number>(),
    dropFlag: dropFlags.global.bind(dropFlags),
  };
  const charge = new ChargeCode(additions, counter);
  const memory = new MemoryCode(additions, layout);
  const code = meterCode(sections.standard.get(SectionId.code) ?? emptySection, context, { charge, memory });
  const findings = { counter, charge: charge.addHostFunction(), dropFlags, ...context };
  const hostExports = addHostExports(declarations, findings, additions);

  const codeSection = new ByteWriter(code.bytes.length + 1024)
    .unsigned(code.count)
    .bytes(code.bytes)
    .written();
  const appended = new Map<number, AppendedItems>([
    [SectionId.type, additions.types],
    [SectionId.function, additions.functions],
    [SectionId.global, additions.globals],
    [SectionId.export, additions.exports],
    [SectionId.code, additions.code],
  ]);
  const standard = new Map(sections.standard).set(SectionId.code, codeSection);
  const data = sections.standard.get(SectionId.data);
  if (data !== undefined) standard.set(SectionId.data, shiftDataSegments(data, layout, declarations));
  if (declarations.memories.length > 0) standard.set(SectionId.memory, memorySection(layout));
  return { bytes: assemble({ ...sections, standard }, appended), hostExports, layout };
}

function assemble(sections: Sections, appended: ReadonlyMap<number, AppendedItems>): Uint8Array {
  const size = [...sections.standard.values()].reduce((sum, section) => sum + section.length, 0);
  const out = new ByteWriter(size).bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  for (const id of sectionOrder) {
    if (id === SectionId.start) continue;
    const content = sections.standard.get(id);
    const extra = appended.get(id);
    if (extra === undefined || extra.count === 0) {
      if (content !== undefined) out.byte(id).unsigned(content.length).bytes(content);
      continue;
    }
    const reader = new ByteReader(content ?? emptySection);
    const count = new ByteWriter(8).unsigned(reader.u32() + extra.count).written();
    const items = reader.bytes.subarray(reader.position);
    out.byte(id).unsigned(count.length + items.length + extra.bytes.length);
    out.bytes(count).bytes(items).bytes(extra.bytes);
  }
  for (const { name, content } of sections.custom) {
    if (name !== 'name') continue;
    const encodedName = new ByteWriter(8).name(name).written();
    out
      .byte(SectionId.custom)
      .unsigned(encodedName.length + content.length)
      .bytes(encodedName)
      .bytes(content);
  }
  return out.written();
}
