import type { Additions } from './additions.ts';
import type { SegmentKind } from './body-scan.ts';
import { ByteWriter } from './byte-writer.ts';
import { BulkOpcode, emptyBlockType, Opcode } from './opcodes.ts';

/**
 * One flag global for each passive segment that the code can drop. An instance made anew has all its segments again;
 * the flags, restored with the other globals, tell the `redrop` function which to drop.
 */
export class DropFlags {
  readonly #additions: Additions;
  readonly #flags = new Map<string, { kind: SegmentKind; segment: number; global: number }>();

  constructor(additions: Additions) {
    this.#additions = additions;
  }

  /** The flag's global index; added when first asked for. */
  global(kind: SegmentKind, segment: number): number {
    const key = `${kind} ${segment}`;
    let flag = this.#flags.get(key);
    if (flag === undefined) {
      flag = { kind, segment, global: this.#additions.addGlobal('i32') };
      this.#flags.set(key, flag);
    }
    return flag.global;
  }

  /** The flags' global indices. */
  globals(): readonly number[] {
    return Array.from(this.#flags.values(), (flag) => flag.global);
  }

  /** Adds the function () -> () that drops each segment whose flag is set; undefined without flags. */
  addRedropFunction(): number | undefined {
    if (this.#flags.size === 0) return undefined;
    const code = new ByteWriter();
    for (const { kind, segment, global } of this.#flags.values()) {
      code.byte(Opcode.globalGet).unsigned(global).bytes([Opcode.if, emptyBlockType]);
      code.bytes([Opcode.bulkPrefix, kind === 'data' ? BulkOpcode.dataDrop : BulkOpcode.elemDrop]);
      code.unsigned(segment).byte(Opcode.end);
    }
    return this.#additions.addFunction({ params: [], results: [] }, [], [...code.written()]);
  }
}
