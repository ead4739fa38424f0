/** One line of a canister's log ("Canister logs"). */
export interface LogRecord {
  readonly index: bigint;
  /** ns since 1970. */
  readonly timestamp: bigint;
  readonly content: Uint8Array;
}

const MAX_RECORD_BYTES = 4096;
/** What a record weighs beside its content: its index, its time, its length. */
const RECORD_OVERHEAD_BYTES = 24;

/** What a record takes, in bytes. */
export function recordBytes({ content }: LogRecord): number {
  return content.length + RECORD_OVERHEAD_BYTES;
}

/** What a canister printed and why it trapped, the newest records as far as they fit. */
export class CanisterLog {
  #records: LogRecord[] = [];
  #nextIndex = 0n;
  #bytes = 0;

  get records(): readonly LogRecord[] {
    return this.#records;
  }

  get nextIndex(): bigint {
    return this.#nextIndex;
  }

  /** Adds a record, cut where it is too long, and drops the oldest ones over `limitBytes`. */
  append(timestamp: bigint, content: Uint8Array, limitBytes: number): void {
    const kept = content.slice(0, MAX_RECORD_BYTES);
    const record = { index: this.#nextIndex++, timestamp, content: kept };
    this.#records.push(record);
    this.#bytes += recordBytes(record);
    this.fit(limitBytes);
  }

  /** Drops the oldest records over `limitBytes`; the newest stays as long as there is any room. */
  fit(limitBytes: number): void {
    const least = limitBytes === 0 ? 0 : 1;
    while (this.#bytes > limitBytes && this.#records.length > least) {
      const oldest = this.#records.shift();
      this.#bytes -= oldest === undefined ? 0 : recordBytes(oldest);
    }
  }

  /** Drops the records before an index; the numbers go on. */
  dropBefore(index: bigint): void {
    this.restore(
      this.#records.filter((record) => record.index >= index),
      this.#nextIndex,
    );
  }

  /** Brings back what was saved. */
  restore(records: readonly LogRecord[], nextIndex: bigint): void {
    this.#records = [...records];
    this.#nextIndex = nextIndex;
    this.#bytes = records.reduce((sum, record) => sum + recordBytes(record), 0);
  }
}
