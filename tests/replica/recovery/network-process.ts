import { Network } from '../../../src/replica/network.ts';
import { describeRecovery } from '../../../src/replica/recovery.ts';

/** A network of the folder that it is told, in a process of its own, to be killed. Prints what it recovered and its URL. */
const [, , directory = ''] = process.argv;
const network = await Network.open({ directory });
if (network.recovery !== undefined) console.log(describeRecovery(network.recovery) ?? 'Recovered nothing');
console.log(await network.listen({ port: 0 }));
