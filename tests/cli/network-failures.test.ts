import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IC_ROOT_KEY } from '@dfinity/agent';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { CANISTER, ROWS, setupMachine, timeoutOf } from '../client/support/failing-machine.ts';
import { newPem } from '../client/support/new-pem.ts';

describe('first contact: a failure of the network', () => {
  it('is told by the terminal in the same words, and ends it with 1', async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'failures-'));
    context.onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const pem = join(folder, 'key.pem');
    writeFileSync(pem, newPem());
    // They run at the same time, and one after the other would take minutes: each has a list of what it printed.
    const printing = new AsyncLocalStorage<string[]>();
    const spy = vi
      .spyOn(console, 'error')
      .mockImplementation((text) => void printing.getStore()?.push(String(text)));
    context.onTestFinished(() => spy.mockRestore());
    await Promise.all(
      ROWS.map(async (row) => {
        const url = await setupMachine(row, context);
        const network = ['--network', url, '--identity', pem, '--directory', folder];
        const service = [...network, '--canister', CANISTER, '--timeout', String(timeoutOf(row) / 1000)];
        const ids = ['--canister-ids', join(folder, 'canister_ids.json')];
        const create = 'provisional_create_canister_with_cycles';
        const lines: readonly (readonly [words: readonly string[], told: string])[] = [
          [['status', 'a', ...service], row.query.message],
          [
            ['sessions', 'begin', 'a', '--type', 'GitHub', ...service],
            row.update.message.replace('create_agent_session', 'create_session'),
          ],
          // It waits for minutes, as long as the network can take what it sends.
          ...(row.stays === true
            ? []
            : ([
                [['deploy', ...network, ...ids], row.query.message],
                [
                  ['deploy', ...network, ...ids, '--root-key', IC_ROOT_KEY],
                  row.update.message.replace('create_agent_session', create),
                ],
              ] as const)),
        ];
        for (const [words, message] of lines) {
          const said: string[] = [];
          const code = await printing.run(said, () => run(words));
          expect([row.what, words[0], code, ...said]).toEqual([
            row.what,
            words[0],
            1,
            message.replace('URL', url),
          ]);
        }
      }),
    );
  }, 120_000);
});
