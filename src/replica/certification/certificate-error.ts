/** Why a certificate, or a canister signature that has one, cannot be trusted. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}
