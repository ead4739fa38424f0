import type { Identity } from '@dfinity/agent';
import type { NetworkFile } from '../../../src/cli/networks/network-file.ts';
import { AgentServiceClient } from '../../../src/client/index.ts';
import { RunningCommand } from '../support/command.ts';

/** The local network of a folder in a process of its own, once the service is on it. */
export async function start(folder: string, port: number): Promise<RunningCommand> {
  const command = new RunningCommand(['start', '--directory', folder, '--port', `${port}`]);
  await command.printed('Press Ctrl-C to stop');
  return command;
}

export async function clientOf(file: NetworkFile, identity: Identity): Promise<AgentServiceClient> {
  return AgentServiceClient.create({
    host: file.replica_url,
    canisterId: file.canister_id,
    identity,
    rootKey: new Uint8Array(Buffer.from(file.root_key, 'hex')),
  });
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
