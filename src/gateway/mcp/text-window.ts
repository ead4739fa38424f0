/** Texts up to this many characters are never cut: ids, names and times are shorter. */
const SHORT = 200;

/** A value with its long texts cut to a window, and how far the longest goes. */
interface Cut {
  readonly value: unknown;
  /** Characters of its longest text, by its name. */
  readonly longest: { readonly field: string; readonly characters: number } | undefined;
}

/** A value of which a model gets a part. */
export interface Window {
  readonly value: unknown;
  /** Where the long texts go on; undefined where they end. */
  readonly next: number | undefined;
  readonly longest: Cut['longest'];
}

/**
 * The value with its long texts from a place on, as many characters of each as make its JSON fit; undefined where it does not fit however short they are.
 * Windows that follow each other leave out and repeat nothing, and no character of two UTF-16 units is cut in its middle.
 */
export function windowOf(value: unknown, from: number, characters: number): Window | undefined {
  const length = (size: number) => JSON.stringify(cut(value, from, from + size).value).length;
  const { longest } = cut(value, 0, 0);
  const left = Math.max(0, (longest?.characters ?? 0) - from);
  if (length(left) <= characters)
    return { value: cut(value, from, from + left).value, next: undefined, longest };
  if (length(SHORT) > characters) return undefined;
  let [fits, tooMuch] = [SHORT, Math.min(left, characters)];
  while (tooMuch - fits > 1) {
    const middle = (fits + tooMuch) >> 1;
    if (length(middle) <= characters) fits = middle;
    else tooMuch = middle;
  }
  return { value: cut(value, from, from + fits).value, next: from + fits, longest };
}

function cut(value: unknown, from: number, to: number, field = 'result'): Cut {
  if (typeof value === 'string') {
    if (value.length <= SHORT) return { value, longest: undefined };
    return { value: part(value, from, to), longest: { field, characters: value.length } };
  }
  if (typeof value !== 'object' || value === null) return { value, longest: undefined };
  const parts = Object.entries(value).map(
    ([name, each]) => [name, cut(each, from, to, Array.isArray(value) ? field : name)] as const,
  );
  const [longest] = parts
    .flatMap(([, each]) => each.longest ?? [])
    .sort((a, b) => b.characters - a.characters);
  return {
    value: Array.isArray(value)
      ? parts.map(([, each]) => each.value)
      : Object.fromEntries(parts.map(([name, each]) => [name, each.value])),
    longest,
  };
}

function part(text: string, from: number, to: number): string {
  return text.slice(wholeAt(text, from), wholeAt(text, to));
}

/** The place, or the one before it where it is within a character. */
function wholeAt(text: string, at: number): number {
  const isWithin = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
  return at > 0 && isWithin ? at - 1 : at;
}
