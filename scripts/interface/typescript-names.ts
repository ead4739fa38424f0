import type { ServiceInterface } from './service-interface.ts';

/** A name of the interface as TypeScript has it. */
export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** The names that TypeScript writes in another way: of methods, arguments and fields. */
function namesOf({ methods, types }: ServiceInterface): ReadonlySet<string> {
  const fields = [...types.values()].flatMap(({ type }) => (type.kind === 'record' ? type.fields : []));
  const args = methods.flatMap((method) => [method, ...method.args]);
  return new Set([...fields, ...args].map(({ name }) => name).filter((name) => name.includes('_')));
}

/** The names of the errors, which are classes in TypeScript. */
function errorsOf({ types }: ServiceInterface): readonly string[] {
  const error = types.get('AgentError')?.type;
  return error?.kind === 'variant' ? error.fields.map(({ name }) => name) : [];
}

/** Makes text of the interface's comments speak of what TypeScript has. */
export function inTypeScript(all: ServiceInterface): (text: string) => string {
  const names = namesOf(all);
  const errors = new RegExp(`\\b(${errorsOf(all).join('|')})\\b`, 'g');
  const ofEvery: Readonly<Record<string, string>> = {
    query: 'UnauthorizedError, InvalidArgumentError',
    update: 'UnauthorizedError, InvalidArgumentError, RateLimitedError',
  };
  return (text) =>
    text
      .replaceAll(errors, '$1Error')
      .replaceAll(/\bthose of every (query|update)\b/g, (_match, kind: string) => ofEvery[kind] ?? '')
      // What is in quotes is a value.
      .replaceAll(/(?<!")\b[a-z0-9]+(?:_[a-z0-9]+)+\b(?!")/g, (name) =>
        names.has(name) ? camelCase(name) : name,
      )
      .replaceAll(/\bnull\b/g, 'undefined')
      .replaceAll(/\bNull\b/g, 'Undefined');
}

/** A doc comment; nothing for an empty text. */
export function docComment(paragraphs: readonly string[], indent = ''): string {
  const texts = paragraphs.filter((text) => text !== '');
  const [only, ...others] = texts;
  if (only === undefined) return '';
  if (others.length === 0 && only.length < 130) return `${indent}/** ${only} */\n`;
  const lines = texts.flatMap((text, i) => [...(i === 0 ? [] : ['']), ...wrapped(text, 140)]);
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

/** Lines of at most so many characters. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines.push(`${lines.pop() ?? ''} ${word}`);
    else lines.push(word);
  }
  return lines;
}
