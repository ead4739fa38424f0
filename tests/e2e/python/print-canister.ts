/**
 * Prints the module of a canister of the network's tests in base64, for tests in Python: `counter`, or `sender` and the id in hexadecimal of the canister that
 * it sends to.
 */
import { COUNTER, sendingCanister } from '../../replica/support/plain-canisters.ts';

const [name, callee = ''] = process.argv.slice(2);
const wasm = name === 'counter' ? COUNTER : sendingCanister(new Uint8Array(Buffer.from(callee, 'hex')));
process.stdout.write(Buffer.from(wasm).toString('base64'));
