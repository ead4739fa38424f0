import { describe, expect, it } from 'vitest';
import { AgentServiceClient } from '../../src/client/index.ts';
import { identityFromPem } from '../../src/client/node.ts';
import { CANISTER, ROWS, SECRET, setupMachine, type Told, timeoutOf } from './support/failing-machine.ts';
import { newPem } from './support/new-pem.ts';

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
});
