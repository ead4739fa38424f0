import { blake2s } from '@noble/hashes/blake2';
import { ConflictError, ExpiredError, NotFoundError, UnauthorizedError } from '../../client/errors.ts';
import type { AgentServiceClient, SecretLocation } from '../../client/index.ts';
import type { AgentCredentials, SecretForm, UnsealedSecrets } from '../../client/values/service-types.ts';

/** What the user reads of the lease. */
const PURPOSE = 'to seal what is stored';

type Client = Pick<
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

/**
 * Seals the secrets of an account or a session for today's recipients, if they are still there as they were. `client` has the policy `manual`. Where another one was
 * stored meanwhile, or rights have changed, it is done once more. Resolves with false where there is nothing to seal any more. Rejects as the service does, and with a `VerificationFailedError` where a secret that is sealed for
 * recipients of the past is not opened.
 */
export async function sealAgain(client: Client, secrets: UnsealedSecrets): Promise<boolean> {
  const work = secrets.sessionId === undefined ? sealAccount : sealSession;
  try {
    return await work(client, secrets, false);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    return await work(client, secrets, true);
  }
}

async function sealAccount(client: Client, secrets: UnsealedSecrets, isRetry: boolean): Promise<boolean> {
  const { userId, agentType, account } = secrets;
  const of = { userId, agentType, account };
  const credentials = await storedIn(client, of);
  if (credentials === undefined) return false;
  const { token, tokenData } = credentials;
  const again = (field: 'token' | 'token_data', stored: Stored) =>
    replacementOf(client, stored, { location: { ...of, field }, isRetry });
  const newToken = await again('token', { text: token, form: secrets.token });
  const newTokenData = await again('token_data', { text: tokenData, form: secrets.tokenData });
  if (newToken === undefined && newTokenData === undefined) return false;
  return unlessGone(client.resealCredentials({ ...of, newToken, newTokenData }));
}

async function sealSession(client: Client, secrets: UnsealedSecrets, isRetry: boolean): Promise<boolean> {
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
  client: Client,
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
  client: Client,
  { text, form }: Stored,
  { location, isRetry }: { readonly location: SecretLocation; readonly isRetry: boolean },
) {
  if (text === undefined || text === '' || form === undefined || form === 'sealed') return undefined;
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
