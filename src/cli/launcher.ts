import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Principal } from '@dfinity/principal';
import { Network } from '../replica/network.ts';
import { canisterIdOf, FIRST_ORDINARY_NUMBER } from '../replica/state/canister-ids.ts';
import { writeJson } from './files/write-json.ts';
import { interrupted } from './terminal/interrupted.ts';

/** The contract's version that is met here. */
const VERSION = '1';

/**
 * What `icp network start` runs in the place of its own launcher, where ICP_CLI_NETWORK_LAUNCHER_PATH names it: a network that
 * lives as long as this process, and a file that says where it is. Options that it does not know are let pass: newer versions
 * of icp have more.
 */
const { values } = parseArgs({
  options: {
    bind: { type: 'string', default: '127.0.0.1' },
    'gateway-port': { type: 'string', default: '0' },
    'status-dir': { type: 'string' },
  },
  strict: false,
});
const statusDirectory = values['status-dir'];
if (typeof statusDirectory !== 'string') throw new TypeError('--status-dir is missing');

const network = await Network.open();
const url = await network.listen({ host: String(values.bind), port: Number(values['gateway-port']) });
const status = {
  v: VERSION,
  gateway_port: Number(new URL(url).port),
  root_key: Buffer.from(network.rootKey).toString('hex'),
  default_effective_canister_id: Principal.fromUint8Array(canisterIdOf(FIRST_ORDINARY_NUMBER)).toText(),
};
writeJson(join(statusDirectory, 'status.json'), JSON.stringify(status));

await interrupted();
await network.close();
