/** All that computes with keys of the network: imported once a secret is sealed or opened, since it is much code for a page that does neither. */
export { masterKeyOf } from './master-keys.ts';
export { openSecret } from './open-secret.ts';
export { OpeningKeys } from './opening-keys.ts';
export { sealSecret } from './seal-secret.ts';
export { sealingKey } from './sealing-key.ts';
