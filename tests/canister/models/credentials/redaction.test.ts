import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_RIGHTS, OWNERS_RIGHTS } from '../../../../src/canister/models/access/rights.ts';
import { agentTypes } from '../../../../src/canister/models/agent-type.ts';
import {
  type Credentials,
  encodeCredentials,
  StoredCredentials,
} from '../../../../src/canister/models/credentials/credentials.ts';
import { LogRecord } from '../../../../src/canister/models/log-record.ts';
import {
  encodeSession,
  type Session,
  sessionBody,
} from '../../../../src/canister/models/sessions/session.ts';
import { read } from '../../support/service-world.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 300 }).map((value) => new TextEncoder().encode(value));
const optText = fc.option(text, { nil: undefined });
const time = fc.bigInt(0n, 2n ** 64n - 1n);
const optTime = fc.option(time, { nil: undefined });
const agentType = fc.constantFrom(...agentTypes.names);

const session: fc.Arbitrary<Session> = fc.record({
  sessionId: text,
  userId: text,
  agentType,
  token: optText,
  projectId: optText,
  selectedRepo: optText,
  createdAt: time,
  lastActivity: time,
  state: fc.constantFrom(0, 1, 2),
  endedAt: optTime,
  expiresAt: time,
});

const credentials: fc.Arbitrary<Credentials> = fc.record({
  userId: text,
  agentType,
  token: text,
  tokenData: optText,
  workspaceId: optText,
  projectIds: fc.array(fc.tuple(text, text), { maxLength: 3 }),
  selectedRepo: optText,
  createdAt: time,
  updatedAt: time,
  expiresAt: fc.option(fc.bigInt(1n, 2n ** 64n - 1n), { nil: undefined }),
  account: optText,
  state: fc.constantFrom(
    'active',
    'expired',
    'refresh_failed',
    'revoked',
    'needs_refresh',
    'needs_reauthorization',
  ),
  stateSince: time,
  stateReason: optText,
  fencing: time,
  closed: time,
  failedFencing: time,
  failures: fc.nat({ max: 2 ** 32 - 1 }),
  failedAt: fc.option(fc.bigInt(1n, 2n ** 64n - 1n), { nil: undefined }),
  refreshDeadline: fc.option(fc.bigInt(1n, 2n ** 64n - 1n), { nil: undefined }),
  isPrivate: fc.boolean(),
});

/** Bytes as text: a view equals no copy of it. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, part: unknown) => {
      if (typeof part === 'bigint') return `${part}`;
      return part instanceof Uint8Array ? Buffer.from(part).toString('latin1') : part;
    }),
  );
}

const LINKS = { user: 1, previousOfUser: 0, previousOfType: 0 };

describe('stored credentials', () => {
  it('are read as they were written', () => {
    fc.assert(
      fc.property(credentials, (value) => {
        const stored = new StoredCredentials(encodeCredentials(value));
        const { expiresAt, state, stateSince, token, tokenData } = value;
        const [hasToken, hasGrant] = [token.length > 0, tokenData !== undefined];
        expect(stored).toMatchObject({ expiresAt, state, stateSince, hasToken, hasGrant });
        expect(plain([stored.stateReason])).toEqual(plain([value.stateReason]));
        expect(plain(stored.decode())).toEqual(plain(value));
      }),
    );
  });
});

describe('a record without its secrets', () => {
  it('is the session but for its token, which nobody sees when the session is over', () => {
    fc.assert(
      fc.property(session, time, (value, now) => {
        const bodyFor = (rights: typeof NO_RIGHTS) =>
          read.session(sessionBody(new LogRecord(encodeSession(value, LINKS)), { rights, now }));
        const isOpen = value.state === 0 && value.expiresAt > now;
        expect(bodyFor(NO_RIGHTS)).toEqual({ ...bodyFor(OWNERS_RIGHTS), token: [] });
        const token = isOpen && value.token !== undefined ? [new TextDecoder().decode(value.token)] : [];
        expect(bodyFor(OWNERS_RIGHTS)?.token).toEqual(token);
      }),
    );
  });

  it('is the credentials but for their token and its data', () => {
    fc.assert(
      fc.property(credentials, (value) => {
        const bodyFor = ({ secrets }: typeof NO_RIGHTS) =>
          read.credentials(new StoredCredentials(encodeCredentials(value)).body(secrets));
        expect(bodyFor(NO_RIGHTS)).toEqual({ ...bodyFor(OWNERS_RIGHTS), token: '', token_data: [] });
      }),
    );
  });
});
