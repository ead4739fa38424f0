import { type DidField, type DidMethod, type DidType, parseDid } from './did.ts';

/** What the comments of agent_service.did say, in parts: the one source of what a method means. */

/** What a text, a number or a list may be, as far as its comment says it in numbers. */
export interface Limits {
  readonly least?: number;
  readonly most?: number;
  /** Of a text's length. */
  readonly unit?: 'bytes' | 'characters';
}

/** An argument of a method, or a field of the one record that it takes. */
export interface Argument {
  readonly name: string;
  readonly type: DidType;
  /** What it is, with its limits. */
  readonly text: string;
  readonly limits: Limits;
}

export interface Method {
  readonly name: string;
  readonly isQuery: boolean;
  /** The first sentence, without its end. */
  readonly summary: string;
  /** What it does. */
  readonly text: string;
  readonly errors: string;
  readonly callers: string;
  readonly cost: string;
  readonly args: readonly Argument[];
  /** The type of the one record whose fields the arguments are; undefined where they stand by themselves. */
  readonly record: DidType | undefined;
  readonly returns: DidType | undefined;
}

export interface NamedType {
  readonly name: string;
  readonly type: DidType;
  readonly text: string;
}

export interface ServiceInterface {
  /** What is true of all methods, in paragraphs. */
  readonly about: readonly string[];
  readonly types: ReadonlyMap<string, NamedType>;
  readonly methods: readonly Method[];
}

const LABELS = ['Arguments', 'Errors', 'Callers', 'Cost'] as const;
type Label = (typeof LABELS)[number];
const LABEL = new RegExp(`^(${LABELS.join('|')}): `);
const COMMON = /^Arguments of these names mean the same/;

/** Throws an error that names the method where its comment lacks a part, or names other arguments than it has. */
export function serviceInterface(source: string): ServiceInterface {
  const { remarks, types, methods, comment } = parseDid(source);
  const named = new Map(
    types.map(({ name, type, comment: lines }) => [name, { name, type, text: lines.join(' ') }] as const),
  );
  const common = commonArguments(remarks.find(([first = '']) => COMMON.test(first)) ?? []);
  return {
    about: paragraphs(comment),
    types: named,
    methods: methods.map((method) => methodOf(method, named, common)),
  };
}

/** The names that mean the same in every method, and what: a line each, which may go on in lines without a name. */
function commonArguments([, ...lines]: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let last = '';
  for (const line of lines) {
    const [, name = last, text = line] = /^(\w+): (.*)/.exec(line) ?? [];
    found.set(name, name === last ? `${found.get(name) ?? ''} ${text}` : sentence(text));
    last = name;
  }
  return found;
}

function methodOf(
  { name, args, returns, isQuery, comment }: DidMethod,
  types: ReadonlyMap<string, NamedType>,
  common: ReadonlyMap<string, string>,
): Method {
  const parts = new Map<Label | undefined, string>();
  for (const paragraph of paragraphs(comment)) {
    const label = LABEL.exec(paragraph)?.[1] as Label | undefined;
    parts.set(label, label === undefined ? paragraph : paragraph.slice(label.length + 2));
  }
  const part = (label?: Label) => {
    const text = parts.get(label);
    if (text === undefined) throw new Error(`the comment above ${name} has no ${label ?? 'description'}`);
    return text;
  };
  const [first] = args;
  const record = first === undefined || args.length > 1 ? undefined : recordOf(first, types);
  const fields = record ?? (args.length === 0 ? [] : namedArguments(name, args, part('Arguments')));
  const text = part();
  return {
    name,
    isQuery,
    summary: text.split(/[.:;](?: |$)/)[0] ?? text,
    text,
    errors: part('Errors'),
    callers: part('Callers'),
    cost: part('Cost'),
    args: fields.map(({ name: argument, type, comment: lines }) => {
      const meaning = lines.length > 0 ? lines.join(' ') : (common.get(argument) ?? '');
      return { name: argument, type, text: meaning, limits: limitsOf(meaning, resolved(type, types)) };
    }),
    record: record === undefined ? undefined : first,
    returns,
  };
}

/** The lines of a comment as paragraphs: each label begins one. */
function paragraphs(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (found.length === 0 || LABEL.test(line)) found.push(line);
    else found.push(`${found.pop() ?? ''} ${line}`);
  }
  return found;
}

/** Arguments have no names in Candid: the comment has them in their order, some with a remark in brackets. */
function namedArguments(method: string, types: readonly DidType[], text: string): DidField[] {
  const names = [...text.matchAll(/(\w+)(?: \(([^)]*)\))?(?:, |$)/g)];
  if (names.length !== types.length) throw new Error(`the comment above ${method} names other arguments`);
  return names.map(([, name = '', remark], i) => ({
    name,
    type: types[i] ?? { kind: 'name', name: 'null' },
    comment: remark === undefined ? [] : [`${sentence(remark)}.`],
  }));
}

function recordOf(type: DidType, types: ReadonlyMap<string, NamedType>): readonly DidField[] | undefined {
  const itself = type.kind === 'name' ? types.get(type.name)?.type : type;
  return itself?.kind === 'record' && !itself.isTuple ? itself.fields : undefined;
}

/** The type of a value that is there. */
function resolved(type: DidType, types: ReadonlyMap<string, NamedType>): DidType {
  if (type.kind === 'opt') return resolved(type.of, types);
  const named = type.kind === 'name' ? types.get(type.name) : undefined;
  return named === undefined ? type : resolved(named.type, types);
}

function limitsOf(text: string, type: DidType): Limits {
  if (type.kind === 'vec') {
    const [, most] = /at most ([\d,]+) entries/i.exec(text) ?? [];
    return most === undefined ? {} : { most: numberOf(most) };
  }
  if (type.kind !== 'name' || !['text', 'nat32'].includes(type.name)) return {};
  const range = type.name === 'text' ? /([\d,]+) to ([\d,]+) (bytes|characters)/ : /([\d,]+) to ([\d,]+)/;
  const [, least, most, unit] = range.exec(text) ?? [];
  if (least === undefined || most === undefined) return {};
  return {
    least: numberOf(least),
    most: numberOf(most),
    ...(unit === 'bytes' || unit === 'characters' ? { unit } : {}),
  };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function numberOf(text: string): number {
  return Number(text.replaceAll(',', ''));
}
