import { encodeAuditTip, type SignedTip } from '../../client/index.ts';
import { isLoopback } from '../../client/network/loopback.ts';
import { linesOf } from '../audit/read-lines.ts';
import { CommandError } from '../terminal/command-error.ts';
import { readTips, type Witness, type WitnessContent } from './witness.ts';

/** Sent as a bearer token with each request, where it is set. */
const TOKEN_VARIABLE = 'AGENT_SERVICE_WITNESS_TOKEN';
const DEADLINE_MS = 15_000;
const MAX_ANSWER = 64 * 2 ** 20;

/**
 * Whoever answers at a URL: POST hands a tip over, as JSON; GET answers with all of them, as JSON lines. Messages name the origin alone, since a
 * webhook's path or query may be its secret.
 */
export class WebhookWitness implements Witness {
  readonly name: string;
  readonly isNear = false;
  readonly #url: URL;

  /** Throws a `CommandError` where the URL is not of HTTPS: others could read and change what is sent. */
  constructor(url: URL) {
    this.name = url.origin;
    this.#url = url;
    if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
      throw new CommandError(`${this.name} is not a witness. Use a URL that begins with https://.`);
    }
  }

  async publish(tip: SignedTip): Promise<void> {
    const response = await this.#fetch({
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: encodeAuditTip(tip),
    });
    // What it says beside its status is for people.
    await response.body?.cancel();
  }

  async read(): Promise<WitnessContent> {
    const { body } = await this.#fetch({ headers: { accept: 'application/jsonl' } });
    if (body === null) return { tips: [], unreadable: [] };
    return readTips(linesOf(this.#bounded(body)));
  }

  async *#bounded(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      for await (const chunk of body) {
        size += chunk.length;
        if (size > MAX_ANSWER) throw new CommandError(`${this.name} answers more than ${MAX_ANSWER} bytes.`);
        yield chunk;
      }
    } catch (cause) {
      throw this.#failure(cause);
    }
  }

  async #fetch(init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const token = process.env[TOKEN_VARIABLE];
    if (token !== undefined) headers.set('authorization', `Bearer ${checkedToken(token)}`);
    let response: Response;
    try {
      response = await fetch(this.#url, {
        ...init,
        headers,
        // A token is not for whoever a redirect names.
        redirect: 'error',
        signal: AbortSignal.timeout(DEADLINE_MS),
      });
    } catch (cause) {
      throw this.#failure(cause);
    }
    if (response.ok) return response;
    await response.body?.cancel();
    throw new CommandError(`${this.name} refused with the HTTP status ${response.status}.`);
  }

  #failure(cause: unknown): CommandError {
    if (cause instanceof CommandError) return cause;
    const isLate = cause instanceof DOMException && cause.name === 'TimeoutError';
    return new CommandError(
      isLate
        ? `${this.name} did not answer within ${DEADLINE_MS / 1000} s.`
        : `${this.name} was not reached, or answered with a redirect.`,
      { cause },
    );
  }
}

/** Headers take no line ends, and a file often has one at its end. */
function checkedToken(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new CommandError(
    `${TOKEN_VARIABLE} is no token: it has to be printable ASCII characters without blanks, or not set.`,
  );
}
