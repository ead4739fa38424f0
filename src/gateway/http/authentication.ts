import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../callers/caller.ts';
import type { Callers } from '../callers/callers.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { ProblemError } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, on routes that ask for a key. */
    account: Account | undefined;
  }
}

/** Who sent a request. */
interface Account {
  readonly caller: Caller;
  readonly keyId: string;
  /** Whether the key that was sent is still good. */
  readonly isValid: () => boolean;
}

/** Lets requests to the routes of `app` pass only with an API key, as a bearer token (RFC 6750). */
export function requireApiKey(app: FastifyInstance, keys: KeyStore, callers: Callers): void {
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request);
    const key = keys.find(token);
    if (key === undefined) {
      throw new ProblemError('Unauthenticated', 'send an API key: "Authorization: Bearer ask_…"');
    }
    request.account = {
      caller: await callers.of(key),
      keyId: key.id,
      isValid: () => keys.find(token) !== undefined,
    };
  });
}

/** Who sent a request to a route that asks for a key. */
export function accountOf({ account }: FastifyRequest): Account {
  if (account === undefined) throw new TypeError('the route does not ask for a key');
  return account;
}

function bearerToken({ headers }: FastifyRequest): string {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  return token;
}
