import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';

/** A value in Candid's text format, as a person types it at a terminal. */
export function candidText(type: IDL.Type, value: unknown): string {
  return type.accept(new TextWriter(), value);
}

class TextWriter extends IDL.Visitor<unknown, string> {
  override visitType(type: IDL.Type, value: unknown): string {
    throw new TypeError(`no test has a ${type.name} such as ${String(value)}`);
  }

  override visitPrimitive(_type: IDL.PrimitiveType, value: unknown): string {
    return String(value);
  }

  override visitText(_type: IDL.TextClass, value: unknown): string {
    // JSON's escapes of quotes, backslashes and line ends are Candid's, too.
    return JSON.stringify(value);
  }

  override visitPrincipal(_type: IDL.PrincipalClass, value: unknown): string {
    return `principal "${Principal.from(value).toText()}"`;
  }

  override visitOpt<T>(_type: IDL.OptClass<T>, inner: IDL.Type<T>, value: unknown): string {
    return Array.isArray(value) && value.length > 0 ? `opt ${candidText(inner, value[0])}` : 'null';
  }

  override visitVec<T>(_type: IDL.VecClass<T>, inner: IDL.Type<T>, value: unknown): string {
    const items: unknown[] = Array.isArray(value) ? value : [];
    return `vec { ${items.map((item) => candidText(inner, item)).join('; ')} }`;
  }

  override visitTuple<T extends unknown[]>(
    _type: IDL.TupleClass<T>,
    inner: IDL.Type[],
    value: unknown,
  ): string {
    const items: unknown[] = Array.isArray(value) ? value : [];
    return `record { ${inner.map((type, i) => candidText(type, items[i])).join('; ')} }`;
  }

  override visitRecord(_type: IDL.RecordClass, fields: [string, IDL.Type][], value: unknown): string {
    const values = entriesOf(value);
    return `record { ${fields.map(([name, type]) => `${name} = ${candidText(type, values.get(name))}`).join('; ')} }`;
  }

  override visitVariant(_type: IDL.VariantClass, fields: [string, IDL.Type][], value: unknown): string {
    const [chosen] = entriesOf(value).keys();
    const option = fields.find(([name]) => name === chosen)?.[0];
    if (option === undefined) throw new TypeError(`the variant has no option ${chosen ?? ''}`);
    return `variant { ${option} }`;
  }
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries<unknown>({ ...value }) : []);
}
