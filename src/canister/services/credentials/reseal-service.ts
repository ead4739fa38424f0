import { encodeUtf8, sameBytes, type Text } from '../../codec/index.ts';
import type { Rights } from '../../models/access/rights.ts';
import { invalidArgument, notFound, Refusal } from '../../models/agent-error.ts';
import { agentTypes } from '../../models/agent-type.ts';
import { holdsSecrets } from '../../models/credentials/credential-state.ts';
import type { Credentials } from '../../models/credentials/credentials.ts';
import type { SecretField } from '../../models/sealing/envelope.ts';
import { secretDigest } from '../../models/sealing/secret-digest.ts';
import type { Caller } from '../../policy/access/caller.ts';
import { roomInReserve } from '../../policy/limits/quotas.ts';
import { checkUserId } from '../../policy/validation/validation.ts';
import type { Store } from '../../storage/store.ts';
import { type CheckedSecret, type SecretCheck, sealedForm } from '../sealing/secret-check.ts';
import type { SessionService } from '../sessions/session-service.ts';
import type { UserHeads } from '../user-heads.ts';
import { type Account, checkAccount, getAccount } from './account.ts';
import type { CredentialEvent, CredentialWriter } from './credential-writer.ts';
import { checkPrivacy } from './token-service.ts';

/** A sealed secret, and the digest of what it takes the place of. */
export interface SecretReplacement {
  readonly digest: Uint8Array;
  readonly sealed: Text;
}

interface ResealServiceParts {
  readonly store: Store;
  readonly heads: UserHeads;
  readonly writer: CredentialWriter;
  readonly secrets: SecretCheck;
  readonly sessions: SessionService;
}

const DIGEST_BYTES = 32;

const RESEALED: CredentialEvent = { activityType: 'TokenSealed', description: encodeUtf8('Token sealed') };

/** Seals what is stored: puts a sealed secret in the place of the same one, if that is still there. */
export class ResealService {
  readonly #parts: ResealServiceParts;

  constructor(parts: ResealServiceParts) {
    this.#parts = parts;
  }

  /** Of an account. Nothing else of it changes, and a refresh that is under way goes on. */
  credentials(
    args: Account & {
      readonly new_token: SecretReplacement | undefined;
      readonly new_token_data: SecretReplacement | undefined;
    },
    call: Caller,
    rights: Rights,
  ): void {
    checkUserId('user_id', args.user_id);
    checkAccount(args);
    if (args.new_token === undefined && args.new_token_data === undefined)
      throw invalidArgument('new_token', 'must be there, or new_token_data');
    const checked = [
      checkReplacement('token', 'new_token', args.new_token),
      checkReplacement('token_data', 'new_token_data', args.new_token_data),
    ].filter((secret) => secret !== undefined);
    const { head, place, stored } = getAccount(this.#parts, args);
    if (!holdsSecrets(stored)) throw notFound();
    checkPrivacy(stored, rights);
    const { isPrivate } = stored;
    const typeCode = agentTypes.codeOf(args.agent_type);
    this.#parts.secrets.recipients(checked, { user: head.user, typeCode, isPrivate }, call.now);
    const before = stored.decode();
    checkSame('token', args.new_token, before.token);
    checkSame('token_data', args.new_token_data, before.tokenData);
    this.#parts.heads.checkRoom(head, call, roomInReserve);
    const after: Credentials = {
      ...before,
      token: args.new_token?.sealed.utf8 ?? before.token,
      tokenData: args.new_token_data?.sealed.utf8 ?? before.tokenData,
    };
    this.#parts.writer.write(head, { place, after, events: [RESEALED] }, call);
  }

  /** Of the token of an open session. */
  session(
    args: { readonly session_id: Text; readonly new_token: SecretReplacement },
    call: Caller,
    rights: Rights,
  ): void {
    checkReplacement('session_token', 'new_token', args.new_token);
    const { sealed } = args.new_token;
    this.#parts.sessions.reseal(args.session_id, { sealed, rights }, call, (token) =>
      checkSame('token', args.new_token, token),
    );
  }
}

/** Throws InvalidArgument; undefined where there is none. */
function checkReplacement(
  field: SecretField,
  argument: string,
  replacement: SecretReplacement | undefined,
): CheckedSecret | undefined {
  if (replacement === undefined) return undefined;
  const { length } = replacement.digest;
  if (length !== DIGEST_BYTES)
    throw invalidArgument(`${argument}.digest`, `must be ${DIGEST_BYTES} bytes long, is ${length}`);
  return { argument, envelope: sealedForm(field, `${argument}.sealed`, replacement.sealed) };
}

/** Throws NotFound where there is no such secret, and Conflict where it is another one. */
function checkSame(
  argument: string,
  replacement: SecretReplacement | undefined,
  stored: Uint8Array | undefined,
): void {
  if (replacement === undefined) return;
  if (stored === undefined || stored.length === 0) throw notFound();
  if (sameBytes(secretDigest(stored), replacement.digest)) return;
  throw new Refusal({
    kind: 'Conflict',
    message: `${argument} is another one than the digest is of: nothing was stored; read it again`,
  });
}
