/** What the interface says of an argument: what it is, and its limits as far as they are numbers. */
export interface ArgumentDoc {
  readonly text: string;
  /** Of a number, or of the length of a text. */
  readonly least?: number;
  /** The same, or of the length of a list. */
  readonly most?: number;
  /** Of a text's length. */
  readonly unit?: 'bytes' | 'characters';
}

/** What the interface says of a method. */
export interface MethodDoc {
  /** One sentence, without its end. */
  readonly summary: string;
  readonly text: string;
  readonly errors: string;
  readonly callers: string;
  readonly cost: string;
  readonly args: Readonly<Record<string, ArgumentDoc>>;
}
