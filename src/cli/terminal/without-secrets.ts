/** The text of a key, and what only tokens and keys look like: letters and digits without a break. */
const SECRETS = /-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)|(?=\w*\d)(?=\w*[A-Za-z])[\w+=]{24,}/g;

/** A message to people without what may be a token or a key that was given in the place of something else. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRETS, '(not shown)');
}
