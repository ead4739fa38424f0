/** Before any test of vitest: many run the built canister, which has to be the one of today's sources. */
export { buildCanister as setup } from './prepare.mjs';
