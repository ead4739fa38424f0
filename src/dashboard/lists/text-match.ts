/** Whether all words of the text stand in one of the parts each, in any case. Undefined for a text without words: all match. */
export function textMatch(
  text: string | undefined,
): ((parts: readonly (string | undefined)[]) => boolean) | undefined {
  const words = (text ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  return (parts) => {
    const all = parts.join('\n').toLowerCase();
    return words.every((word) => all.includes(word));
  };
}
