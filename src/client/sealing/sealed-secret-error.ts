import { VerificationFailedError } from '../errors.ts';

/**
 * Why a secret is not opened: its envelope is of no known form, for others, replaced while it was read, or not what was sealed for this place; its key is not the
 * recipient's; or it is in clear, and the client takes no such secret. `SealingOff`: it is not sent, since the service has its callers send it in clear.
 */
export type SealedSecretFault =
  | 'SealedSecretMalformed'
  | 'SealedSecretForOthers'
  | 'SealedSecretReplaced'
  | 'SealedSecretChanged'
  | 'OpeningKeyUntrusted'
  | 'SecretInClear'
  | 'SealingOff';

/** An envelope is not opened. It tells nothing of what is in it. */
export function sealedSecretError(
  code: SealedSecretFault,
  message: string,
  options: ErrorOptions = {},
): VerificationFailedError {
  return sealingError(code, `the sealed secret ${message}`, options);
}

/** What a client does not do, so that no secret is in clear where it should not be. */
export function sealingError(
  code: SealedSecretFault,
  message: string,
  options: ErrorOptions = {},
): VerificationFailedError {
  return new VerificationFailedError(message, { ...options, code });
}
