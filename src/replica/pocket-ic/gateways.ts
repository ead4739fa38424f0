import type { FastifyInstance } from 'fastify';
import { createHttpInterface } from '../http/http-interface.ts';
import type { PocketIcInstance } from './instance.ts';
import type { GatewayAddress } from './instance-config.ts';
import { sendJson } from './send-json.ts';
import { encodeTopology } from './wire.ts';

/** An HTTP gateway that listens. */
export interface Gateway {
  readonly instanceId: number;
  readonly port: number;
}

interface OpenGateway extends Gateway {
  readonly app: FastifyInstance;
}

/** The HTTP gateways of a server: each gives browsers and agents an instance at an address of its own. */
export class Gateways {
  readonly #open = new Map<number, OpenGateway>();
  #count = 0;

  /** Opens one in front of an instance; returns its id. Rejects as Node does where it cannot listen. */
  async open(
    instanceId: number,
    instance: PocketIcInstance,
    { host, port }: GatewayAddress,
  ): Promise<{ readonly id: number; readonly port: number }> {
    const app = createHttpInterface(instance.http);
    app.get('/_/topology', async (_request, reply) => sendJson(reply, 200, encodeTopology(instance)));
    await app.listen({ host, port });
    const address = app.server.address();
    const bound = typeof address === 'object' && address !== null ? address.port : port;
    const id = this.#count++;
    this.#open.set(id, { instanceId, port: bound, app });
    return { id, port: bound };
  }

  list(): readonly (Gateway & { readonly id: number })[] {
    return [...this.#open].map(([id, { instanceId, port }]) => ({ id, instanceId, port }));
  }

  /** Closes one; nothing where there is none of that id. */
  async close(id: number): Promise<void> {
    const gateway = this.#open.get(id);
    this.#open.delete(id);
    await gateway?.app.close();
  }

  /** Closes those in front of an instance, or all. */
  async closeAll(instanceId?: number): Promise<void> {
    const ids = this.list().filter((each) => instanceId === undefined || each.instanceId === instanceId);
    await Promise.all(ids.map(({ id }) => this.close(id)));
  }
}
