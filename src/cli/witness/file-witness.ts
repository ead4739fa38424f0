import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { decodeAuditTip, encodeAuditTip, type SignedTip } from '../../client/index.ts';
import { linesOfFile } from '../audit/read-lines.ts';
import { CommandError } from '../terminal/command-error.ts';
import { readTips, type Witness, type WitnessContent } from './witness.ts';

const LINE_END = 0x0a;

/** A file of JSON lines that is only added to. It is a witness where those who run the service cannot write it. */
export class FileWitness implements Witness {
  readonly name: string;
  readonly isNear = true;

  constructor(path: string) {
    this.name = path;
  }

  async publish(tip: SignedTip): Promise<void> {
    const file = await open(this.name, 'a+').catch((cause: unknown) => {
      throw new CommandError(`${this.name} cannot be written: ${String(cause)}.`, { cause });
    });
    try {
      await mendEnd(file);
      // One write: what another process adds meanwhile stands before or after it.
      await file.appendFile(`${encodeAuditTip(tip)}\n`);
      await file.sync();
    } catch (cause) {
      throw new CommandError(`${this.name} cannot be written: ${String(cause)}.`, { cause });
    } finally {
      await file.close();
    }
  }

  async read(): Promise<WitnessContent> {
    return existsSync(this.name) ? readTips(linesOfFile(this.name)) : { tips: [], unreadable: [] };
  }
}

/** Ends the last line, or removes the part of one that a kill in the middle of a write has left: it never counted as published. */
async function mendEnd(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const start = await lastLineStart(file, size);
  if (start === size) return;
  const rest = Buffer.alloc(size - start);
  await file.read(rest, 0, rest.length, start);
  try {
    decodeAuditTip(rest.toString('utf8'));
    await file.appendFile('\n');
  } catch {
    await file.truncate(start);
  }
}

const STEP = 65_536;

/** Where what stands behind the last line's end begins. */
async function lastLineStart(file: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - STEP);
    const bytes = Buffer.alloc(end - start);
    await file.read(bytes, 0, bytes.length, start);
    const found = bytes.lastIndexOf(LINE_END);
    if (found >= 0) return start + found + 1;
    end = start;
  }
  return 0;
}
