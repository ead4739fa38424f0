import { chromiumPath } from './chromium.mjs';
import { buildCanister, buildDashboard } from './prepare.mjs';

/** Before any test of vitest: many run the built canister or the built dapp, which have to be those of today's sources, and some a browser. */
export async function setup(project) {
  buildCanister();
  buildDashboard();
  project.provide('chromium', await chromiumPath());
}
