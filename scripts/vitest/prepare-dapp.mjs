import { chromiumPath } from '../chromium.mjs';
import { buildCanister, buildDashboard } from '../prepare.mjs';

/** Before tests that open the built dapp in a browser. */
export async function setup(project) {
  buildCanister();
  buildDashboard();
  project.provide('chromium', await chromiumPath());
}
