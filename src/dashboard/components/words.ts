const BYTES_A_STEP = 1024;
const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A number of bytes in the largest unit in which it is 1 or more: `1 GiB` for 1073741824. */
export function bytesInWords(bytes: bigint): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= BYTES_A_STEP && unit < UNITS.length - 1) {
    value /= BYTES_A_STEP;
    unit++;
  }
  const digits = value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${UNITS[unit] ?? ''}`;
}

/** A text in which a code of a machine stands first or last, apart by a colon, with the code as words: `GitHub refused: rate limited`. */
export function withoutCodes(text: string): string {
  const code = codeInWords(text);
  if (code !== text) return code;
  return text
    .replace(/^[a-z\d]+(?:_[a-z\d]+)+(?=: )/i, codeInWords)
    .replace(/(?<=: )[a-z\d]+(?:_[a-z\d]+)+$/i, (found) => codeInWords(found).toLowerCase());
}

/** A code of a machine as words: `Resource busy` for `resource_busy`. Any other text stays as it is. */
export function codeInWords(text: string): string {
  if (!/^[a-z\d]+(?:_[a-z\d]+)+$/i.test(text)) return text;
  return capitalised(text.toLowerCase().replaceAll('_', ' '));
}

/** A text with its first letter as a capital one. */
export function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
