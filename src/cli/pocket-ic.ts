import { once } from 'node:events';
import { Command, InvalidArgumentError } from 'commander';
import { lifetimeOver } from '../replica/pocket-ic/lifetime.ts';
import { PortFile } from '../replica/pocket-ic/port-file.ts';
import { createPocketIcServer } from '../replica/pocket-ic/server.ts';

/** The version whose protocol this speaks; clients look at it before they use a server. */
const VERSION = '16.1.0';
const SIGNALS = ['SIGINT', 'SIGTERM'];
const LONGEST_SECONDS = 2_000_000;

interface Options {
  readonly ipAddr: string;
  readonly port: number;
  readonly portFile?: string;
  readonly ttl: number;
  readonly hardTtl?: number;
}

const options = new Command('pocket-ic')
  .description('A local Internet Computer for tests, behind the REST protocol of PocketIC.')
  .version(`pocket-ic-server ${VERSION}`)
  .option('-i, --ip-addr <address>', 'where to listen', '127.0.0.1')
  .option('-p, --port <port>', 'the port; any that is free unless told', natural(65_535), 0)
  .option(
    '--port-file <path>',
    'a file to write the port to; a server that it names already is left to serve',
  )
  .option('-t, --ttl <seconds>', 'ends so long after the last request', natural(LONGEST_SECONDS), 60)
  .option('--hard-ttl <seconds>', 'ends so long after the start', natural(LONGEST_SECONDS))
  .option('-l, --log-levels <levels>', 'taken, and without effect: there is no log')
  .parse()
  .opts<Options>();

const portFile = options.portFile === undefined ? undefined : new PortFile(options.portFile);
if ((await portFile?.isTaken(options.ipAddr)) !== true) await serve(options, portFile);

async function serve({ ipAddr, port, ttl, hardTtl }: Options, file: PortFile | undefined): Promise<void> {
  file?.claim();
  const app = createPocketIcServer();
  try {
    await app.listen({ host: ipAddr, port });
    const address = app.server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    file?.write(bound);
    console.log(`The PocketIC server is listening on port ${bound}`);
    await Promise.race([lifetimeOver(app, { ttl, hardTtl }), ...SIGNALS.map((name) => once(process, name))]);
  } finally {
    file?.remove();
    await app.close();
  }
}

function natural(largest: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= largest) return value;
    throw new InvalidArgumentError(`It must be a number from 0 to ${largest}.`);
  };
}
