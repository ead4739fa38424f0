import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { setupLocalService } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Not waited for in this process: the network that is asked runs in it. */
async function verifyBuild(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/release/verify-build.ts', ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

describe('npm run verify-build', () => {
  it('says whether a canister runs what these sources build to', async () => {
    const { directory, canisterId } = await setupLocalService();
    const same = await verifyBuild('--directory', directory);
    expect(same).toMatchObject({ code: 0, err: '' });
    const hashes = [...same.out.matchAll(/^(?:installed|built) {2,6}([0-9a-f]{64})/gm)].map(
      ([, hash]) => hash,
    );
    expect(hashes).toHaveLength(2);
    expect(new Set(hashes).size).toBe(1);
    expect(same.out).toContain(`canister   ${canisterId}\n`);
    expect(same.out).toContain('The canister runs what these sources build to.\n');

    // The ICP ledger, which every local network has.
    const other = await verifyBuild('--directory', directory, '--canister', 'ryjl3-tyaaa-aaaaa-aaaba-cai');
    expect(other).toMatchObject({ code: 1, err: '' });
    expect(other.out).toContain('The canister runs something else.');
  });

  it('names what is wrong where nothing can be compared', async () => {
    const { directory } = await setupLocalService();
    const nobody = await verifyBuild('--network', 'http://127.0.0.1:9', '--canister', 'aaaaa-aa');
    expect(nobody).toMatchObject({
      code: 1,
      out: '',
      err: 'the network is not reached at http://127.0.0.1:9\n',
    });
    const malformed = await verifyBuild('--directory', directory, '--canister', 'nonsense');
    expect(malformed.code).toBe(2);
    expect(malformed.err).toContain("option '--canister <id>' argument 'nonsense' is invalid");
    expect(malformed.out + malformed.err).not.toMatch(/ at .*\.ts:\d/);
  });
});
