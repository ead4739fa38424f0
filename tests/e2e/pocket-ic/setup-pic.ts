import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type CreateInstanceOptions, PocketIc, PocketIcServer } from '@dfinity/pic';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** The executable of this package, unless POCKET_IC_BIN names another, such as DFINITY's own. */
const BINARY = process.env['POCKET_IC_BIN'] ?? resolve(import.meta.dirname, '../../../scripts/pocket-ic.mjs');

/** How a test makes instances, which end with it. */
export type CreateInstance = (options?: CreateInstanceOptions) => Promise<PocketIc>;

/** Starts a server for the tests of a file. */
export function setupPic(): CreateInstance {
  let server: PocketIcServer | undefined;
  beforeAll(async () => {
    // The client names its port file after the parent process, which is the same for all files of a run.
    const directory = mkdtempSync(join(tmpdir(), 'pic-'));
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = directory;
    server = await PocketIcServer.start({ binPath: BINARY });
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    rmSync(directory, { recursive: true, force: true });
  });
  afterAll(() => server?.stop());
  return async (options) => {
    if (server === undefined) throw new Error('an instance is made in a test');
    const pic = await PocketIc.create(server.getUrl(), options);
    onTestFinished(() => pic.tearDown());
    return pic;
  };
}
