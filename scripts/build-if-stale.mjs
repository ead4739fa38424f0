/** Builds the canister unless it is of today's sources: before programs that run the built one. */
import { buildCanister } from './prepare.mjs';

buildCanister();
