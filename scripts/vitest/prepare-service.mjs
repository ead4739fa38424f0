import { chromiumPath } from '../chromium.mjs';
import { buildCanister, buildDashboard } from '../prepare.mjs';

/** Before tests that start the whole service as a user does: canister and dapp have to be those of today's sources; one opens a browser. */
export async function setup(project) {
  buildCanister();
  buildDashboard();
  project.provide('chromium', await chromiumPath());
}
