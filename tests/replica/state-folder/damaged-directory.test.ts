import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Network } from '../../../src/replica/network.ts';
import { StateDirectoryError } from '../../../src/replica/state-folder/checkpoint/state-directory-error.ts';
import { canister } from '../support/canister-wat.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork } from '../support/setup-network.ts';

/** Makes a folder with a saved network of one canister, which is closed. */
async function setupSaved(): Promise<string> {
  const directory = setupDirectory();
  const network = await setupNetwork({ directory });
  await network.install(canister(''));
  await network.network.close();
  return directory;
}

async function failure(directory: string): Promise<StateDirectoryError> {
  try {
    const network = await Network.open({ directory });
    await network.close();
  } catch (error) {
    if (error instanceof StateDirectoryError) return error;
    throw error;
  }
  throw new Error('the folder was opened');
}

/** Leaves what a process that uses the folder leaves there. */
function claim(directory: string, pid: number, mark = ''): void {
  writeFileSync(join(directory, `lock.${pid}.${mark}.${statSync(directory).ino}.0`), '');
}

function claims(directory: string): readonly string[] {
  return readdirSync(directory).filter((name) => name.startsWith('lock'));
}

describe('a folder whose manifest is damaged', () => {
  const damages: Readonly<Record<string, (file: Uint8Array) => Uint8Array>> = {
    'is empty': () => new Uint8Array(),
    'is cut in its header': (file) => file.subarray(0, 30),
    'is cut at its end': (file) => file.subarray(0, file.length - 1),
    'is longer than it was': (file) => new Uint8Array([...file, 0]),
    'has another bit': (file) => file.with(file.length - 20, (file[file.length - 20] ?? 0) ^ 1),
    'is another file': (file) => file.with(0, 0),
  };

  it.each(Object.entries(damages))('is refused when it %s, and named', async (_, damage) => {
    const directory = await setupSaved();
    const path = join(directory, 'manifest');
    writeFileSync(path, damage(new Uint8Array(readFileSync(path))));
    for (let i = 0; i < 2; i++) {
      const { code, message } = await failure(directory);
      expect(code).toBe('damaged');
      expect(message).toContain(path);
    }
    // It is given free, and can be opened once it is repaired.
    rmSync(path);
    await setupNetwork({ directory });
  });

  it('is refused where a newer version wrote it', async () => {
    const directory = await setupSaved();
    const path = join(directory, 'manifest');
    const file = readFileSync(path);
    const version = file.indexOf('\n') + 1;
    file.writeUInt32BE(file.readUInt32BE(version) + 1, version);
    writeFileSync(path, file);
    const { code, message } = await failure(directory);
    expect(code).toBe('unsupported');
    expect(message).toContain(path);
  });
});

describe('a folder whose blobs are damaged', () => {
  it.each([
    ['missing', (path: string) => rmSync(path)],
    ['altered', (path: string) => writeFileSync(path, 'something else')],
  ])('is refused when one is %s, and named', async (_, damage) => {
    const directory = await setupSaved();
    const blobs = join(directory, 'blobs');
    const names = readdirSync(blobs);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const path = join(blobs, name);
      const content = readFileSync(path);
      damage(path);
      const { code, message } = await failure(directory);
      expect(code).toBe('damaged');
      expect(message).toContain(path);
      writeFileSync(path, content);
    }
    await setupNetwork({ directory });
  });
});

describe('a folder that is in use', () => {
  it('is refused to another network, of this process too', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    expect(await failure(directory)).toMatchObject({ code: 'locked' });
    await first.network.close();
    const second = await setupNetwork({ directory });
    // A second close gives nothing free that is someone else's by now.
    await first.network.close();
    expect(await failure(directory)).toMatchObject({ code: 'locked' });
    await second.network.close();
  });

  it('is refused while another process has it, and taken over when that is gone', async () => {
    const directory = await setupSaved();
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)']);
    claim(directory, other.pid ?? 0);
    const { code, message } = await failure(directory);
    expect(code).toBe('locked');
    expect(message).toContain(`process ${other.pid ?? 0}`);
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
    expect((await setupNetwork({ directory })).network.subnet.canisters.size).toBe(1);
    expect(claims(directory)).toHaveLength(1);
  });

  it.each([
    ['an earlier process with the same id', process.pid],
    ['an earlier process whose id another one has now', process.ppid],
    ['a process that never was', 4_194_305],
    ['no process', 0],
  ])('is taken over from %s', async (_, pid) => {
    const directory = await setupSaved();
    claim(directory, pid, 'another-start');
    await setupNetwork({ directory });
    expect(claims(directory)).toHaveLength(1);
  });

  it('is given free when it is closed, and when it could not be opened', async () => {
    const directory = await setupSaved();
    expect(claims(directory)).toEqual([]);
    rmSync(join(directory, 'journal'), { recursive: true });
    writeFileSync(join(directory, 'journal'), '');
    expect(await failure(directory)).toMatchObject({ code: 'unwritable' });
    expect(claims(directory)).toEqual([]);
  });
});

describe('a folder that cannot be used', () => {
  it('is refused where it is a file', async () => {
    const path = join(setupDirectory(), 'file');
    writeFileSync(path, '');
    expect(await failure(path)).toMatchObject({ code: 'unwritable' });
    expect(await failure(join(path, 'below'))).toMatchObject({ code: 'unwritable' });
  });

  it('is refused where a file is in the way of the blobs, and not kept locked', async () => {
    const directory = setupDirectory();
    writeFileSync(join(directory, 'blobs'), '');
    expect(await failure(directory)).toMatchObject({ code: 'unwritable' });
    rmSync(join(directory, 'blobs'));
    mkdirSync(join(directory, 'blobs'));
    await setupNetwork({ directory });
  });
});
