import { describe, expect, it } from 'vitest';
import { ByteWriter } from '../../../../src/canister/codec/index.ts';
import type { Request } from '../../../../src/canister/services/requests/request.ts';
import { RequestLikeness } from '../../../../src/canister/services/requests/request-likeness.ts';
import { requestKey } from '../../../../src/canister/storage/keys.ts';
import { memoryMaps } from '../../support/memory-maps.ts';
import { arg, CALLER, setupServices } from '../../support/service-world.ts';

const OWNER = { user_id: arg('u'), agent_type: 'GitHub' as const, request_id: arg('r') };
const INTERACTION = {
  ...OWNER,
  message: arg('m'),
  response: arg('r'),
  success: true,
  metadata: undefined,
  session_id: undefined,
};
const CREDENTIALS = {
  ...OWNER,
  account: undefined,
  token: arg('t'),
  token_data: undefined,
  workspace_id: undefined,
  project_ids: [],
  selected_repo: undefined,
  expires_at: undefined,
};

/** Services, with an entry as an earlier version stored it: with a hash in the place of what it was of. */
function setupOld() {
  const maps = memoryMaps();
  const world = setupServices(maps);
  const likeness = new RequestLikeness(world.store);
  const remember = (reply: Uint8Array) => {
    const expiresAt = world.clock.now + 1000n;
    const entry = new ByteWriter().u8(1).u32(7).u64(expiresAt).raw(reply).finish();
    maps.requests.set(requestKey(CALLER.toUint8Array(), OWNER.request_id.utf8), entry);
    world.store.requestExpiry.add(expiresAt, requestKey(CALLER.toUint8Array(), OWNER.request_id.utf8));
  };
  const send = (request: Request | undefined) => {
    if (request === undefined) throw new Error('it has no request_id');
    return world.requests.once(request, world.call(), () => Uint8Array.of(9));
  };
  return { ...world, likeness, remember, send };
}

describe('an entry of an earlier version', () => {
  it('answers the same interaction, and no other', () => {
    const { interactions, likeness, remember, send, call } = setupOld();
    const reply = new ByteWriter().u8(0).text(interactions.store(INTERACTION, call())).finish();
    remember(reply);
    expect(send(likeness.interaction(INTERACTION))).toEqual(reply);
    expect(() => send(likeness.interaction({ ...INTERACTION, message: arg('n') }))).toThrow('Conflict');
    expect(() => send(likeness.session({ ...OWNER, ...CREDENTIALS, project_id: undefined }))).toThrow(
      'Conflict',
    );
  });

  it('answers the same session by what of it does not change', () => {
    const { sessions, likeness, remember, send, call } = setupOld();
    const session = { ...OWNER, token: arg('t'), project_id: undefined, selected_repo: undefined };
    const reply = new ByteWriter().u8(0).text(sessions.create(session, call())).finish();
    remember(reply);
    expect(send(likeness.session(session))).toEqual(reply);
    expect(() => send(likeness.session({ ...session, user_id: arg('v') }))).toThrow('Conflict');
  });

  it('answers the same credentials while they are stored, and revives nothing', () => {
    const { credentials, likeness, remember, send, call } = setupOld();
    credentials.store(CREDENTIALS, call());
    const reply = Uint8Array.of(0);
    remember(reply);
    expect(send(likeness.credentials(CREDENTIALS))).toEqual(reply);
    expect(() => send(likeness.credentials({ ...CREDENTIALS, token: arg('x') }))).toThrow('Conflict');
    credentials.revoke(CREDENTIALS, call(), { owns: false } as never);
    expect(() => send(likeness.credentials(CREDENTIALS))).toThrow('the credentials have changed since');
  });

  it('is forgotten where its user was erased', () => {
    const { interactions, erasures, likeness, remember, send, call } = setupOld();
    remember(new ByteWriter().u8(0).text(interactions.store(INTERACTION, call())).finish());
    erasures.erase({ user_id: OWNER.user_id }, call(), { byUser: false, self: Uint8Array.of(1) });
    expect(send(likeness.interaction(INTERACTION))).toEqual(Uint8Array.of(9));
  });
});
