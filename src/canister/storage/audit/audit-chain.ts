import { chainDigest, commitmentOf } from '../../models/audit/audit-entry.ts';
import { LogRecord, SALT_BYTES } from '../../models/log-record.ts';
import type { Sequences } from '../sequences.ts';

/** Unpredictable bytes, as many as are asked for. */
export type RandomBytes = (count: number) => Uint8Array;

/** How far the audit log goes: its last entry, and the digest that covers all of them. */
export interface AuditTip {
  /** 1 where every activity is covered; `last` + 1 where there is none yet. */
  readonly first: number;
  readonly last: number;
  readonly digest: Uint8Array;
}

/** Chains the activities: each is sealed, and the digest of the log covers its commitment and the digest before it. */
export class AuditChain {
  readonly #sequences: Sequences;
  readonly #randomBytes: RandomBytes;
  #certified: number | undefined;

  constructor(sequences: Sequences, randomBytes: RandomBytes) {
    this.#sequences = sequences;
    this.#randomBytes = randomBytes;
  }

  /** Extends the chain by a record, which must be the next activity, and seals it. */
  seal(sequence: number, bytes: Uint8Array): void {
    const record = new LogRecord(bytes);
    const salt = this.#randomBytes(SALT_BYTES);
    const commitment = commitmentOf(record, salt);
    this.#sequences.chainDigest = chainDigest(this.#sequences.chainDigest, commitment, sequence);
    record.setSeal({ salt, commitment });
  }

  get tip(): AuditTip {
    return {
      first: this.#sequences.firstChained,
      last: this.#sequences.last('activity'),
      digest: this.#sequences.chainDigest,
    };
  }

  /** The digest to certify, where it is another one than at the last time. */
  takeChange(): Uint8Array | undefined {
    const last = this.#sequences.last('activity');
    if (last === this.#certified) return undefined;
    this.#certified = last;
    return this.#sequences.chainDigest;
  }
}
