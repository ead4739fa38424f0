import { codedEnumeration } from '../coded-enumeration.ts';

/** Whether secrets are sealed: clients do not seal; clients seal, and secrets in clear are taken; secrets in clear are refused. Codes are stored. */
export const sealingModes = codedEnumeration(['off', 'accept', 'require']);
export type SealingMode = (typeof sealingModes.names)[number];
