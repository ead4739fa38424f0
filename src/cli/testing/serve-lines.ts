import { createInterface } from 'node:readline';
import type { TestNetwork } from './test-network.ts';

/** A line that asks for something: JSON, whose id its answer has. */
interface Request {
  readonly id: number;
  readonly do: string;
  readonly fork?: number;
  readonly ns?: string;
}

type Action = (network: TestNetwork, request: Request) => Promise<object>;

const ACTIONS: Readonly<Record<string, Action>> = {
  fork: (network, { fork }) => network.fork(fork),
  gateway: async (network, { fork = 0 }) => ({ url: await network.gateway(fork) }),
  advance: async (network, { fork = 0, ns = '' }) => {
    await network.advance(fork, BigInt(ns));
    return {};
  },
  close: async (network, { fork = 0 }) => {
    await network.close(fork);
    return {};
  },
};

/**
 * Does what lines ask for, and answers each with a line: `{"id":1,"ok":…}` or `{"id":1,"error":"…"}`. The first line that is written, `{"ready":…}`, has the
 * facts of the network. Resolves when there are no more lines, as when the process that wrote them is no more.
 */
export async function serveLines(
  network: TestNetwork,
  { input, write }: { readonly input: NodeJS.ReadableStream; readonly write: (line: string) => void },
): Promise<void> {
  const tell = (answer: object) => write(`${JSON.stringify(answer)}\n`);
  tell({ ready: network.facts });
  for await (const line of createInterface({ input })) void answer(line);

  async function answer(line: string): Promise<void> {
    let id: number | undefined;
    try {
      const request = JSON.parse(line) as Request;
      id = request.id;
      const action = ACTIONS[request.do];
      if (action === undefined) throw new RangeError(`nothing is called ${request.do}`);
      tell({ id, ok: await action(network, request) });
    } catch (error) {
      tell({ id, error: error instanceof Error ? error.message : String(error) });
    }
  }
}
