/**
 * Builds the dapp into dist/dashboard, unless nothing that it is made of changed since; and for an assets canister beside the service on
 * the Internet Computer its config.json, with the id that dfx or canister_ids.json has.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDashboard, ROOT } from './prepare.mjs';

buildDashboard();

const ids = join(ROOT, 'canister_ids.json');
const known = existsSync(ids) ? JSON.parse(readFileSync(ids, 'utf8')).agent_service?.ic : undefined;
const canisterId = process.env.CANISTER_ID_AGENT_SERVICE ?? known;
if (canisterId === undefined) {
  console.log('Not deployed to the Internet Computer yet: no config.json for an assets canister.');
} else {
  const config = `${JSON.stringify({ canister_id: canisterId })}\n`;
  writeFileSync(join(ROOT, 'dist/dashboard/config.json'), config);
}
