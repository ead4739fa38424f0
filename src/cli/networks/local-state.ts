import { join } from 'node:path';
import { ownerOf } from '../../replica/state-folder/checkpoint/directory-lock.ts';
import { START } from '../files/project.ts';
import { CommandError } from '../terminal/command-error.ts';
import { type NetworkFile, networkFilePath, readNetworkFile } from './network-file.ts';

/** Whether a folder's local network runs: by the process that has its state, so that neither a file that was left nor a reused process id counts. */
export type LocalState =
  | { readonly state: 'running'; readonly pid: number; readonly file: NetworkFile }
  /** A process has the folder, and has not written network.json yet, or has removed it. */
  | { readonly state: 'busy'; readonly pid: number }
  /** `left` is what a process wrote that ended without removing it. */
  | { readonly state: 'stopped'; readonly left?: NetworkFile };

/** The state of the local network in a folder. */
export function localState(directory: string): LocalState {
  const pid = ownerOf(join(directory, 'state'));
  const file = readNetworkFile(directory);
  if (pid === undefined) return { state: 'stopped', ...(file && { left: file }) };
  return file !== undefined && (file.pid ?? pid) === pid
    ? { state: 'running', pid, file }
    : { state: 'busy', pid };
}

/** What the local network of a folder wrote. Throws a `CommandError` that says what to do where it does not run. */
export function localNetworkFile(directory: string): NetworkFile {
  const found = localState(directory);
  if (found.state === 'running') return found.file;
  throw new CommandError(whyNotRunning(directory, found));
}

/** Why nothing can be asked, and what to do. */
export function whyNotRunning(
  directory: string,
  found: Exclude<LocalState, { readonly state: 'running' }>,
): string {
  if (found.state === 'busy') {
    return `The local network of ${directory} is starting or stopping (process ${found.pid}). "agent-service status --wait" waits until it answers.`;
  }
  const { left } = found;
  if (left === undefined) {
    return `There is no local network yet in ${directory}. Start it with "${START}" in another terminal.`;
  }
  const writer = left.pid === undefined ? 'the process' : `process ${left.pid}`;
  return `The local network of ${directory} is not running: ${writer} that wrote ${networkFilePath(directory)} is gone. Start it again with "${START}"; its data is there.`;
}
