import { inspect } from 'node:util';
import { IDL } from '@dfinity/candid';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { describe, expect, it } from 'vitest';
import { ARGUMENT_NAMES } from '../../src/candid/argument-names.ts';
import { METHODS } from '../../src/client/calls/canister-calls.ts';
import { AgentServiceClient, AgentServiceError, InvalidArgumentError } from '../../src/client/index.ts';
import { identityFromPem } from '../../src/client/node.ts';
import { camelCase, toCandid } from '../../src/client/values/candid-values.ts';

const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
/** Values of each type of JavaScript; some are right for some arguments. */
const VALUES: readonly unknown[] = [
  SECRET,
  'github',
  7,
  -1,
  0.5,
  Number.NaN,
  7n,
  -1n,
  2n ** 64n,
  true,
  null,
  Symbol('s'),
  () => SECRET,
  new Date(Number.NaN),
  new Date(-1),
  [SECRET],
  [[SECRET]],
  new Uint8Array([1]),
  { nothing: SECRET },
  { refreshed: SECRET },
  Principal.anonymous(),
];

const options = {
  host: 'http://127.0.0.1:9',
  canisterId: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
  identity: Ed25519KeyIdentity.generate(),
};

/** What is thrown, which is to be an InvalidArgumentError without a secret or a stack in its message. */
async function refused(work: () => unknown): Promise<InvalidArgumentError> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  if (!(error instanceof InvalidArgumentError)) throw new Error('it was accepted');
  expect(error).toMatchObject({ kind: 'InvalidArgument', code: 'InvalidArgument', certified: false });
  expect(error.message.startsWith(error.field)).toBe(true);
  expect(error.message).not.toMatch(/\[object|undefined|\n| at .*:\d/);
  expect(error.message).not.toContain(SECRET);
  return error;
}

/** What a wrong value's error has to say is allowed. */
const ALLOWED = /must be|is no argument|there are none|takes an object/;

describe('first contact: a wrong argument of the TypeScript client', () => {
  for (const [name, method] of METHODS) {
    if (/^icrc|^http/.test(name)) continue;
    it(`of ${name} is named, whatever is given`, async () => {
      let count = 0;
      for (const [i, type] of method.argTypes.entries()) {
        const path = ARGUMENT_NAMES[name]?.[i] ?? '';
        for (const value of VALUES) {
          const place = { method: name, path };
          let isRefused = false;
          try {
            toCandid(type, value, place);
          } catch {
            isRefused = true;
          }
          if (!isRefused) continue;
          const { message, field } = await refused(() => toCandid(type, value, place));
          expect(message, inspect(value)).toMatch(ALLOWED);
          if (path !== '') expect(field).toBe(path);
          count++;
        }
        if (!(type instanceof IDL.RecordClass)) continue;
        for (const [field, inner] of type._fields) {
          for (const value of VALUES) {
            const record = { [camelCase(field)]: value };
            let isRefused = false;
            try {
              toCandid(inner, value, { method: name, path: field });
            } catch {
              isRefused = true;
            }
            if (!isRefused) continue;
            const error = await refused(() =>
              toCandid(IDL.Record({ [field]: inner }), record, { method: name, path: '' }),
            );
            expect(error.field).toBe(field);
            expect(error.message, inspect(value)).toMatch(ALLOWED);
            count++;
          }
        }
      }
      if (method.argTypes.length > 0) expect(count).toBeGreaterThan(0);
    });
  }

  it('is named by every method of the client, before anything is sent', async () => {
    const client = await AgentServiceClient.create(options);
    const classes = [
      AgentServiceClient,
      Object.getPrototypeOf(AgentServiceClient),
    ] as (typeof AgentServiceClient)[];
    const names = classes.flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype));
    const methods = names.filter(
      (name) =>
        !/^(constructor|canisterId|close|each.*|cleanup.*|list(Agents|Admins|MyUsers|ServiceLimits|Tasks)|getSettings|getAuditTip)$/.test(
          name,
        ),
    );
    expect(methods.length).toBeGreaterThan(45);
    for (const name of methods) {
      const call = (client as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
      await refused(() => call?.call(client, { misspelt: SECRET }, SECRET));
    }
    for (const name of ['eachSession', 'eachInteraction', 'eachActivity', 'eachEvent']) {
      const each = (client as unknown as Record<string, (request: unknown) => AsyncGenerator>)[name];
      await refused(() => each?.call(client, { misspelt: SECRET, userId: 'a', after: 0n }).next());
    }
  });

  const ROWS: readonly [what: string, request: object, message: RegExp][] = [
    [
      'an agent type in small letters',
      { userId: 'a', agentType: 'github' },
      /^agent_type must be one of GitHub, .*'github'/,
    ],
    ['a token in the place of the type', { userId: 'a', agentType: SECRET }, /^agent_type must be one of/],
    [
      'a misspelt name',
      { userId: 'a', agentType: 'GitHub', projectid: 'p' },
      /^projectid is no argument of create_agent_session; these are: userId, agentType, token, projectId/,
    ],
    ['a name of the interface', { user_id: 'a', agentType: 'GitHub' }, /^user_id is no argument .* userId/],
    ['nothing for the user', { agentType: 'GitHub' }, /^user_id must be a string, and is missing/],
  ];
  it.each(ROWS)('%s is told with what is allowed', async (_what, request, message) => {
    const client = await AgentServiceClient.create(options);
    expect((await refused(() => client.createAgentSession(request as never))).message).toMatch(message);
  });

  it.each([
    Date.now(),
    BigInt(Date.now()),
    Math.floor(Date.now() / 1000),
    BigInt(Date.now()) * 1000n,
    '2026-12-31',
  ])('a time of %s is told with its units', async (expiresAt) => {
    const client = await AgentServiceClient.create(options);
    const request = { userId: 'a', agentType: 'GitHub', token: 't', expiresAt } as never;
    for (const call of [
      () => client.storeAgentCredentials(request),
      () => client.storeCredentials(request),
    ]) {
      const { message } = await refused(call);
      expect(message).toMatch(/^expires_at must be a Date, or a bigint of nanoseconds since 1970/);
    }
  });

  it('is none where it is a Date', () => {
    const type = METHODS.get('store_credentials')?.argTypes[0];
    const request = { userId: 'a', agentType: 'GitHub', token: 't', expiresAt: new Date(1_800_000_000_000) };
    expect(toCandid(type!, request)).toMatchObject({ expires_at: [1_800_000_000_000_000_000n] });
  });
});

describe('first contact: a wrong option of the TypeScript client', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';
  const ROWS: readonly [option: string, values: readonly unknown[]][] = [
    ['host', ['127.0.0.1:4943', 'mars', 7, null, `ftp://${SECRET}`]],
    ['canisterId', ['hello', SECRET, 7, null, undefined, {}]],
    ['identity', ['/path/agent.pem', pem, undefined, {}, 7]],
    ['rootKey', ['308182', new Uint8Array(133), new Uint8Array(), [1], 7, null]],
    ['local', ['yes', 1, null]],
    ['timeout', [5]],
  ];
  it.each(ROWS)('%s is named', async (option, values) => {
    for (const value of values) {
      const create = () => AgentServiceClient.create({ ...options, [option]: value });
      const { field, message } = await refused(create);
      expect(field).toBe(option);
      expect(message).toMatch(/must be|is no option/);
      expect(message).not.toContain('c2VjcmV0');
    }
  });

  it('is told where there are no options', async () => {
    for (const value of [undefined, null, 'x', 7]) {
      expect((await refused(() => AgentServiceClient.create(value as never))).message).toMatch(
        /^options must be an object with host/,
      );
    }
  });

  it('as a key that is none is refused without being shown', async () => {
    for (const text of [pem, SECRET, '']) {
      const error: unknown = await identityFromPem(text).catch((thrown: unknown) => thrown);
      expect(String(error)).toMatch(/no private key in PEM/);
      expect(inspect(error)).not.toMatch(/c2VjcmV0|gho_/);
    }
  });
});

describe('an error of the TypeScript client', () => {
  it('is an AgentServiceError where the key of a local network cannot be fetched', async () => {
    const error: unknown = await AgentServiceClient.create({ ...options, local: true }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(AgentServiceError);
    expect(error).toMatchObject({ kind: 'NetworkError', code: 'not_reached', certified: false });
  });
});
