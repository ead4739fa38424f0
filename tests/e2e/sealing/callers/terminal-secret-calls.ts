import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { endedCommand } from '../../support/ended-command.ts';
import type { Account, SecretCalls } from './secret-calls.ts';

/** Runs a command for the local network of a folder; resolves with what it printed, which `onOutput` has, too, unless the command is for printing a secret. */
export function terminalOf(directory: string, onOutput: (output: string) => void) {
  return async (words: readonly string[], { printsSecret = false } = {}): Promise<string> => {
    const { code, output, errors } = await endedCommand(...words, '--directory', directory);
    onOutput(printsSecret ? errors : output + errors);
    expect({ words, code }).toEqual({ words, code: 0 });
    return output;
  };
}

/** By commands of the terminal. `inputs` is a folder for the files from which they read secrets. */
export function terminalSecretCalls(
  run: ReturnType<typeof terminalOf>,
  { userId, inputs }: { readonly userId: string; readonly inputs: string },
): SecretCalls {
  const of = (account: Account) => [
    userId,
    '--type',
    'GitHub',
    ...(account === undefined ? [] : ['--account', account]),
  ];
  const fileOf = (name: string, content: string): string => {
    const path = join(inputs, name);
    writeFileSync(path, content);
    return path;
  };
  const tokenFile = (token: string) => ['--token-file', fileOf('token', token)];
  const files = ({ token, grant }: { readonly token: string; readonly grant: string }) => [
    ...tokenFile(token),
    '--token-data-file',
    fileOf('token-data', grant),
  ];
  return {
    store: async (account, secrets) => {
      await run(['credentials', 'store', ...of(account), ...files(secrets)]);
    },
    update: async (secrets) => {
      await run(['credentials', 'update', ...of(undefined), ...files(secrets)]);
    },
    lease: async (account) => {
      const words = ['credentials', 'lease', ...of(account), '--purpose', 'a day'];
      return (await run(words, { printsSecret: true })).trimEnd();
    },
    beginRefresh: async (account) => {
      const printed = await run(['refresh', 'begin', ...of(account), '--json'], { printsSecret: true });
      const { credentials, fencing } = JSON.parse(printed) as {
        readonly credentials: { readonly token_data: string };
        readonly fencing: string;
      };
      return { grant: credentials.token_data, fencing };
    },
    completeRefresh: async (account, fencing, secrets) => {
      await run(['refresh', 'complete', ...of(account), '--fencing', fencing, ...files(secrets)]);
    },
    revoke: async (account) => {
      await run(['credentials', 'revoke', ...of(account)]);
    },
    beginSession: async (token) =>
      (await run(['sessions', 'begin', ...of(undefined), ...tokenFile(token)])).trimEnd(),
    updateSession: async (id, token) => {
      await run(['sessions', 'update', id, ...tokenFile(token)]);
    },
    endSession: async (id) => {
      await run(['sessions', 'end', id]);
    },
  };
}
