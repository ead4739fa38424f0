import { VerificationFailedError } from '../errors.ts';

/** Why an envelope is not opened: of no known form, for others, or not what was sealed for this place. */
export type SealedSecretFault = 'SealedSecretMalformed' | 'SealedSecretForOthers' | 'SealedSecretChanged';

/** An envelope is not opened. It tells nothing of what is in it. */
export function sealedSecretError(
  code: SealedSecretFault,
  message: string,
  options: ErrorOptions = {},
): VerificationFailedError {
  return new VerificationFailedError(`the sealed secret ${message}`, { ...options, code });
}
