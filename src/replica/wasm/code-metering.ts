import { type CodeContext, scanBody } from './body-scan.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import type { ChargeCode } from './charge-code.ts';
import { InjectionPoints, isMemoryInjection } from './injection-points.ts';
import type { MemoryCode } from './memory-code.ts';
import { ModuleError } from './module-error.ts';
import { readValueType } from './value-types.ts';

/** Metered function bodies, as the code section holds them after its count. */
export interface MeteredCode {
  readonly count: number;
  readonly bytes: Uint8Array;
}

/** Writes the code that is inserted into functions. */
export interface CodeWriters {
  readonly charge: ChargeCode;
  readonly memory: MemoryCode;
}

/**
 * Meters each function of a code section. What is not inserted is copied as it was. A `ModuleError` if the code cannot
 * be decoded or uses an instruction that canisters cannot use.
 */
export function meterCode(section: Uint8Array, context: CodeContext, writers: CodeWriters): MeteredCode {
  const reader = new ByteReader(section);
  const out = new ByteWriter(section.length + (section.length >> 1));
  const body = new ByteWriter(4096);
  const points = new InjectionPoints();

  const count = reader.u32();
  for (let i = 0; i < count; i++) {
    const size = reader.u32();
    const start = reader.position;
    const end = start + size;
    const groups = reader.u32();
    const groupsStart = reader.position;
    const locals = countLocals(reader, groups);
    const codeStart = reader.position;
    points.clear();
    scanBody(reader, end, context, points);
    if (reader.position !== end) {
      throw new ModuleError('malformed', `Function body ${i} does not end where its size says.`);
    }
    body.clear();
    // What is added comes after all others, so that none changes its index.
    const first = (context.parameterCounts[i] ?? 0) + locals;
    const added = [
      ...writers.charge.enterFunction(first),
      ...writers.memory.enterFunction(first + 1, points.kinds),
    ];
    body.unsigned(groups + added.length).range(section, groupsStart, codeStart);
    for (const type of added) body.byte(1).byte(type);
    writeCode(body, section, codeStart, end, points, writers);
    out.unsigned(body.length).bytes(body.written());
  }
  if (reader.position !== section.length) {
    throw new ModuleError('malformed', 'The code section has bytes after its last function.');
  }
  return { count, bytes: out.written() };
}

function countLocals(reader: ByteReader, groups: number): number {
  let count = 0;
  for (let i = 0; i < groups; i++) {
    count += reader.u32();
    readValueType(reader);
  }
  return count;
}

function writeCode(
  body: ByteWriter,
  section: Uint8Array,
  start: number,
  end: number,
  points: InjectionPoints,
  { charge, memory }: CodeWriters,
): void {
  let copied = start;
  for (let i = 0; i < points.length; i++) {
    const position = points.positions[i] ?? end;
    body.range(section, copied, position);
    copied = points.ends[i] ?? end;
    const kind = points.kinds[i] ?? 0;
    const value = points.values[i] ?? 0;
    if (isMemoryInjection(kind)) memory.write(body, kind, value);
    else charge.write(body, kind, value);
  }
  body.range(section, copied, end);
}
