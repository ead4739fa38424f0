/**
 * Builds the canister from these sources and holds the module's SHA-256 against the one that the network certifies for a canister (Internet Computer interface
 * specification, "Request: Read state", `/canister/<id>/module_hash`). Ends with 0 where they are the same, with 1 where they are not or where one can't be had.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { addServiceOptions } from '../../src/cli/options/service-options.ts';
import { runProgram } from '../../src/cli/run.ts';
import { findService, type ServiceOptions } from '../../src/cli/service/service-place.ts';
import { certifiedModuleHash } from './certified-module-hash.ts';

const ROOT = join(import.meta.dirname, '../..');

const program = addServiceOptions(new Command('npm run verify-build --').exitOverride())
  .description('builds the canister and compares it with the one that the network runs')
  .action(async (options: ServiceOptions) => {
    const place = findService(options);
    const installed = await certifiedModuleHash(place);
    const built = buildAgain();
    console.log(`canister   ${place.canisterId}`);
    console.log(`installed  ${installed ?? 'nothing'}`);
    console.log(`built      ${built}, of ${sources()}`);
    if (installed === built) {
      console.log('The canister runs what these sources build to.');
    } else {
      console.log(
        'The canister runs something else. Check out the version that it was deployed from (git checkout vX.Y.Z), and compare again.',
      );
      process.exitCode = 1;
    }
  });

const code = await runProgram(() => Promise.resolve(program), process.argv.slice(2));
if (code !== 0) process.exitCode = code;

/** Not what was built before: somebody may have changed that. */
function buildAgain(): string {
  const out = mkdtempSync(join(tmpdir(), 'agent-service-build-'));
  try {
    execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build-canister.ts', out], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return createHash('sha256')
      .update(readFileSync(join(out, 'agent_service.wasm.gz')))
      .digest('hex');
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The commit, and whether the folder is as it was committed. */
function sources(): string {
  try {
    const git = (...words: string[]) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `commit ${git('rev-parse', 'HEAD')}${changed ? ' and changes that are not committed' : ''}`;
  } catch {
    return 'sources that are not in git';
  }
}
