/** Lets the browser save a text as a file. */
export function saveFile({
  name,
  mime,
  text,
}: {
  readonly name: string;
  readonly mime: string;
  readonly text: string;
}): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${mime};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
