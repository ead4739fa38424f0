import type { Principal } from '@dfinity/principal';
import { METHODS, type ServiceCalls } from '../calls/canister-calls.ts';
import { ConflictError, InvalidArgumentError } from '../errors.ts';
import { checkTexts } from '../values/texts.ts';
import { checkGrant } from './check-grant.ts';
import { isSealed } from './envelope.ts';
import { SealedRequests } from './sealed-requests.ts';
import { sealingError } from './sealed-secret-error.ts';
import { placeOf, type SecretLocation } from './secret-location.ts';
import { SENDING, type SendingMethod } from './secret-methods.ts';
import { SECRET_FIELDS, type SecretField } from './secret-place.ts';
import type { ServiceSecrets } from './service-secrets.ts';
import type { SessionOwner, SessionPlaces } from './session-places.ts';
import { agentTypeAt, textAt, type WirePath, withTextAt } from './wire-values.ts';

interface SentSecretsParts {
  readonly calls: ServiceCalls;
  readonly secrets: ServiceSecrets;
  readonly sessions: SessionPlaces;
}

/** A secret in clear among the arguments of a call. */
interface ClearSecret {
  readonly field: SecretField;
  readonly path: WirePath;
  readonly secret: string;
}

type Whose = Omit<SecretLocation, 'field'>;

/** Seals the secrets of calls before they are sent. */
export class SentSecrets {
  readonly #parts: SentSecretsParts;
  readonly #requests = new SealedRequests();

  constructor(parts: SentSecretsParts) {
    this.#parts = parts;
  }

  /**
   * Makes a call with its secrets sealed; those that are envelopes go out as they are. Sealed once, so that whatever sends the call again sends the same. Where rights
   * have changed meanwhile, the service stores nothing, and the call is made once more with the secrets sealed for its recipients of today.
   */
  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    const method = SENDING[name];
    if (method === undefined) return this.#parts.calls.call(name, args);
    const answer = await this.#callSealed(name, method, args);
    if (method.beginsSession === true && typeof answer === 'string') {
      this.#parts.sessions.remember(answer, ownerAt(method, args));
    }
    return answer;
  }

  clear(): void {
    this.#requests.clear();
  }

  async #callSealed(name: string, method: SendingMethod, args: readonly unknown[]): Promise<unknown> {
    const { calls, secrets } = this.#parts;
    const inClear = clearSecrets(method, args);
    if (inClear.length === 0) return calls.call(name, args);
    checkSecrets(name, args, inClear);
    const whose = await this.#whose(method, args);
    const requestId = method.requestId && textAt(args, method.requestId);
    const seal = (isAgain: boolean) => this.#sealed(args, inClear, { whose, requestId, isAgain });
    try {
      return await calls.call(name, await seal(false));
    } catch (error) {
      if (!hasToBeSealedAgain(error)) throw error;
      secrets.recipients.forget(whose);
      return calls.call(name, await seal(true));
    }
  }

  async #whose({ place }: SendingMethod, args: readonly unknown[]): Promise<Whose> {
    if ('sessionId' in place) return this.#parts.sessions.of(textAt(args, place.sessionId) ?? '');
    const account = place.account && textAt(args, place.account);
    return { ...ownerAt({ place }, args), account };
  }

  /** The arguments with each secret in clear sealed, or as they are where the service's mode is `off`. */
  async #sealed(
    args: readonly unknown[],
    inClear: readonly ClearSecret[],
    call: { readonly whose: Whose; readonly requestId: string | undefined; readonly isAgain: boolean },
  ): Promise<readonly unknown[]> {
    const { secrets } = this.#parts;
    if ((await secrets.recipients.of(call.whose)).isOff) {
      if (secrets.policy === 'require') throw sealingIsOff();
      return args;
    }
    let sealed: unknown = args;
    for (const each of inClear) sealed = withTextAt(sealed, each.path, await this.#envelopeOf(each, call));
    return sealed as readonly unknown[];
  }

  async #envelopeOf(
    { field, secret }: ClearSecret,
    {
      whose,
      requestId,
      isAgain,
    }: { readonly whose: Whose; readonly requestId: string | undefined; readonly isAgain: boolean },
  ): Promise<string> {
    const location = { ...whose, field };
    const place = placeOf(this.#canisterId, location);
    const request = requestId === undefined ? undefined : { requestId, place, secret };
    const before = request === undefined || isAgain ? undefined : await this.#requests.find(request);
    if (before !== undefined) return before;
    const sealed = await this.#parts.secrets.seal(secret, location);
    if (request !== undefined) await this.#requests.remember(request, sealed);
    return sealed;
  }

  get #canisterId(): Principal {
    return this.#parts.calls.canisterId;
  }
}

/** The service refuses a text without a character by itself, in the words that callers know. */
function clearSecrets({ secrets }: SendingMethod, args: readonly unknown[]): readonly ClearSecret[] {
  return SECRET_FIELDS.flatMap((field) => {
    const path = secrets[field];
    const secret = path && textAt(args, path);
    if (path === undefined || secret === undefined || secret === '' || isSealed(secret)) return [];
    return [{ field, path, secret }];
  });
}

/** What nobody could find out about a sealed secret: throws an `InvalidArgumentError` for half of a character, and for a grant that is no JSON. */
function checkSecrets(name: string, args: readonly unknown[], secrets: readonly ClearSecret[]): void {
  const type = METHODS.get(name);
  if (type !== undefined) checkTexts(name, type, args);
  for (const { field, secret } of secrets) if (field === 'token_data') checkGrant(secret);
}

function ownerAt({ place }: Pick<SendingMethod, 'place'>, args: readonly unknown[]): SessionOwner {
  if (!('userId' in place)) throw new TypeError('the session is known by its id');
  return { userId: textAt(args, place.userId) ?? '', agentType: agentTypeAt(args, place.agentType) };
}

/** Whether the service refused a secret for whom it is sealed for, or for being in clear. */
function hasToBeSealedAgain(error: unknown): boolean {
  if (error instanceof ConflictError) return / is sealed for .* and has to be for /.test(error.message);
  return error instanceof InvalidArgumentError && error.certified && / must be sealed: /.test(error.message);
}

function sealingIsOff(): Error {
  return sealingError(
    'SealingOff',
    "nothing was sent: sealing is off for this service, and this client sends no secret in clear; an admin can set the service's mode to accept",
  );
}
