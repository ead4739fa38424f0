import { createHash } from 'node:crypto';
import { Agent, request } from 'node:http';
import { serialize } from 'node:v8';
import { reconstruct } from '@dfinity/agent';
import { Ed25519KeyIdentity } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { decodeCbor, encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { Network } from '../../../src/replica/network.ts';
import { canister, query, update, withSection } from '../support/canister-wat.ts';
import { expectReply } from '../support/outcomes.ts';
import { START, TestNetwork } from '../support/setup-network.ts';

/** Signs what is to be fuzzed; nobody's controller. */
export const signer = Ed25519KeyIdentity.generate(new Uint8Array(32).fill(7));

/** Holds a bit of everything that a request could damage. */
const MODULE = withSection(
  withSection(
    canister(`
      (global $n (mut i32) (i32.const 0))
      ${update('write', '(global.set $n (i32.const 7)) (i32.store (i32.const 512) (global.get $n)) (call $reply_empty)')}
      ${query('read', '(call $reply_i32 (global.get $n))')}
      ${query('http_request', '(call $reply_empty)')}
      (func (export "canister_composite_query all") (call $reply_empty))`),
    'icp:public candid:service',
    utf8('service : {}'),
  ),
  'icp:private secret',
  utf8('for controllers'),
);

/** What a request was answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** How a request is made. */
export interface HttpAsk {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

const ANSWER_MS = 30_000;

/** A network that listens, with one canister, whose time stands still, so that its certified state can be compared. */
export class FuzzedNetwork {
  readonly test: TestNetwork;
  readonly canisterId: Uint8Array;
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(test: TestNetwork, canisterId: Uint8Array, url: string) {
    this.test = test;
    this.canisterId = canisterId;
    this.#url = url;
  }

  static async open(): Promise<FuzzedNetwork> {
    const network = await Network.open({ manualTime: START });
    const test = new TestNetwork(network, []);
    const id = await test.install(MODULE);
    expectReply(await test.call(id, 'write'));
    return new FuzzedNetwork(test, id, await network.listen({ port: 0 }));
  }

  get path(): string {
    return Principal.fromUint8Array(this.canisterId).toText();
  }

  /** Makes a request of the network. Rejects where it does not answer, or breaks the connection. */
  async ask(ask: HttpAsk): Promise<HttpAnswer> {
    const { method, path, body = new Uint8Array() } = ask;
    const headers = { ...ask.headers, 'content-length': body.length };
    const { hostname, port } = new URL(this.#url);
    const options = { hostname, port, method, path, headers, agent: this.#agent, timeout: ANSWER_MS };
    return new Promise((resolve, reject) => {
      const asked = request(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: new Uint8Array(Buffer.concat(parts)) }),
        );
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer in ${ANSWER_MS} ms`)));
      // The server may end a connection after an answer, which a client that reuses it learns too late.
      asked.on('error', (error: NodeJS.ErrnoException) => {
        if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(this.ask(ask));
        else reject(error);
      });
      asked.end(body);
    });
  }

  /** The root hash of the certified state, hex. */
  async rootHash(): Promise<string> {
    const content = {
      request_type: 'read_state',
      sender: Uint8Array.of(4),
      ingress_expiry: START + 60_000_000_000n,
      paths: [[utf8('time')]],
    };
    const path = `/api/v3/canister/${this.path}/read_state`;
    const { body } = await this.ask({ method: 'POST', path, body: encodeCbor({ content }) });
    const certificate = fieldOf(decodeCbor(body), 'certificate');
    if (!(certificate instanceof Uint8Array)) throw new Error('read_state gives no certificate');
    const tree = fieldOf(decodeCbor(certificate), 'tree');
    // The library's type of a tree is what the specification says of its CBOR, with numbers for bigints.
    const root = await reconstruct(withNumbers(tree) as Parameters<typeof reconstruct>[0]);
    return Buffer.from(root).toString('hex');
  }

  /** A digest of all that the network holds of its canisters, but what they print and who asked them, and their cycles where these may go. */
  canistersDigest(counts: 'with cycles' | 'without cycles' = 'with cycles'): string {
    const hash = createHash('sha256');
    for (const each of this.test.network.subnet.canisters) {
      const { id, settings, runState, version, code, stable, certifiedData, globalTimer } = each;
      const cycles = counts === 'with cycles' ? each.cycles : 0n;
      const { chunks, callContexts, callbacks, history } = each;
      const snapshots = [...each.snapshots.keys()];
      const pages = [...stable.pages()];
      hash.update(
        serialize([id, settings, runState, version, cycles, code, pages, stable.wasmPages, certifiedData]),
      );
      hash.update(serialize([globalTimer, chunks, callContexts, callbacks, history.changes, snapshots]));
    }
    return hash.digest('hex');
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.test.network.close();
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return value instanceof Map ? value.get(name) : undefined;
}

function withNumbers(tree: unknown): unknown {
  if (typeof tree === 'bigint') return Number(tree);
  return Array.isArray(tree) ? tree.map(withNumbers) : tree;
}
