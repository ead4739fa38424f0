/** What no request was sent with, as Node tells it. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // The handshake of TLS comes before the request.
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'EPROTO',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);
/** Of ports of other protocols, to which fetch sends nothing. */
const REFUSED_BY_FETCH = 'bad port';
const SERVER_ERROR = 500;

/** Whether an error, without what caused it, says that no request was sent. */
export function wasNotSent(error: unknown): boolean {
  return (
    error instanceof Error &&
    (('code' in error && NOT_SENT.has(String(error.code))) || error.message === REFUSED_BY_FETCH)
  );
}

/** Whether what `fetch` failed with says that no request was sent. */
export function isUnsent(error: unknown): boolean {
  return wasNotSent(error) || (error instanceof Error && wasNotSent(error.cause));
}

/** A post that has less is not made again: it would fail by its time, and tell of that alone. */
const LEAST_MS = 50;

/** What is known of a request that is posted, maybe more than once. */
interface Posted {
  /** When its time is over, by `performance.now()`. */
  readonly end: number;
  /** Whether the network may have it. */
  readonly maybeSent: boolean;
  /** Gives what came of it last once more. */
  readonly again?: () => Response;
}

/**
 * As `fetch`, for an agent that posts a request again as it is. All posts of one have `limitMs` together; the body of an answer has to be there by then, too. Where a
 * post that may have arrived is followed by one that was not sent, the error does not say that nothing was sent. The agent tells of the last one alone.
 */
export function rememberingFetch(fetch: typeof globalThis.fetch, limitMs: number): typeof globalThis.fetch {
  const posted = new WeakMap<object, Posted>();
  return async (resource, init) => {
    const body: unknown = init?.body;
    const key = typeof body === 'object' && body !== null ? body : {};
    const { end, maybeSent, again } = posted.get(key) ?? {
      end: performance.now() + limitMs,
      maybeSent: false,
    };
    const leftMs = Math.ceil(end - performance.now());
    if (again !== undefined && leftMs < LEAST_MS) return again();
    try {
      const response = await fetch(resource, {
        ...init,
        // A signed request is for the host that was named.
        redirect: 'manual',
        signal: AbortSignal.timeout(Math.max(leftMs, 1)),
      });
      posted.set(key, {
        end,
        maybeSent: maybeSent || response.ok || response.status >= SERVER_ERROR,
        again: againOf(response),
      });
      return response;
    } catch (error) {
      const wasUnsent = isUnsent(error);
      const failure =
        wasUnsent && maybeSent
          ? new TypeError('the answer to a request that was sent before did not arrive')
          : error;
      const again = (): never => {
        throw failure;
      };
      posted.set(key, { end, maybeSent: maybeSent || !wasUnsent, again });
      return again();
    }
  };
}

/** An answer is read once; of one that is no refusal, the body did not arrive, and there is no time for another. */
function againOf(response: Response): () => Response {
  if (!response.ok) {
    const copy = response.clone();
    return () => copy.clone();
  }
  return () => {
    throw new DOMException('the body of the answer did not arrive', 'TimeoutError');
  };
}
