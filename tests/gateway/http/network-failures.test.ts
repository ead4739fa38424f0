import { describe, expect, it, onTestFinished } from 'vitest';
import {
  CANISTER,
  problemKind,
  ROWS,
  SECRET,
  setupMachine,
  timeoutOf,
} from '../../client/support/failing-machine.ts';
import { setupMcpOverHttp } from '../support/mcp-client.ts';
import { setupBareGateway } from '../support/setup-bare-gateway.ts';
import { send } from '../support/setup-gateway.ts';

const VALUES = { user_id: 'a', agent_type: 'GitHub' };

describe('first contact: a gateway before a network that fails', () => {
  it.each(ROWS)('$what is told in the words of every client, over HTTP and to models', async (row) => {
    const host = await setupMachine(row, { onTestFinished });
    const limits = { callSeconds: timeoutOf(row) / 1000 };
    const gateway = await setupBareGateway({ host, canisterId: CANISTER, limits });
    const model = await setupMcpOverHttp(gateway.url, gateway.otherKey);
    await Promise.all(
      (
        [
          ['get_agent_status', { user_id: 'a' }, row.query, false],
          ['create_agent_session', VALUES, row.update, true],
        ] as const
      ).map(async ([method, body, told, isUpdate]) => {
        const [answer, result] = await Promise.all([
          send(gateway.url, `POST /v1/methods/${method}`, { key: gateway.key, body }),
          model.callTool({ name: method, arguments: body }),
        ]);
        const [kind, status] = problemKind(told);
        const isUnknown = isUpdate && kind !== 'NetworkUnreachable';
        // What an unknown outcome means is in the client's words already, or is added to them.
        const isSaid = !isUnknown || told.kind === 'OutcomeUnknown';
        const problem = {
          type: `urn:agent-service:problem:${kind}`,
          status,
          detail: `${told.message.replace('URL', host)}${isSaid ? '' : '; the call may have been executed'}`,
          outcome_unknown: isUnknown,
        };
        expect([answer.status, answer.json]).toMatchObject([status, problem]);
        expect(result.isError).toBe(true);
        const next = isUnknown ? /may have been executed/ : /Tell the user/;
        expect(JSON.parse(textOf(result.content))).toMatchObject({
          ...problem,
          next_step: expect.stringMatching(next) as string,
        });
        expect(JSON.stringify([answer.json, result])).not.toContain(SECRET);
      }),
    );
  });
});

function textOf(content: readonly { readonly type: string }[]): string {
  const [first] = content;
  if (first === undefined || !('text' in first)) throw new Error('the model was told nothing');
  return String(first.text);
}
