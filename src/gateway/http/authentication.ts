import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SealingCaller } from '../../json-interface/callers/caller.ts';
import type { Callers } from '../callers/callers.ts';
import type { KeyStore, StoredKey } from '../keys/key-store.ts';
import type { KeyQuotas, Release } from '../limits/key-quotas.ts';
import { ProblemError } from '../problems/problem.ts';
import type { Connections } from './connections.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, on routes that ask for a key. */
    account: Account | undefined;
  }
}

/** Who sent a request. */
export interface Account {
  readonly caller: SealingCaller;
  readonly keyId: string;
  /** Whether the key that was sent is still good. */
  readonly isValid: () => boolean;
  /** Gives the call's place to another of the key before the answer is over: streams have places of their own. */
  readonly endCall: Release;
}

/** What a gateway knows of its callers. */
export interface Accounts {
  readonly keys: KeyStore;
  readonly callers: Callers;
  readonly quotas: KeyQuotas;
  readonly connections: Connections;
}

/**
 * Lets requests to the routes of `app` pass only with an API key, as a bearer token (RFC 6750), and as far as the key's quotas go. Both before the body is
 * read. The call ends with its answer, or with its connection.
 */
export function requireApiKey(app: FastifyInstance, { keys, callers, quotas, connections }: Accounts): void {
  app.addHook('onRequest', async (request, reply) => {
    const token = bearerToken(request);
    const key = findKey(keys, token);
    if (!connections.show(request.raw.socket, key.id)) {
      reply.header('connection', 'close');
      throw quotas.tooManyConnections();
    }
    const endCall = quotas.beginCall(key.id);
    reply.raw.once('close', endCall);
    await quotas.turn(key.id);
    // Who went away meanwhile wants nothing any more.
    if (reply.raw.destroyed) throw new ProblemError('RequestTimeout', 'the connection was closed');
    request.account = {
      caller: await callers.of(key),
      keyId: key.id,
      isValid: () => keys.find(token) !== undefined,
      endCall,
    };
  });
}

/** Who sent a request to a route that asks for a key. */
export function accountOf({ account }: FastifyRequest): Account {
  if (account === undefined) throw new TypeError('the route does not ask for a key');
  return account;
}

/** Throws a problem that says what is wrong with the key, and never the key. */
function findKey(keys: KeyStore, token: string): StoredKey {
  const key = keys.find(token);
  if (key !== undefined) return key;
  switch (keys.stateOf(token)) {
    case 'none':
      throw new ProblemError('Unauthenticated', 'no API key: send "Authorization: Bearer ask_…"');
    case 'malformed':
      throw new ProblemError(
        'Unauthenticated',
        'the API key is malformed: it is ask_, 12 hexadecimal digits, _ and 43 characters, as `keys create` printed it',
      );
    case 'revoked':
      throw new ProblemError('Unauthenticated', 'the API key was revoked: ask for a new one');
    default:
      throw new ProblemError('Unauthenticated', 'the API key is unknown to this gateway');
  }
}

function bearerToken({ headers }: FastifyRequest): string {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(headers.authorization?.trim() ?? '') ?? [];
  return token;
}
