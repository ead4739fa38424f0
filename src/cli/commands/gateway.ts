import { resolve } from 'node:path';
import type { Command } from 'commander';
import { keysIn } from '../gateway/api-keys.ts';
import { addGatewayOptions, type GatewaySettings, gatewaySettings } from '../gateway/gateway-options.ts';
import { listenOnFreePort } from '../listening/free-port.ts';
import { GATEWAY_PORT } from '../listening/ports.ts';
import { readAddress } from '../options/read-place.ts';
import { readPort } from '../options/read-port.ts';
import { addSealingOption, addServiceOptions } from '../options/service-options.ts';
import { findService, type ServiceOptions } from '../service/service-place.ts';
import { CommandError } from '../terminal/command-error.ts';
import { interrupted } from '../terminal/interrupted.ts';

interface GatewayCommandOptions extends ServiceOptions, GatewaySettings {
  readonly host: string;
  readonly port: number;
}

/** `gateway`: the HTTP gateway alone, in front of a service that runs elsewhere. Logs to the standard output. */
export function addGatewayCommand(program: Command): void {
  const command = addSealingOption(addServiceOptions(program.command('gateway')))
    .description('serve a deployed service over HTTP, events and MCP; Ctrl-C stops it')
    .option('--host <address>', 'address to listen on', readAddress, '127.0.0.1')
    .option('--port <number>', 'port to listen on, 0 for any', readPort, GATEWAY_PORT)
    .action(serve);
  addGatewayOptions(command);
}

async function serve({ host, port, ...options }: GatewayCommandOptions): Promise<void> {
  const directory = resolve(options.directory);
  // Loaded here, so that the other commands begin sooner.
  const { createGateway } = await import('../../gateway/gateway.ts');
  const gateway = await createGateway({
    ...findService({ ...options, directory }),
    ...gatewaySettings(options),
    keys: keysIn(directory),
    log: { level: 'info', stream: process.stdout },
  }).catch((error: unknown) => {
    // Settings that do not go together.
    throw error instanceof RangeError ? new CommandError(error.message) : error;
  });
  // Where it listens is in the log.
  await listenOnFreePort((free) => gateway.listen({ host, port: free }), { host, port, exact: true });
  await interrupted();
  await gateway.close();
}
