import { setTimeout as delay } from 'node:timers/promises';
import { type LocalState, localState, whyNotRunning } from '../networks/local-state.ts';
import type { NetworkFile } from '../networks/network-file.ts';
import { CommandError } from '../terminal/command-error.ts';

const LOOK_MS = 100;
const ANSWER_MS = 2_000;

/** A local network that answers, and its process. */
export interface AnsweringNetwork {
  readonly pid: number;
  readonly file: NetworkFile;
}

/**
 * The local network of a folder, which answers; waits until one does for so many ms. Throws a `CommandError` that says why none does.
 */
export async function answeringNetwork(directory: string, waitMs = 0): Promise<AnsweringNetwork> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    const found = localState(directory);
    const answers = found.state === 'running' && (await allAnswer(found.file));
    if (answers) return found;
    if (performance.now() >= deadline) throw new CommandError(whyNone(directory, found));
    await delay(LOOK_MS);
  }
}

function whyNone(directory: string, found: LocalState): string {
  if (found.state !== 'running') return whyNotRunning(directory, found);
  return `The local network of ${directory} does not answer at ${found.file.replica_url}, though its process ${found.pid} runs.`;
}

/** Whether everything that network.json tells of answers. */
async function allAnswer({ replica_url, gateway_url, dashboard_url }: NetworkFile): Promise<boolean> {
  const urls = [
    new URL('/api/v2/status', replica_url),
    ...(gateway_url === undefined ? [] : [new URL('/healthz', gateway_url)]),
    ...(dashboard_url === undefined ? [] : [new URL(dashboard_url)]),
  ];
  return (await Promise.all(urls.map(answers))).every(Boolean);
}

async function answers(url: URL): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
