import type { FastifyInstance } from 'fastify';

/** When a server ends by itself, in seconds. */
export interface Lifetime {
  /** After its last request. */
  readonly ttl: number;
  /** After its start, whatever it does; not at all if left out. */
  readonly hardTtl?: number | undefined;
}

/** Resolves when the server's time is over: nobody asked for anything for so long, or it is as old as it may become. */
export async function lifetimeOver(app: FastifyInstance, { ttl, hardTtl }: Lifetime): Promise<void> {
  return new Promise((resolve) => {
    if (hardTtl !== undefined) setTimeout(resolve, hardTtl * 1000).unref();
    let open = 0;
    let idle: NodeJS.Timeout | undefined;
    const rest = () => {
      idle = setTimeout(resolve, ttl * 1000).unref();
    };
    app.server.on('request', (_request, response) => {
      clearTimeout(idle);
      open += 1;
      response.once('close', () => {
        open -= 1;
        if (open === 0) rest();
      });
    });
    rest();
  });
}
