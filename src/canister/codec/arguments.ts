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

/** How the values behind a header are read, which is so many bytes long. */
interface Plan {
  readonly length: number;
  readonly steps: readonly ArgumentStep[];
}

/** A plan for a header that was seen. */
interface LearnedPlan extends Plan {
  readonly header: string;
}

/**
 * Decodes a method's arguments by name. Reading the types that a message declares is most of the work, and each client declares
 * the same ones every time: what they mean is worked out once and remembered by the header's bytes.
 */
export class ArgumentDecoder<F extends Readonly<Record<string, Shape<unknown>>>> {
  readonly types: readonly CandidType[];
  readonly #expected: readonly (readonly [string, Shape<unknown>])[];
  readonly #plans: LearnedPlan[] = [];

  constructor(expected: F) {
    this.#expected = Object.entries(expected);
    this.types = this.#expected.map(([, shape]) => shape.type);
    const header = encodeHeader(this.types);
    const steps = this.#stepsOf(readHeader(new ByteReader(header)));
    this.#plans.push({ header: decodeLatin1(header), length: header.length, steps });
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
    const { offset: length } = reader;
    const steps = this.#stepsOf(header);
    if (!learns || length > MAX_LEARNED_BYTES) return { length, steps };
    if (this.#plans.length > MAX_LEARNED) this.#plans.splice(1, 1);
    const plan = { header: decodeLatin1(message.subarray(0, length)), length, steps };
    this.#plans.push(plan);
    return plan;
  }

  #stepsOf(header: WireHeader): ArgumentStep[] {
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
    return [...steps, ...extra];
  }
}

function argumentDecoder(shape: Shape<unknown>, header: WireHeader, index: number): Decode<unknown> {
  const ref = header.args[index];
  if (ref !== undefined) return shape.decoder(header, ref);
  const { absent } = shape;
  if (absent === undefined) throw new CandidError('it is missing');
  return () => absent.value;
}
