import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IC_ROOT_KEY } from '@dfinity/agent';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { AgentServiceClient } from '../../src/client/index.ts';
import { identityFromPem } from '../../src/client/node.ts';
import { newPem } from '../gateway/support/setup-bare-gateway.ts';
import { CANISTER, ROWS, SECRET, setupMachine, type Told, timeoutOf } from './support/failing-machine.ts';

async function thrown(work: Promise<unknown>): Promise<Error & { readonly kind?: string }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it was answered');
  return error;
}

function check(error: Error & { readonly kind?: string }, { kind, message }: Told, url: string): void {
  expect(error).toMatchObject({ kind, message: message.replace('URL', url), certified: false });
  expect(error.message).not.toContain(SECRET);
}

describe('first contact: a failure of the network', () => {
  it.concurrent.for(ROWS)(
    '$what is told in the words of every client',
    { timeout: 60_000 },
    async (row, context) => {
      const url = await setupMachine(row, context);
      const identity = await identityFromPem(newPem());
      const client = await AgentServiceClient.create({
        host: url,
        canisterId: CANISTER,
        identity,
        timeoutMs: timeoutOf(row),
      });
      const [query, update] = await Promise.all([
        thrown(client.getAgentStatus('a')),
        thrown(client.createAgentSession({ userId: 'a', agentType: 'GitHub' })),
      ]);
      check(query, row.query, url);
      check(update, row.update, url);
    },
  );

  it.concurrent.for(ROWS.filter(({ stays }) => stays))(
    '$what: the key of a local network is not waited for',
    { timeout: 60_000 },
    async (row, context) => {
      const url = await setupMachine(row, context);
      const identity = await identityFromPem(newPem());
      const options = { host: url, canisterId: CANISTER, identity, local: true, timeoutMs: timeoutOf(row) };
      check(await thrown(AgentServiceClient.create(options)), row.query, url);
    },
  );

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
