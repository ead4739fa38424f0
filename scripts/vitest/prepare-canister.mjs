import { buildCanister } from '../prepare.mjs';

/** Before tests that run the built canister: it has to be the one of today's sources. */
export function setup() {
  buildCanister();
}
