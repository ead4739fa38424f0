import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createGateway, type GatewayOptions } from '../../../src/gateway/gateway.ts';
import { KeyStore } from '../../../src/gateway/keys/key-store.ts';
import { newPem } from '../../client/support/new-pem.ts';
import { setupFolder } from '../../e2e/support/local-service.ts';

/** A gateway that answers for itself: behind it is nobody, or who `options` says. */
export interface BareGateway {
  readonly url: string;
  readonly port: number;
  readonly keys: KeyStore;
  /** API keys of two identities. */
  readonly key: string;
  readonly otherKey: string;
}

/** A gateway in front of nothing, until the test ends. */
export async function setupBareGateway(options: Partial<GatewayOptions> = {}): Promise<BareGateway> {
  const keys = new KeyStore(join(setupFolder(), 'keys'));
  const gateway = await createGateway({
    // Nobody listens there.
    host: 'http://127.0.0.1:9',
    canisterId: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
    keys,
    ...options,
  });
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => gateway.close());
  const { key } = await keys.create({ name: 'one', pem: newPem() });
  const { key: otherKey } = await keys.create({ name: 'another', pem: newPem() });
  return { url, port: Number(new URL(url).port), keys, key, otherKey };
}

/** A network that takes every request and answers none, until the test ends; and how many it has. */
export async function setupSilentNetwork(): Promise<{ readonly host: string; readonly asked: () => number }> {
  let asked = 0;
  const server = createServer(() => asked++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { host: `http://127.0.0.1:${port}`, asked: () => asked };
}

/** A connection by which a test says what it likes, until the test ends. */
export class RawConnection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  received = '';

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('data', (part) => {
      this.received += part.toString('latin1');
    });
    this.socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    onTestFinished(() => {
      this.socket.destroy();
    });
  }

  get isOpen(): boolean {
    return !this.socket.destroyed;
  }

  send(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  /** The answer so far, once the head and as many bytes of body as it says are there. */
  answer(): RawAnswer | undefined {
    const [head = '', ...rest] = this.received.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    if (rest.length === 0) return undefined;
    const [line = '', ...fields] = head.split('\r\n');
    const headers = new Map(
      fields.map((field) => [
        field.slice(0, field.indexOf(':')).toLowerCase(),
        field.slice(field.indexOf(':') + 1).trim(),
      ]),
    );
    if (body.length < Number(headers.get('content-length') ?? 0) && this.isOpen) return undefined;
    return { status: Number(line.split(' ')[1]), headers, body };
  }
}

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
