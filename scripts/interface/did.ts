/** Reads a .did file with its comments, which no parser of Candid keeps: names in their order, types, and the comment above each. */

/** A type as it is written; `name` stands for a primitive type or one that the file defines. */
export type DidType =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'opt'; readonly of: DidType }
  | { readonly kind: 'vec'; readonly of: DidType }
  | { readonly kind: 'record' | 'variant'; readonly fields: readonly DidField[]; readonly isTuple: boolean };

export interface DidField {
  /** The position in a tuple. */
  readonly name: string;
  /** That of a variant's option without a value is null. */
  readonly type: DidType;
  /** The lines of the comment above it. */
  readonly comment: readonly string[];
}

export interface DidMethod {
  readonly name: string;
  readonly args: readonly DidType[];
  readonly returns: DidType | undefined;
  readonly isQuery: boolean;
  readonly comment: readonly string[];
}

export interface DidFile {
  /** Blocks of comments that stand above nothing. */
  readonly remarks: readonly (readonly string[])[];
  readonly types: readonly DidField[];
  readonly methods: readonly DidMethod[];
  /** Above the service. */
  readonly comment: readonly string[];
}

interface Token {
  readonly text: string;
  readonly comment: readonly string[];
}

const NULL: DidType = { kind: 'name', name: 'null' };
const TOKEN = /\/\/ ?([^\n]*)|\n(?=[ \t]*\n)|->|[{}();:=,]|\w+/g;

/** Throws an error that names what was expected where the text is not of the form that this project's interface has. */
export function parseDid(source: string): DidFile {
  const { tokens, remarks } = tokensOf(source);
  return new Parser(tokens).file(remarks);
}

function tokensOf(source: string): { tokens: Token[]; remarks: string[][] } {
  const tokens: Token[] = [];
  const remarks: string[][] = [];
  let comment: string[] = [];
  for (const [text, line] of source.matchAll(TOKEN)) {
    if (line !== undefined) comment.push(line.trim());
    else if (text === '\n') {
      if (comment.length > 0) remarks.push(comment);
      comment = [];
    } else {
      tokens.push({ text, comment });
      comment = [];
    }
  }
  return { tokens, remarks };
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  file(remarks: DidFile['remarks']): DidFile {
    const types: DidField[] = [];
    while (this.#peek() === 'type') {
      const { comment } = this.#take('type');
      const { text: name } = this.#take();
      this.#take('=');
      types.push({ name, type: this.#type(), comment });
      this.#take(';');
    }
    const { comment } = this.#take('service');
    this.#take(':');
    this.#list();
    this.#take('->');
    this.#take('{');
    const methods: DidMethod[] = [];
    while (this.#peek() !== '}') methods.push(this.#method());
    return { remarks, types, methods, comment };
  }

  #method(): DidMethod {
    const { text: name, comment } = this.#take();
    this.#take(':');
    const args = this.#list();
    this.#take('->');
    const [returns] = this.#list();
    const isQuery = this.#peek() === 'query';
    if (isQuery) this.#take();
    this.#take(';');
    return { name, args, returns, isQuery, comment };
  }

  /** Types in brackets. */
  #list(): DidType[] {
    const types: DidType[] = [];
    this.#take('(');
    while (this.#peek() !== ')') {
      types.push(this.#type());
      if (this.#peek() === ',') this.#take();
    }
    this.#take(')');
    return types;
  }

  #type(): DidType {
    const { text } = this.#take();
    if (text === 'opt' || text === 'vec') return { kind: text, of: this.#type() };
    if (text === 'record' || text === 'variant') return this.#fields(text);
    return { kind: 'name', name: text };
  }

  #fields(kind: 'record' | 'variant'): DidType {
    const fields: DidField[] = [];
    let isTuple = false;
    this.#take('{');
    while (this.#peek() !== '}') {
      const named = this.#tokens[this.#at + 1]?.text === ':';
      if (named || kind === 'variant') {
        const { text: name, comment } = this.#take();
        if (named) this.#take(':');
        fields.push({ name, comment, type: named ? this.#type() : NULL });
      } else {
        isTuple = true;
        fields.push({ name: `${fields.length}`, comment: [], type: this.#type() });
      }
      if (this.#peek() === ';') this.#take();
    }
    this.#take('}');
    return { kind, fields, isTuple };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at]?.text;
  }

  #take(expected?: string): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined || (expected !== undefined && token.text !== expected)) {
      throw new Error(
        `the interface has ${token?.text ?? 'its end'} where ${expected ?? 'more'} is expected`,
      );
    }
    return token;
  }
}
