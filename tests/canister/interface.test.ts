import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IDL } from '@dfinity/candid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { init } from '../../src/candid/agent_service.did.ts';
import { QUERY_METHODS } from '../../src/candid/query-methods.ts';
import { METHODS } from './support/candid-interface.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Interface {
  readonly idlFactory: IDL.InterfaceFactory;
  readonly init: (args: { IDL: typeof IDL }) => IDL.Type[];
}

describe('agent_service.did', () => {
  let folder: string;
  let built: Interface;

  /** Lets Azle write the interface that the canister's own methods have. */
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'agent-service-interface-'));
    mkdirSync(join(folder, 'src'));
    for (const part of ['src/canister', 'src/candid']) {
      cpSync(join(ROOT, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const canister = { type: 'azle', main: 'src/canister/index.ts', candid: 'agent_service.did' };
    const config = { canisters: { agent_service: { ...canister, custom: { candid_gen: 'automatic' } } } };
    writeFileSync(join(folder, 'dfx.json'), JSON.stringify(config));
    const candid = join(folder, 'agent_service.did');
    const run = (script: string, args: string[], env = {}) =>
      execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, 'node_modules', script), ...args], {
        cwd: folder,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    run('azle/src/build.ts', ['build', 'agent_service'], { CANISTER_CANDID_PATH: candid });
    run('.bin/icp-bindgen', [
      '--did-file',
      candid,
      '--out-dir',
      folder,
      '--actor-disabled',
      '--declarations-flat',
      '--declarations-typescript',
      '--force',
    ]);
    const generated = join(folder, 'agent_service.did.ts');
    writeFileSync(generated, readFileSync(generated, 'utf8').replaceAll('@icp-sdk/core/', '@dfinity/'));
    built = (await import(generated)) as Interface;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names the methods that the canister has', () => {
    expect(
      built
        .idlFactory({ IDL })
        ._fields.map(([name]) => name)
        .sort(),
    ).toEqual([...METHODS.keys()].sort());
  });

  it('gives every method the types that the canister has', () => {
    for (const [name, method] of built.idlFactory({ IDL })._fields) {
      expect(`${name}: ${method.display()}`).toBe(`${name}: ${METHODS.get(name)?.display() ?? 'is missing'}`);
    }
  });

  it('has beside it the names of its queries', () => {
    const queries = [...METHODS].filter(([, { annotations }]) => annotations.includes('query'));
    expect([...QUERY_METHODS].sort()).toEqual(queries.map(([name]) => name).sort());
  });

  it('takes the init argument that the canister takes', () => {
    expect(built.init({ IDL }).map((type) => type.display())).toEqual(
      init({ IDL }).map((type) => type.display()),
    );
  });
});
