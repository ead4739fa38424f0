/** Prose alone: without fenced code, indented code and code in a line, where brackets are no links. */
const proseOf = (text: string): string =>
  text
    .replace(/^(```+).*?^\1/gms, '')
    .replace(/^ {4}.*$/gm, '')
    .replace(/`[^`\n]+`/g, '');

/** The targets of a text's links and images. */
export function linkTargets(text: string): string[] {
  return [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

/** The anchors that GitHub gives the headings of a text; a repeated one has a number. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.replace(/^(```+).*?^\1/gms, '').matchAll(/^#{1,6} +(.*)$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let name = anchor;
    for (let n = 1; anchors.has(name); n++) name = `${anchor}-${n}`;
    anchors.add(name);
  }
  return anchors;
}

/** The rows of a text's tables, without the titles' underlines: the text of each cell. */
export function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+$/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
