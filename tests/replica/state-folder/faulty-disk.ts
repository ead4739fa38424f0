import type * as Fs from 'node:fs';

/** What changes the disk, and can fail. */
const OPERATIONS = [
  'openSync',
  'writeSync',
  'fsyncSync',
  'fdatasyncSync',
  'ftruncateSync',
  'renameSync',
  'mkdirSync',
  'rmSync',
] as const;

/** What lies in a sector is written whole or not at all. */
const ATOMIC_BYTES = 16;

type Mode =
  /** Every operation does what it should. */
  | 'healthy'
  /** One operation fails as on a full disk, and those after it do not. */
  | 'fails once'
  /** Nothing new can be written from one operation on. */
  | 'is full'
  /** Every operation fails from one on, also what would tidy up: as if the process had ended. */
  | 'is gone';

/** A disk that fails at an operation that a test chooses. A write that fails has written half of its bytes, or none of a few. Nothing is flushed. */
export class FaultyDisk {
  #mode: Mode = 'healthy';
  #left = 0;
  /** How many operations there were since the mode was set. */
  operations = 0;

  /** From now on, with the fault at the operation after so many others. */
  set(mode: Mode, after = 0): void {
    this.#mode = mode;
    this.#left = after;
    this.operations = 0;
  }

  /** The module `node:fs` on this disk. */
  on(fs: typeof Fs): typeof Fs {
    const faulty: Record<string, unknown> = { ...fs };
    for (const name of OPERATIONS) {
      faulty[name] = (...args: readonly unknown[]) => {
        if (!this.#fails(name)) {
          const result: unknown = name.endsWith('syncSync') ? undefined : Reflect.apply(fs[name], fs, args);
          return result;
        }
        if (name === 'writeSync') writeHalf(fs, args);
        throw Object.assign(new Error(`ENOSPC: no space left on device, ${name}`), {
          code: 'ENOSPC',
          syscall: name,
        });
      };
    }
    return { ...fs, ...faulty };
  }

  #fails(name: (typeof OPERATIONS)[number]): boolean {
    this.operations += 1;
    if (this.#mode === 'healthy' || this.#left-- > 0) return false;
    if (this.#mode === 'is full') return name === 'writeSync';
    if (this.#mode === 'fails once') this.#mode = 'healthy';
    return true;
  }
}

function writeHalf(fs: typeof Fs, [file, bytes, offset = 0, length, position]: readonly unknown[]): void {
  if (typeof file !== 'number' || !(bytes instanceof Uint8Array))
    throw new TypeError('an unknown kind of write');
  const whole = Number(length ?? bytes.length);
  const half = whole > ATOMIC_BYTES ? Math.floor(whole / 2) : 0;
  fs.writeSync(file, bytes, Number(offset), half, position === undefined ? null : Number(position));
}

/** The disk of the test file that mocks `node:fs` with it. */
export const disk = new FaultyDisk();
