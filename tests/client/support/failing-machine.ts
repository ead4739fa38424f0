import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'vitest';

/** What is said of a failure. */
export interface Told {
  readonly kind: string;
  readonly message: string;
}

/** What a machine in the place of the network does, and what every client says then; python/tests has the same. */
export interface Row {
  readonly what: string;
  /** Where there is no machine. */
  readonly url?: string;
  readonly scheme?: string;
  /** The bytes of the answer, as Latin-1; null for a connection that is reset. */
  readonly answer?: string | null;
  /** Whether the answer is sent byte by byte. */
  readonly slow?: boolean;
  /** Whether the connection stays open after the answer. */
  readonly stays?: boolean;
  readonly query: Told;
  readonly update: Told;
  /** Of what `fetch` does not give to programs, what is told then. */
  readonly fetch?: Pick<Row, 'query' | 'update'>;
}

export const ROWS = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../network-failures.json'), 'utf8')) as readonly Row[]
).map((row): Row => ({ ...row, ...row.fetch }));

/** Within which a call has to have its answer: short where none comes, which the rows tell of, and long where a slow machine could need it. */
export function timeoutOf({ stays = false }: Row): number {
  return stays ? 1000 : 20_000;
}

export const CANISTER = 'rrkah-fqaaa-aaaaa-aaaaq-cai';
/** In the pages of some rows: what is told must not quote them. */
export const SECRET = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
/** Between bytes: no single one takes as long as a call may. */
const PAUSE_MS = 100;

/** The gateway's kind and status of each failure of a client. */
export function problemKind({ kind, message }: Told): readonly [kind: string, status: number] {
  if (kind === 'VerificationFailed') return ['UntrustedAnswer', 502];
  return kind === 'OutcomeUnknown' || message.includes('did not answer within')
    ? ['NetworkTimeout', 504]
    : ['NetworkUnreachable', 502];
}

/** The URL of the machine, which is there until the test ends. */
export async function setupMachine(
  { url, scheme = 'http', answer = '', slow = false, stays = false }: Row,
  { onTestFinished }: Pick<TestContext, 'onTestFinished'>,
): Promise<string> {
  if (url !== undefined) return url;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    socket.once('data', () => {
      if (answer === null) socket.resetAndDestroy();
      else if (slow) sendSlowly(Buffer.from(answer, 'latin1'));
      else if (stays) socket.write(Buffer.from(answer, 'latin1'));
      else socket.end(Buffer.from(answer, 'latin1'));
    });
    function sendSlowly(bytes: Uint8Array): void {
      let sent = 0;
      const timer = setInterval(() => {
        if (socket.destroyed || sent === bytes.length) clearInterval(timer);
        else socket.write(bytes.subarray(sent, ++sent));
      }, PAUSE_MS);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
