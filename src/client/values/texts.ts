import { IDL, lebDecode, type PipeArrayBuffer, safeRead } from '@dfinity/candid';
import { idlFactory } from '../../candid/agent_service.did.ts';
import { ARGUMENT_NAMES } from '../../candid/argument-names.ts';
import { InvalidArgumentError } from '../errors.ts';

/** Texts that arrive as they were sent, or are refused: for every text of the interface, wherever it is in a value. */

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of @dfinity/candid loses a byte order mark (U+FEFF) at its beginning when it is decoded. */
class ExactText extends IDL.TextClass {
  override decodeValue(bytes: PipeArrayBuffer, type: IDL.Type): string {
    this.checkType(type);
    return UTF8.decode(safeRead(bytes, Number(lebDecode(bytes))));
  }
}

/** The interface, whose texts are decoded as they were stored. */
export const exactInterface: IDL.InterfaceFactory = ({ IDL: types }) =>
  idlFactory({ IDL: { ...types, Text: new ExactText() } });

/**
 * Throws an `InvalidArgumentError` for the first argument of a method that has a text which cannot be sent as it is: half of a character
 * (a lone surrogate) would become U+FFFD in UTF-8. `args` are as @dfinity/candid takes them.
 */
export function checkTexts(name: string, { argTypes }: IDL.FuncClass, args: readonly unknown[]): void {
  for (const [i, type] of argTypes.entries()) {
    const argument = ARGUMENT_NAMES[name]?.[i];
    const place = type.accept(new BrokenText(), { value: args[i], place: argument ?? '' });
    if (place === undefined) continue;
    // The fields of a lone record are the arguments.
    const [field = '', ...within] = place.replace(/^\./, '').split(/(?=[.[])/);
    const where = within.length === 0 ? '' : ` (in ${within.join('')})`;
    throw new InvalidArgumentError(field, `must be Unicode text, without lone surrogates${where}`);
  }
}

interface Part {
  readonly value: unknown;
  /** Where it is: names after dots, indexes in brackets. */
  readonly place: string;
}

/** Finds the place of a text that cannot be sent. What is of another type than the interface's is left to the encoder. */
class BrokenText extends IDL.Visitor<Part, string | undefined> {
  override visitType(): undefined {
    return undefined;
  }

  override visitText(_type: IDL.TextClass, { value, place }: Part): string | undefined {
    return typeof value === 'string' && /\p{Surrogate}/u.test(value) ? place : undefined;
  }

  override visitOpt<T>(
    _type: IDL.OptClass<T>,
    inner: IDL.Type<T>,
    { value, place }: Part,
  ): string | undefined {
    return this.#first(itemsOf(value).map((item) => [inner, { value: item, place }]));
  }

  override visitVec<T>(
    _type: IDL.VecClass<T>,
    inner: IDL.Type<T>,
    { value, place }: Part,
  ): string | undefined {
    return this.#first(itemsOf(value).map((item, i) => [inner, { value: item, place: `${place}[${i}]` }]));
  }

  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    parts: IDL.Type[],
    { value, place }: Part,
  ): string | undefined {
    const items = itemsOf(value);
    return this.#first(parts.map((part, i) => [part, { value: items[i], place: `${place}[${i}]` }]));
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], part: Part): string | undefined {
    return this.#inFields(fields, part);
  }

  override visitVariant(
    _type: IDL.VariantClass,
    fields: [string, IDL.Type][],
    part: Part,
  ): string | undefined {
    return this.#inFields(fields, part);
  }

  override visitRec<T>(_type: IDL.RecClass<T>, inner: IDL.ConstructType<T>, part: Part): string | undefined {
    return inner.accept(this, part);
  }

  #inFields(fields: [string, IDL.Type][], { value, place }: Part): string | undefined {
    if (typeof value !== 'object' || value === null) return undefined;
    const values = new Map<string, unknown>(Object.entries(value));
    return this.#first(
      fields.map(([name, type]) => [type, { value: values.get(name), place: `${place}.${name}` }]),
    );
  }

  #first(parts: readonly (readonly [IDL.Type, Part])[]): string | undefined {
    for (const [type, part] of parts) {
      const place = type.accept(this, part);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}

/** The items of an array; none of what is no array, such as a blob. */
function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
