import { spawn } from 'node:child_process';

/** Commands of a page, and what the page says that they print. */
export interface ShellBlock {
  readonly commands: string;
  /** `…` stands for anything. */
  readonly printed: string | undefined;
}

interface Session {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Between the output of two blocks. */
const SEPARATOR = '\u001e';
const FENCED = /^( *)```(\w+)\n([\s\S]*?)^\1```$/gm;

/** The code of a page in one language, in the order of the page. */
export function codeBlocks(page: string, language: string): string[] {
  return fencedBlocks(page)
    .filter((block) => block.language === language)
    .map(({ code }) => code);
}

/** The blocks in `sh` of a page, each with the block in `text` that follows it. */
export function shellBlocks(page: string): readonly ShellBlock[] {
  const blocks = fencedBlocks(page);
  return blocks.flatMap(({ language, code }, i) => {
    if (language !== 'sh') return [];
    const next = blocks[i + 1];
    return [{ commands: code, printed: next?.language === 'text' ? next.code : undefined }];
  });
}

function fencedBlocks(page: string): readonly { readonly language: string; readonly code: string }[] {
  return [...page.matchAll(FENCED)].map(([, indent = '', language = '', code = '']) => ({
    language,
    code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/**
 * Runs the blocks in one shell, as a reader does who copies one after the other; resolves with what each printed. Rejects with the errors
 * where a command fails.
 */
export async function runBlocks(blocks: readonly string[], { cwd, env }: Session): Promise<string[]> {
  const script = ['set -eu', ...blocks.flatMap((block) => [block, `printf '%s' '${SEPARATOR}'`])].join('\n');
  const shell = spawn('bash', ['-c', script], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = [textOf(shell.stdout), textOf(shell.stderr)];
  const code = await new Promise((resolve) => shell.once('close', resolve));
  const printed = (await output).split(SEPARATOR);
  if (code === 0) return printed.slice(0, -1);
  const failed = blocks[printed.length - 1] ?? '';
  throw new Error(
    `these commands ended with ${String(code)}:\n${failed}\n${printed.at(-1)}\n${await errors}`,
  );
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** What matches the output that a page has, on lines without blanks at their ends. */
export function outputPattern(printed: string): RegExp {
  const parts = printed.trim().split('…');
  const exact = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, ' +'));
  return new RegExp(`^${exact.join('[\\s\\S]*')}$`);
}
