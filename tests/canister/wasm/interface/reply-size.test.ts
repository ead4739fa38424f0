import { describe, expect, it } from 'vitest';
import { createSession, interactionPage, raiseRates, storeInteraction } from '../../support/records.ts';
import { decodeReply, encodeArgs, ok, setupCanister } from '../../support/wasm-canister.ts';

const MIB = 1024 * 1024;
const HALF_MIB_IN_TWO = 256 * 1024;

/** Twenty interactions of half a MiB, which are ten MiB in all; returns their ids, the newest first. */
async function setupLarge() {
  const canister = await setupCanister();
  const ids: string[] = [];
  for (let i = 0; i < 20; i++) {
    const text = String.fromCharCode(97 + i).repeat(HALF_MIB_IN_TWO);
    ids.unshift(await storeInteraction(canister, { message: text, response: text }));
  }
  return { canister, ids };
}

describe('replies', () => {
  it('end at the newest records that fit into 2 MiB', async () => {
    const { canister, ids } = await setupLarge();
    for (const name of ['get_user_agent_interactions', 'get_agent_type_interactions'] as const) {
      const args: unknown[] =
        name === 'get_user_agent_interactions' ? ['user-1', []] : ['user-1', { GitHub: null }, []];
      const outcome = await canister.rawQuery(name, encodeArgs(name, args as never));
      expect(decodeReply(name, outcome).map(({ id }) => id)).toEqual(ids.slice(0, 3));
      expect(outcome.kind === 'replied' && outcome.reply.length <= 2 * MIB).toBe(true);
    }
  });

  it('go on by the cursor until every record was read', async () => {
    const { canister, ids } = await setupLarge();
    const read: string[] = [];
    let cursor: [] | [string] = [];
    do {
      const args = interactionPage({ cursor, limit: [500] });
      const outcome = await canister.rawQuery('list_interactions', encodeArgs('list_interactions', args));
      expect(outcome.kind === 'replied' && outcome.reply.length <= 2 * MIB).toBe(true);
      const page = ok(decodeReply('list_interactions', outcome));
      expect(page.items.length).toBeGreaterThan(0);
      read.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor.length > 0);
    expect(read).toEqual(ids);
  });

  it('have the largest record of each kind in full', async () => {
    const canister = await setupCanister();
    const text = '😀'.repeat(64 * 1024);
    const json = `"${'x'.repeat(64 * 1024 - 2)}"`;
    const id = ok(
      await canister.call('store_agent_interaction', ['user-1', { GitHub: null }, text, text, true, [json]]),
    );
    expect(await canister.query('get_agent_interaction', [id])).toMatchObject([
      { message: text, response: text, metadata: [json] },
    ]);
    const name = 'x'.repeat(512);
    const pairs = Array.from({ length: 256 }, (): [string, string] => [name, name]);
    for (const type of ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr']) {
      const args = ['user-1', { [type]: null }, 't'.repeat(16 * 1024), [json], [name], pairs, [name], []];
      expect(await canister.call('store_agent_credentials', args as never)).toEqual({ Ok: null });
    }
    const all = await canister.query('get_user_agent_credentials', ['user-1']);
    expect(all.map(({ project_ids }) => project_ids.length)).toEqual([256, 256, 256, 256, 256]);
  });

  it('of the sessions of a user end there, too', async () => {
    const canister = await setupCanister();
    await raiseRates(canister);
    const token = 't'.repeat(16 * 1024);
    for (let i = 0; i < 130; i++) {
      await canister.call('create_agent_session', ['user-1', { GitHub: null }, [token], [], []]);
    }
    const newest = await createSession(canister);
    const listed = await canister.query('get_user_agent_sessions', ['user-1']);
    expect(listed[0]?.session_id).toBe(newest);
    expect(listed.length).toBeGreaterThan(120);
    expect(listed.length).toBeLessThan(131);
  });
});
