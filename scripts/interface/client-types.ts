import type { DidField, DidType } from './did.ts';
import type { Method, ServiceInterface } from './service-interface.ts';
import { camelCase, docComment, inTypeScript } from './typescript-names.ts';
import { answerOf, clientMethods, namesWithin } from './used-types.ts';

/** In which direction a value goes. What is sent may leave out what is an opt, and give times as dates. */
type Direction = 'sent' | 'received';

const PRIMITIVES: Readonly<Record<string, string>> = {
  text: 'string',
  bool: 'boolean',
  nat8: 'number',
  nat16: 'number',
  nat32: 'number',
  nat64: 'bigint',
  principal: 'Principal',
  blob: 'Uint8Array',
  null: 'null',
};

/** What the TypeScript client calls the types of the interface, and how it writes them. */
export class ClientTypes {
  readonly #all: ServiceInterface;
  readonly #sent: ReadonlySet<string>;
  readonly #received: ReadonlySet<string>;
  readonly #say: (text: string) => string;

  constructor(all: ServiceInterface) {
    const methods = clientMethods(all);
    this.#all = all;
    this.#sent = namesWithin(
      all,
      methods.flatMap(({ args }) => args.map(({ type }) => type)),
    );
    this.#received = namesWithin(
      all,
      methods.flatMap((method) => answerOf(all, method) ?? []),
    );
    this.#say = inTypeScript(all);
  }

  /** The module that declares them all: those of the interface, and the requests of methods that take several arguments. */
  module(): string {
    const types = [...this.#all.types.values()]
      .filter(({ name }) => this.#sent.has(name) || this.#received.has(name))
      .map(({ name, type, text }) => {
        const options = type.kind === 'variant' ? type.fields : [];
        const told = options.filter(({ comment }) => comment.length > 0);
        const texts = told.map((option) => `\`${option.name}\`: ${option.comment.join(' ')}`);
        return docComment([text, ...texts].map(this.#say)) + this.#declaration(name, type);
      });
    return `/** Made from src/candid/agent_service.did by \`npm run generate\`. */
import type { Principal } from '@dfinity/principal';

${[...types, ...this.#requests()].join('\n')}`;
  }

  /** What a value is to who sends or receives it; an opt is what is there. */
  of(type: DidType, direction: Direction, isTime = false): string {
    if (type.kind === 'opt') return this.of(type.of, direction, isTime);
    if (type.kind === 'vec') return `readonly ${this.#item(type.of, direction)}[]`;
    if (type.kind === 'name') {
      const primitive = PRIMITIVES[type.name] ?? type.name;
      return isTime && direction === 'sent' && primitive === 'bigint' ? 'bigint | Date' : primitive;
    }
    if (type.kind === 'variant')
      return type.fields.map((field) => this.#option(field, direction)).join(' | ');
    if (type.isTuple) {
      return `readonly [${type.fields.map((field) => this.of(field.type, direction)).join(', ')}]`;
    }
    return `{ ${this.#fields(type.fields, direction, '; ')} }`;
  }

  /** The name of the type of what a method takes as one object. */
  static requestName({ name, record }: Method): string {
    if (record?.kind === 'name') return record.name.replace(/Args$/, 'Request');
    const pascal = camelCase(`_${name}`);
    return `${pascal}Request`;
  }

  #item(type: DidType, direction: Direction): string {
    const item = this.of(type, direction);
    return /^[\w.]+$/.test(item) ? item : `(${item})`;
  }

  #option({ name, type }: DidField, direction: Direction): string {
    const isName = type.kind === 'name' && type.name === 'null';
    return isName ? `'${name}'` : `{ readonly ${camelCase(name)}: ${this.of(type, direction)} }`;
  }

  #declaration(name: string, type: DidType): string {
    const direction = this.#sent.has(name) ? 'sent' : 'received';
    if (type.kind !== 'record') return `export type ${name} = ${this.of(type, direction)};\n`;
    return `export interface ${name} {\n${this.#fields(type.fields, direction)}}\n`;
  }

  /** The requests of methods; some share one. */
  #requests(): readonly string[] {
    const found = new Map<string, string>();
    for (const method of clientMethods(this.#all)) {
      if (method.args.length < 2) continue;
      const name = ClientTypes.requestName(method);
      const fields = method.args.map(({ name: argument, type, text }) => ({
        name: argument,
        // A list that stands by itself can be left out, and is empty then.
        type:
          type.kind === 'vec' && method.record === undefined ? ({ kind: 'opt', of: type } as const) : type,
        comment: [text],
      }));
      const text =
        method.record?.kind === 'name' ? (this.#all.types.get(method.record.name)?.text ?? '') : '';
      const doc = docComment([`What \`${camelCase(method.name)}\` takes. ${this.#say(text)}`.trim()]);
      if (!found.has(name)) {
        found.set(name, `${doc}export interface ${name} {\n${this.#fields(fields, 'sent')}}\n`);
      }
    }
    return [...found.values()];
  }

  #fields(fields: readonly DidField[], direction: Direction, end = ';\n'): string {
    const names = new Set(fields.map(({ name }) => name));
    return fields
      .map(({ name, type, comment }) => {
        // The beginning of a list of numbered entries is a number.
        const isTime = name === 'expires_at' || (['from', 'until'].includes(name) && names.has('until'));
        const written = this.of(type, direction, isTime);
        const isOpt = type.kind === 'opt';
        const mark = isOpt && direction === 'sent' ? '?' : '';
        const doc = docComment([this.#say(comment.join(' '))], '  ');
        return `${doc}readonly ${camelCase(name)}${mark}: ${written}${isOpt ? ' | undefined' : ''}${end}`;
      })
      .join('');
  }
}
