import { type Node, parseTree } from 'jsonc-parser';

/** A JSON value as it stands in its text: numbers, escapes, the order of names and names that come twice are those that were stored. */
export interface JsonValue {
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** Its characters in the text. */
  readonly text: string;
  /** The members of an object, whose names are as they stand between the quotes, and the items of an array by their place. */
  readonly members: readonly (readonly [name: string, value: JsonValue])[];
}

/** The value of a JSON text; undefined for other texts. */
export function readJson(text: string): JsonValue | undefined {
  try {
    // It knows what is JSON to the letter. Its values are not those that are shown: a number of it has 53 bits.
    JSON.parse(text);
    const tree = parseTree(text);
    return tree && valueOf(tree, text);
  } catch {
    return undefined;
  }
}

function valueOf({ type, offset, length, children = [] }: Node, json: string): JsonValue {
  const text = json.slice(offset, offset + length);
  switch (type) {
    case 'object':
      return { kind: type, text, members: children.flatMap((member) => memberOf(member, json)) };
    case 'array':
      return { kind: type, text, members: children.map((item, i) => [String(i), valueOf(item, json)]) };
    case 'property':
      throw new TypeError('a member of an object is no value');
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: type, text, members: [] };
  }
}

function memberOf({ children: [name, value] = [] }: Node, json: string): readonly [string, JsonValue][] {
  if (name === undefined || value === undefined) return [];
  return [[json.slice(name.offset + 1, name.offset + name.length - 1), valueOf(value, json)]];
}
