import { blake2s } from '@noble/hashes/blake2';
import type { AgentServiceClient } from '../agent-service-client.ts';
import {
  AgentServiceError,
  ConflictError,
  ExpiredError,
  NotFoundError,
  UnauthorizedError,
} from '../errors.ts';
import { isSealed } from '../sealing/envelope.ts';
import type { SecretLocation } from '../sealing/secret-location.ts';
import type { AgentCredentials, SecretForm, UnsealedSecrets } from '../values/service-types.ts';

/** What the user reads of the lease. */
const PURPOSE = 'to seal what is stored';
/** A message of a user has 8 KiB. Two envelopes of together no more characters go out in one, each of several in its own. */
const TOGETHER = 6 * 1024;

/** What sealing again calls, of a client whose option `sealing` is `manual`. */
export type Resealer = Pick<
  AgentServiceClient,
  | 'beginTokenRefresh'
  | 'getAgentSession'
  | 'leaseAgentCredentials'
  | 'open'
  | 'resealCredentials'
  | 'resealSession'
  | 'seal'
>;

/** A secret as it is stored, and whether it has to be sealed. */
interface Stored {
  readonly text: string | undefined;
  readonly form: SecretForm | undefined;
}

/** A sealed secret, and the BLAKE2s digest of what it takes the place of. */
interface Replacement {
  readonly digest: Uint8Array;
  readonly sealed: string;
}

/**
 * Seals the secrets of an account or a session for today's recipients, if they are still there as they were. `client` has the policy `manual`. Where another one was
 * stored meanwhile, or rights have changed, it is done once more. Resolves with false where there is nothing to seal any more. Rejects as the service does, and with a `VerificationFailedError` where a secret that is sealed for
 * recipients of the past is not opened; of an account with two secrets, the other one is sealed all the same.
 */
export async function sealAgain(client: Resealer, secrets: UnsealedSecrets): Promise<boolean> {
  const work = secrets.sessionId === undefined ? sealAccount : sealSession;
  try {
    return await work(client, secrets, false);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return await work(client, secrets, true);
  }
}

async function sealAccount(client: Resealer, secrets: UnsealedSecrets, isRetry: boolean): Promise<boolean> {
  const { userId, agentType, account } = secrets;
  const of = { userId, agentType, account };
  const credentials = await storedIn(client, of);
  if (credentials === undefined) return false;
  const { token, tokenData } = credentials;
  const failures: AgentServiceError[] = [];
  const again = async (field: 'token' | 'token_data', stored: Stored) => {
    try {
      return await replacementOf(client, stored, { location: { ...of, field }, isRetry });
    } catch (error) {
      if (!(error instanceof AgentServiceError)) throw error;
      failures.push(error);
      return undefined;
    }
  };
  const newToken = await again('token', { text: token, form: secrets.token });
  const newTokenData = await again('token_data', { text: tokenData, form: secrets.tokenData });
  let isDone = false;
  for (const replacements of inMessages(newToken, newTokenData)) {
    if (await unlessGone(client.resealCredentials({ ...of, ...replacements }))) isDone = true;
  }
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  return isDone;
}

/** What is put in the place of what, message by message. */
function inMessages(newToken: Replacement | undefined, newTokenData: Replacement | undefined) {
  if (newToken === undefined || newTokenData === undefined) {
    return newToken === undefined && newTokenData === undefined ? [] : [{ newToken, newTokenData }];
  }
  return newToken.sealed.length + newTokenData.sealed.length <= TOGETHER
    ? [{ newToken, newTokenData }]
    : [{ newToken }, { newTokenData }];
}

async function sealSession(client: Resealer, secrets: UnsealedSecrets, isRetry: boolean): Promise<boolean> {
  const { userId, agentType, sessionId = '', token: form } = secrets;
  const session = await client.getAgentSession(sessionId);
  if (session?.isActive === true && session.token === undefined) {
    throw new UnauthorizedError('only the user and agents with credentials see its token');
  }
  const location = { userId, agentType, sessionId, field: 'session_token' } as const;
  const newToken = await replacementOf(client, { text: session?.token, form }, { location, isRetry });
  if (newToken === undefined) return false;
  return unlessGone(client.resealSession({ sessionId, newToken }));
}

/** The secrets of an account; undefined where there are none any more. Where the token has expired, the grant is what a refresh begins with. */
async function storedIn(
  client: Resealer,
  account: Pick<UnsealedSecrets, 'userId' | 'agentType' | 'account'>,
): Promise<AgentCredentials | undefined> {
  try {
    return (await client.leaseAgentCredentials({ ...account, purpose: PURPOSE })).credentials;
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    if (!(error instanceof ExpiredError)) throw error;
  }
  try {
    return (await client.beginTokenRefresh(account)).credentials;
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ExpiredError) return undefined;
    throw error;
  }
}

/** Undefined where there is nothing to seal. */
async function replacementOf(
  client: Resealer,
  { text, form }: Stored,
  { location, isRetry }: { readonly location: SecretLocation; readonly isRetry: boolean },
): Promise<Replacement | undefined> {
  if (text === undefined || text === '' || form === undefined || form === 'sealed') return undefined;
  // It was sealed meanwhile: by another client, or by a call of this one whose answer was lost.
  if (form === 'clear' && isSealed(text)) return undefined;
  const secret = await client.open(text, location);
  const sealed = await client.seal(secret, location, { isRetry });
  return { digest: blake2s(new TextEncoder().encode(text)), sealed };
}

/** Whether it was sealed: what went meanwhile needs no seal. */
async function unlessGone(work: Promise<void>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (!(error instanceof NotFoundError || error instanceof ExpiredError)) throw error;
    return false;
  }
}
