import { ByteReader } from './byte-reader.ts';
import type { RecordOf } from './composite-shapes.ts';
import { CandidError, within } from './errors.ts';
import { ReceivedText } from './primitive-shapes.ts';
import type { CandidType, Decode, Shape } from './shape.ts';
import { skipValue } from './skip.ts';
import { encodeHeader } from './type-table.ts';
import { checkUtf8, decodeLatin1 } from './utf8.ts';
import { readHeader, type WireHeader } from './wire-types.ts';

/** How many headers a method remembers beside its own: each kind of client sends one. Those of clients are far shorter. */
const MAX_LEARNED = 8;
const MAX_LEARNED_BYTES = 4096;

/** Longer messages are refused unread: reading costs instructions, and no method takes as much. */
export const MAX_MESSAGE_BYTES = 1024 * 1024;

/** Longer texts are not checked to be UTF-8: no argument may be as long, so that they are refused for their length. */
const MAX_TEXT_BYTES = 256 * 1024;

/** Arguments whose texts were not looked at yet. */
export interface Unchecked<T> {
  readonly args: T;
  /** Throws CandidError, naming the argument, where a text is not UTF-8. */
  readonly checkTexts: () => void;
}

interface ArgumentStep {
  /** Undefined for an argument that nobody asked for. */
  readonly name: string | undefined;
  readonly read: Decode<unknown>;
}

/** A header that was seen, and how the values behind it are read. */
interface Plan {
  readonly header: string;
  readonly length: number;
  readonly steps: readonly ArgumentStep[];
}

/**
 * Decodes a method's arguments by name. Reading the types that a message declares is most of the work, and each client declares
 * the same ones every time: what they mean is worked out once and remembered by the header's bytes.
 */
export class ArgumentDecoder<F extends Readonly<Record<string, Shape<unknown>>>> {
  readonly types: readonly CandidType[];
  readonly #expected: readonly (readonly [string, Shape<unknown>])[];
  readonly #plans: Plan[] = [];

  constructor(expected: F) {
    this.#expected = Object.entries(expected);
    this.types = this.#expected.map(([, shape]) => shape.type);
    const header = encodeHeader(this.types);
    this.#plans.push(this.#plan(header, readHeader(new ByteReader(header))));
  }

  /** Decodes a whole message; throws CandidError, naming the argument, where it is not Candid or not of these types. */
  decode(message: Uint8Array): RecordOf<F> {
    return this.#read(this.#planOf(message, false), new ByteReader(message));
  }

  /**
   * As `decode`, but for the texts, whose check takes most of the time of a long message: who calls, and whom it is about, can be looked at before. With
   * `learns` the header is remembered, which is for those who will come again.
   */
  decodeUnchecked(message: Uint8Array, learns: boolean): Unchecked<RecordOf<F>> {
    const texts: { readonly utf8: Uint8Array }[] = [];
    const args = this.#read(this.#planOf(message, learns), new ByteReader(message, texts));
    return { args, checkTexts: () => this.#checkTexts(texts, message) };
  }

  #checkTexts(texts: readonly { readonly utf8: Uint8Array }[], message: Uint8Array): void {
    try {
      for (const text of texts) {
        if (text.utf8.length > MAX_TEXT_BYTES) continue;
        if (text instanceof ReceivedText) text.check();
        else checkUtf8(text.utf8);
      }
    } catch (error) {
      // Which one it is was not noted: reading it again tells.
      this.decode(message);
      throw error;
    }
  }

  #planOf(message: Uint8Array, learns: boolean): Plan {
    if (message.length > MAX_MESSAGE_BYTES) {
      throw new CandidError(`the message is longer than ${MAX_MESSAGE_BYTES} bytes`);
    }
    return this.#knownPlan(message) ?? this.#newPlan(message, learns);
  }

  #read(plan: Plan, reader: ByteReader): RecordOf<F> {
    reader.offset = plan.length;
    const values: Record<string, unknown> = {};
    let name: string | undefined;
    try {
      for (const step of plan.steps) {
        name = step.name;
        const value = step.read(reader);
        if (name !== undefined) values[name] = value;
      }
    } catch (error) {
      throw within(name === undefined ? 'an unknown argument' : `argument ${name}`, error);
    }
    if (!reader.done) throw new CandidError('the message goes on after its last argument');
    // Each name of F has exactly one step.
    return values as RecordOf<F>;
  }

  #knownPlan(message: Uint8Array): Plan | undefined {
    for (const plan of this.#plans) {
      if (decodeLatin1(message.subarray(0, plan.length)) === plan.header) return plan;
    }
    return undefined;
  }

  #newPlan(message: Uint8Array, learns: boolean): Plan {
    const reader = new ByteReader(message);
    const header = readHeader(reader);
    const plan = this.#plan(message.slice(0, reader.offset), header);
    if (!learns || plan.length > MAX_LEARNED_BYTES) return plan;
    if (this.#plans.length > MAX_LEARNED) this.#plans.splice(1, 1);
    this.#plans.push(plan);
    return plan;
  }

  #plan(bytes: Uint8Array, header: WireHeader): Plan {
    const steps = this.#expected.map(([name, shape], index) => {
      try {
        return { name, read: argumentDecoder(shape, header, index) };
      } catch (error) {
        throw within(`argument ${name}`, error);
      }
    });
    const extra = header.args.slice(steps.length).map((ref) => ({
      name: undefined,
      read: (reader: ByteReader) => skipValue(reader, header, ref),
    }));
    return { header: decodeLatin1(bytes), length: bytes.length, steps: [...steps, ...extra] };
  }
}

function argumentDecoder(shape: Shape<unknown>, header: WireHeader, index: number): Decode<unknown> {
  const ref = header.args[index];
  if (ref !== undefined) return shape.decoder(header, ref);
  const { absent } = shape;
  if (absent === undefined) throw new CandidError('it is missing');
  return () => absent.value;
}
