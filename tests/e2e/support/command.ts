import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

/** A command that runs, or ran, and what it printed so far. */
export class RunningCommand {
  readonly #process: ChildProcess;
  readonly #exit: Promise<number | null>;
  #output = '';
  #errors = '';

  constructor(args: readonly string[]) {
    this.#process = spawn(process.execPath, ['--stack-size=6500', 'scripts/run.mjs', ...args], {
      cwd: ROOT,
    });
    const collect = (data: Buffer) => {
      this.#output += data.toString();
    };
    this.#process.stdout?.on('data', collect);
    this.#process.stderr?.on('data', (data: Buffer) => {
      this.#errors += data.toString();
      collect(data);
    });
    this.#exit = new Promise((resolve) => {
      this.#process.once('close', resolve);
    });
  }

  get output(): string {
    return this.#output;
  }

  /** What of the output it printed on the standard error. */
  get errors(): string {
    return this.#errors;
  }

  /** Resolves with the exit code when it ends by itself. */
  exit(): Promise<number | null> {
    return this.#exit;
  }

  /** Resolves once the text was printed; rejects where the command ends before. */
  async printed(text: string): Promise<void> {
    const ended = this.#exit.then(() => {
      if (!this.#output.includes(text)) throw new Error(`it ended without "${text}":\n${this.#output}`);
    });
    const seen = new Promise<void>((resolve) => {
      const look = () => {
        if (this.#output.includes(text)) resolve();
      };
      this.#process.stdout?.on('data', look);
      look();
    });
    await Promise.race([seen, ended]);
  }

  /** Asks it to end; resolves with the exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#process.kill(signal);
    return this.#exit;
  }
}

/** Runs a command of the project, as its npm script does; it is stopped when the test ends. */
export function setupCommand(...args: readonly string[]): RunningCommand {
  const command = new RunningCommand(args);
  onTestFinished(async () => {
    await command.stop();
  });
  return command;
}
