import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '../../../../src/candid/agent_service.did.ts';
import { chainDigest, commitmentOf, GENESIS } from '../../../../src/client/audit/audit-digests.ts';
import { fromCandid } from '../../../../src/client/values/candid-values.ts';
import type { AuditContent } from '../../../../src/client/values/service-types.ts';
import { method } from '../../support/candid-interface.ts';
import { createSession, GITHUB, newAgent, storeInteraction } from '../../support/records.ts';
import {
  AGENT,
  ANONYMOUS,
  OWNER,
  ok,
  principal,
  type Sender,
  STRANGER,
  setupCanister,
  type WasmCanister,
} from '../../support/wasm-canister.ts';

const FIRST_LAYOUT = resolve(import.meta.dirname, '../../fixtures/first-layout.stable.gz');
const ADMIN = { sender: OWNER };

async function entriesOf(canister: WasmCanister, sender: Sender = ADMIN): Promise<AuditEntry[]> {
  return ok(await canister.query('get_audit_entries', [{ from: [], limit: [] }], sender)).entries;
}

async function tipOf(canister: WasmCanister) {
  return ok(await canister.query('get_audit_tip', [{}], { sender: ANONYMOUS }));
}

/** The digest that the entries lead to, by the client's own code, from their contents where those are shown. */
function digestOf(entries: readonly AuditEntry[]): Uint8Array {
  return entries.reduce<Uint8Array>((digest, { index, commitment, content }) => {
    const shown = content[0] === undefined ? undefined : commitmentOf(contentOf(content[0]));
    return chainDigest(digest, shown ?? Uint8Array.from(commitment), index);
  }, GENESIS);
}

function contentOf(content: NonNullable<AuditEntry['content'][0]>): AuditContent {
  const [type] = method('get_audit_entries').retTypes;
  const page = {
    Ok: { entries: [{ index: 0n, commitment: [], content: [content], erased_by: [] }], next: [] },
  };
  const okType = (type as unknown as { _fields: [string, never][] })._fields.find(([name]) => name === 'Ok');
  const read = fromCandid(okType?.[1] as never, page.Ok) as { entries: { content: AuditContent }[] };
  return read.entries[0]?.content as AuditContent;
}

describe('the audit log', () => {
  it('has an entry for every change, with its author, and one digest over all of them', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    ok(await canister.call('add_agent', [newAgent({ agent: STRANGER, name: 'bot' })], ADMIN));
    ok(await canister.call('remove_agent', [{ agent: STRANGER }], ADMIN));
    ok(await canister.call('add_admin', [{ admin: STRANGER }], ADMIN));
    ok(await canister.call('remove_admin', [{ admin: STRANGER }], ADMIN));
    const entries = await entriesOf(canister);
    const told = entries.map(({ content }) => [content[0]?.kind, content[0]?.actor.toText()]);
    expect(told.slice(2)).toEqual([
      ['SessionCreated', AGENT.toText()],
      ...['AgentAdded', 'AgentRemoved', 'AdminAdded', 'AdminRemoved'].map((kind) => [kind, OWNER.toText()]),
    ]);
    expect(entries[3]?.content[0]?.metadata[0]).toBe(
      `{"agent":"${STRANGER.toText()}","name":"bot","agent_types":["GitHub","Asana","Gmail","Calendar","InFoundr"],` +
        '"permissions":["read","write","credentials"],"scope":"every_user"}',
    );
    const tip = await tipOf(canister);
    expect(tip).toMatchObject({ first_index: 1n, last_index: 7n });
    expect(Uint8Array.from(tip.digest)).toEqual(digestOf(entries));
  });

  it('tells nothing of what was refused', async () => {
    const canister = await setupCanister();
    const before = await tipOf(canister);
    await canister.call('add_admin', [{ admin: OWNER }], ADMIN);
    await canister.call('remove_admin', [{ admin: OWNER }], ADMIN);
    await canister.call('add_agent', [newAgent({ agent: AGENT })], ADMIN);
    await canister.call('end_agent_session', ['ses-0000000000000009']);
    const after = await tipOf(canister);
    expect([after.last_index, after.digest]).toEqual([before.last_index, before.digest]);
  });

  it('shows each caller the contents that they may read, and everybody the rest as commitments', async () => {
    const canister = await setupCanister();
    const user = principal(60);
    const own = user.toText();
    ok(
      await canister.call(
        'add_agent',
        [newAgent({ agent: STRANGER, scope: [{ granted_users: null }] })],
        ADMIN,
      ),
    );
    await createSession(canister, { userId: own });
    await createSession(canister, { userId: 'user-2' });
    const shown = async (sender: Sender) => {
      const entries = await entriesOf(canister, sender);
      expect(digestOf(entries)).toEqual(Uint8Array.from((await tipOf(canister)).digest));
      return entries.flatMap(({ index, content }) => (content.length > 0 ? [Number(index)] : []));
    };
    expect(await shown(ADMIN)).toEqual([1, 2, 3, 4, 5]);
    expect(await shown({ sender: AGENT })).toEqual([4, 5]);
    expect(await shown({ sender: user })).toEqual([4]);
    expect(await shown({ sender: STRANGER })).toEqual([]);
    expect(await shown({ sender: ANONYMOUS })).toEqual([]);
  });

  it('comes in pages', async () => {
    const canister = await setupCanister();
    for (let i = 0; i < 3; i++) await createSession(canister);
    const page = async (from: [] | [bigint], limit: [] | [number]) => {
      const { entries, next } = ok(await canister.query('get_audit_entries', [{ from, limit }], ADMIN));
      return [entries.map(({ index }) => Number(index)), next];
    };
    expect(await page([], [])).toEqual([[1, 2, 3, 4, 5], []]);
    expect(await page([], [2])).toEqual([[1, 2], [3n]]);
    expect(await page([4n], [2])).toEqual([[4, 5], []]);
    expect(await page([0n], [1])).toEqual([[1], [2n]]);
    expect(await page([6n], [])).toEqual([[], []]);
    expect(await page([2n ** 64n - 1n], [])).toEqual([[], []]);
    for (const limit of [0, 501]) {
      const refused = await canister.query('get_audit_entries', [{ from: [], limit: [limit] }], ADMIN);
      expect(refused).toMatchObject({ Err: { InvalidArgument: { field: 'limit' } } });
    }
  });

  it('goes on over upgrades', async () => {
    const canister = await setupCanister();
    await createSession(canister);
    await canister.upgrade();
    await storeInteraction(canister);
    await canister.upgrade();
    const entries = await entriesOf(canister);
    expect(entries.map(({ index }) => index)).toEqual([1n, 2n, 3n, 4n]);
    expect(Uint8Array.from((await tipOf(canister)).digest)).toEqual(digestOf(entries));
    const salts = entries.map(({ content }) => Buffer.from(content[0]?.salt ?? []).toString('hex'));
    expect(new Set(salts).size).toBe(salts.length);
  });

  it('begins where a store of the layout without it ends', async () => {
    const canister = await setupCanister();
    await canister.upgradeFrom(readFileSync(FIRST_LAYOUT));
    const tip = await tipOf(canister);
    // The upgrade made an admin of the one owner of that layout.
    expect(tip.last_index).toBe(tip.first_index);
    await canister.call('log_agent_activity', ['user-1', GITHUB, { TaskCreated: null }, 'd', []]);
    const entries = await entriesOf(canister);
    expect(entries.map(({ content }) => content[0]?.kind)).toEqual(['AdminAdded', 'TaskCreated']);
    expect(Uint8Array.from((await tipOf(canister)).digest)).toEqual(digestOf(entries));
  });
});
