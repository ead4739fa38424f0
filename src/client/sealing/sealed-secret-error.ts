import { VerificationFailedError } from '../errors.ts';

/**
 * Why a secret is not opened: its envelope is of no known form, for others, replaced while it was read, or not what was sealed for this place; its key is not the
 * recipient's; or it is in clear, and the client takes no such secret. `SealingOff`: it is not sent, since the service has its callers send it in clear.
 */
export const SEALED_SECRET_FAULTS = [
  'SealedSecretForOthers',
  'SealedSecretReplaced',
  'SealedSecretChanged',
  'SealedSecretMalformed',
  'OpeningKeyUntrusted',
  'SecretInClear',
  'SealingOff',
] as const;

export type SealedSecretFault = (typeof SEALED_SECRET_FAULTS)[number];

/** The fault of an error; undefined where it is another one. */
export function sealedSecretFault(error: unknown): SealedSecretFault | undefined {
  if (!(error instanceof VerificationFailedError)) return undefined;
  return SEALED_SECRET_FAULTS.find((fault) => fault === error.code);
}

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
