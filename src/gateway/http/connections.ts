import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { GatewayLimits } from '../limits/gateway-limits.ts';
import { problem } from '../problems/problem.ts';
import { endWithProblem } from './raw-problem.ts';

/** How long a connection stays open for a body that nobody waits for any more, in ms. A sender that is still sending gets to read the answer. */
const LINGER_MS = 1000;
/** A reader that is gone without a word is found out after this many ms and ten probes, a second apart. */
const PROBE_AFTER_MS = 4000;

interface Connection {
  readonly socket: Socket;
  /** The address, or the API key that it showed. */
  group: Set<Connection>;
  /** Answers that are not over. */
  readonly answers: Set<ServerResponse>;
}

/**
 * The open connections of a server. Who has no key has few from an address: for one more the oldest is closed, so that connections which were opened to be
 * held keep nobody out. A connection that showed a key counts among the key's instead.
 */
export class Connections {
  readonly #limits: GatewayLimits;
  readonly #bySocket = new Map<Socket, Connection>();
  readonly #byAddress = new Map<string, Set<Connection>>();
  readonly #byKey = new Map<string, Set<Connection>>();

  constructor(server: Server, limits: GatewayLimits) {
    this.#limits = limits;
    server.on('connection', (socket: Socket) => {
      this.#open(socket);
    });
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response);
    });
  }

  /** How many are open. */
  get size(): number {
    return this.#bySocket.size;
  }

  /** Whether part of an answer was written to the socket. */
  isAnswering(socket: Socket): boolean {
    return [...(this.#bySocket.get(socket)?.answers ?? [])].some(({ headersSent }) => headersSent);
  }

  /** The socket showed a valid key. False where the key has as many connections as it may, none of them idle. */
  show(socket: Socket, keyId: string): boolean {
    const connection = this.#bySocket.get(socket);
    const group = groupOf(this.#byKey, keyId);
    if (connection === undefined || connection.group === group) return true;
    if (group.size >= this.#limits.keyConnections) {
      if (!closeOldest(group, ({ answers }) => answers.size === 0)) return false;
    }
    connection.group.delete(connection);
    group.add(connection);
    connection.group = group;
    return true;
  }

  #open(socket: Socket): void {
    const group = groupOf(this.#byAddress, socket.remoteAddress ?? '');
    if (group.size >= this.#limits.addressConnections) closeOldest(group);
    if (this.#bySocket.size >= this.#limits.totalConnections) {
      const [largest] = [...this.#byAddress.values()].sort((a, b) => b.size - a.size);
      if (largest === undefined || largest.size === 0) {
        endWithProblem(
          socket,
          problem('TemporarilyUnavailable', 'the gateway is at its limit of connections'),
          'at once',
        );
        return;
      }
      closeOldest(largest);
    }
    const connection = { socket, group, answers: new Set<ServerResponse>() };
    group.add(connection);
    this.#bySocket.set(socket, connection);
    socket.setKeepAlive(true, PROBE_AFTER_MS);
    socket.once('close', () => {
      this.#close(connection);
    });
  }

  #close(connection: Connection): void {
    connection.group.delete(connection);
    this.#bySocket.delete(connection.socket);
    for (const groups of [this.#byAddress, this.#byKey]) {
      for (const [name, group] of groups) {
        if (group === connection.group && group.size === 0) groups.delete(name);
      }
    }
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.#bySocket.get(request.socket);
    if (connection === undefined) return;
    connection.answers.add(response);
    response.once('close', () => {
      connection.answers.delete(response);
      if (request.complete) return;
      // It was answered before all of it was there.
      request.resume();
      setTimeout(() => {
        if (!request.complete) connection.socket.destroy();
      }, LINGER_MS).unref();
    });
  }
}

function groupOf(groups: Map<string, Set<Connection>>, name: string): Set<Connection> {
  const group = groups.get(name) ?? new Set();
  groups.set(name, group);
  return group;
}

function closeOldest(
  group: ReadonlySet<Connection>,
  mayClose: (connection: Connection) => boolean = () => true,
): boolean {
  // A set has its members in the order in which they came.
  for (const connection of group) {
    if (!mayClose(connection)) continue;
    const { socket, answers } = connection;
    if (answers.size > 0) socket.destroy();
    else
      endWithProblem(socket, problem('RateLimited', 'the connection was closed for a newer one'), 'at once');
    return true;
  }
  return false;
}
