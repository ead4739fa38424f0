import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Passes requests on, and flips one bit of the text in the replies of the endpoint. */
export async function tamperingProxy(target: string, endpoint: string, text: string): Promise<string> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => void forward(Buffer.concat(parts)));
    async function forward(body: Buffer): Promise<void> {
      const { url = '/', method = 'GET' } = request;
      const init = { method, headers: { 'content-type': 'application/cbor' } };
      const reply = await fetch(
        target + url,
        method === 'POST' ? { ...init, body: new Uint8Array(body) } : init,
      );
      const bytes = Buffer.from(await reply.arrayBuffer());
      const at = bytes.indexOf(text);
      if (url.endsWith(endpoint) && at >= 0) bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      response.writeHead(reply.status, { 'content-type': 'application/cbor' }).end(bytes);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
