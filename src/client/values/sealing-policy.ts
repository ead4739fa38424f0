/**
 * What a client does about sealed secrets. `auto` seals what it sends, unless the service's mode is `off`, and opens what it reads. `require` does the same, and sends and
 * returns no secret in clear. `manual` passes secrets on as they are, in both directions.
 */
export const SEALING_POLICIES = ['auto', 'require', 'manual'] as const;

export type SealingPolicy = (typeof SEALING_POLICIES)[number];
