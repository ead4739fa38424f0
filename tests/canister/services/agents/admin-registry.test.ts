import { IDL } from '@dfinity/candid';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import type { Admin } from '../../../../src/candid/agent_service.did.ts';
import { admin } from '../../../../src/canister/api/interface-types.ts';
import { listResult } from '../../../../src/canister/api/replies.ts';
import { AdminRegistry } from '../../../../src/canister/services/agents/admin-registry.ts';
import { method } from '../../support/candid-interface.ts';
import { memoryMaps } from '../../support/memory-maps.ts';
import { CALLER, setupServices } from '../../support/service-world.ts';
import { ok } from '../../support/wasm-canister.ts';

const EVE = Uint8Array.of(7, 7);
const SELF = CALLER.toUint8Array();
const ANONYMOUS = Principal.anonymous().toUint8Array();

function listOf(admins: AdminRegistry): Admin[] {
  const [result] = IDL.decode(method('list_admins').retTypes, listResult(admin).encode(admins.list()));
  return ok(result as unknown as { Ok: Admin[] });
}

describe('AdminRegistry', () => {
  it('lists admins with who named them', () => {
    const { admins, clock, call } = setupServices();
    admins.add({ admin: EVE }, call());
    expect(listOf(admins)).toEqual([
      { admin: Principal.fromUint8Array(EVE), added_at: clock.now, added_by: CALLER },
    ]);
  });

  it('refuses an admin twice, one who is none, the anonymous principal, and more than a hundred', () => {
    const { admins, call } = setupServices();
    admins.add({ admin: EVE }, call());
    expect(() => admins.add({ admin: EVE }, call())).toThrow('Conflict: the principal is an admin already');
    expect(() => admins.remove({ admin: SELF }, call())).toThrow('NotFound');
    expect(() => admins.add({ admin: ANONYMOUS }, call())).toThrow('InvalidArgument: admin');
    for (let i = 1; i < 100; i++) admins.add({ admin: Uint8Array.of(0, i) }, call());
    expect(() => admins.add({ admin: SELF }, call())).toThrow('QuotaExceeded: no more than 100 admins');
  });

  it('does not let the last admin remove themself; another may remove them', () => {
    const { admins, call } = setupServices();
    admins.add({ admin: SELF }, call());
    expect(() => admins.remove({ admin: SELF }, call())).toThrow('Conflict: the last admin');
    admins.add({ admin: EVE }, call());
    admins.remove({ admin: SELF }, call());
    admins.remove({ admin: EVE }, call());
    expect(listOf(admins)).toEqual([]);
  });

  it('takes over the owner of an installation, and keeps the admins whom an upgrade does not name', () => {
    const { admins, call } = setupServices();
    admins.configure(EVE, call());
    admins.configure(undefined, call());
    admins.configure(EVE, call());
    admins.configure(SELF, call());
    expect(() => admins.configure(ANONYMOUS, call())).toThrow('InvalidArgument: owner');
    expect(listOf(admins).map((entry) => entry.admin.toText())).toEqual([
      CALLER.toText(),
      Principal.fromUint8Array(EVE).toText(),
    ]);
  });

  it('makes the owner of the layout before an admin, once', () => {
    const maps = memoryMaps();
    maps.settings.set(Uint8Array.of(1), EVE);
    const { admins, call, clock } = setupServices(maps);
    admins.configure(undefined, call());
    const eve = Principal.fromUint8Array(EVE);
    expect(listOf(admins)).toEqual([{ admin: eve, added_at: clock.now, added_by: eve }]);
    admins.remove({ admin: EVE }, call());
    admins.configure(undefined, call());
    expect(listOf(admins)).toEqual([]);
  });
});
