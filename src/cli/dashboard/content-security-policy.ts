/**
 * The Content-Security-Policy of the dapp: what it loads comes from beside its page, and it talks to the network alone. Signing in
 * opens the provider in a window of its own, which needs no permission.
 */
export function contentSecurityPolicy(network: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src 'self' ${network}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
