import { chromiumPath } from '../chromium.mjs';
import { buildCanister, buildDashboard } from '../prepare.mjs';

/** Before tests that start the service as a user does or open the dapp: both have to be those of today's sources, and there has to be a browser. */
export async function setup(project) {
  buildCanister();
  buildDashboard();
  project.provide('chromium', await chromiumPath());
}
