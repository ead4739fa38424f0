import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { IDL } from '@dfinity/candid';
import type { LocalService } from '../../../src/cli/local/local-service.ts';
import { method } from '../../canister/support/candid-interface.ts';
import { candidText } from './candid-text.ts';

/** The program. */
export const ICP_BINARY = join(
  import.meta.dirname,
  '../../../node_modules/@icp-sdk/icp-cli-linux-x64/bin/icp',
);

/** Why tests of the terminal are skipped here; undefined where they run. */
export const WHY_NO_ICP = existsSync(ICP_BINARY)
  ? undefined
  : `icp comes as the package @icp-sdk/icp-cli-linux-x64, which is not for ${process.platform}-${process.arch}`;

/** What a command of icp printed. */
export interface IcpOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** The terminal command icp, with identities of its own in a folder. */
export class Icp {
  readonly #service: LocalService;
  readonly #home: string;

  constructor(service: LocalService, home: string) {
    this.#service = service;
    this.#home = home;
  }

  /** Runs a command. Rejects with its output where it fails. */
  run(...args: readonly string[]): Promise<IcpOutput> {
    return promisify(execFile)(ICP_BINARY, args, {
      env: { ...process.env, ICP_HOME: this.#home, HOME: this.#home, DO_NOT_TRACK: '1' },
      cwd: this.#home,
    });
  }

  /** Calls a method of the service as a person would type it; returns the decoded reply. */
  async call(name: string, args: readonly unknown[], ...options: readonly string[]): Promise<unknown> {
    const { argTypes, retTypes, annotations } = method(name);
    const text = `(${args.map((arg, i) => candidText(argTypes[i] ?? IDL.Reserved, arg)).join(', ')})`;
    const query = annotations.includes('query') ? ['--query'] : [];
    const { stdout } = await this.run(
      ...['canister', 'call', this.#service.canisterId, name, text, '--json'],
      ...['--network', this.#service.url, '--root-key', this.#service.rootKey, '--identity', 'agent'],
      ...query,
      ...options,
    );
    const { response_bytes } = JSON.parse(stdout) as { response_bytes: string };
    return IDL.decode(retTypes, new Uint8Array(Buffer.from(response_bytes, 'hex')))[0];
  }
}
