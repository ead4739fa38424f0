import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Principal } from '@dfinity/principal';
import { onTestFinished } from 'vitest';
import { concatBytes } from '../../../src/replica/codec/bytes.ts';
import { type CborMap, decodeCbor, encodeCbor } from '../../../src/replica/codec/cbor.ts';
import { canister, query, update } from '../support/canister-wat.ts';
import { i32 } from '../support/outcomes.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork } from '../support/setup-network.ts';

const PAGE = 65_536;

/** Counts how often it was told each number below 65,536. */
const TALLY = canister(
  `
  ${update(
    'count',
    `(local $at i32)
     (call $ic0.msg_arg_data_copy (i32.const 64) (i32.const 0) (i32.const 4))
     (local.set $at (i32.add (i32.const ${PAGE}) (i32.load (i32.const 64))))
     (i32.store8 (local.get $at) (i32.add (i32.load8_u (local.get $at)) (i32.const 1)))
     (call $reply_empty)`,
  )}
  ${query('tally', `(call $reply (i32.const ${PAGE}) (i32.const ${PAGE}))`)}`,
  { memory: '(memory 2)' },
);

/** A folder with a network that has a tally, and is closed. */
export interface Tally {
  readonly directory: string;
  readonly canisterId: Principal;
}

export async function setupTally(): Promise<Tally> {
  const directory = setupDirectory();
  const network = await setupNetwork({ directory });
  const canisterId = Principal.fromUint8Array(await network.install(TALLY));
  await network.network.close();
  return { directory, canisterId };
}

interface StartedProcess {
  readonly child: ChildProcess;
  readonly exit: Promise<unknown>;
  readonly lines: readonly string[];
  readonly canisterId: Principal;
  readonly errors: () => string;
}

/** A network in a process of its own, and a client that calls its tally as the anonymous principal. */
export class NetworkProcess {
  readonly recovery: string;
  /** Where it listens; undefined where it ended before. */
  readonly url: string | undefined;
  readonly #process: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #canisterId: Principal;
  readonly #errors: () => string;

  private constructor({ child, exit, lines, canisterId, errors }: StartedProcess) {
    [this.recovery = '', this.url] = lines;
    this.#process = child;
    this.#exit = exit;
    this.#canisterId = canisterId;
    this.#errors = errors;
  }

  /** Starts it, and kills it when the test ends; `maxFileKiB` is how large a file it may write. */
  static async start({ directory, canisterId }: Tally, maxFileKiB?: number): Promise<NetworkProcess> {
    const program = join(import.meta.dirname, 'network-process.ts');
    const limit = maxFileKiB === undefined ? '' : `ulimit -f ${maxFileKiB}; `;
    const command = `${limit}exec "$0" --import tsx "$1" "$2"`;
    const child = spawn('bash', ['-c', command, process.execPath, program, directory], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const exit = once(child, 'close');
    let errors = '';
    child.stderr.on('data', (data: Buffer) => {
      errors += data.toString();
    });
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('http')) break;
    }
    if (lines.at(-1)?.startsWith('http') !== true) await exit;
    return new NetworkProcess({ child, exit, lines, canisterId, errors: () => errors });
  }

  /** What it printed as errors. */
  get errors(): string {
    return this.#errors();
  }

  /** Counts a number; tells whether that was answered or accepted. Rejects where the process is gone. */
  async count(number: number, version: 'v2' | 'v3', padding = 0): Promise<boolean> {
    const arg = concatBytes(i32(number), new Uint8Array(padding));
    const response = await this.#post(`${version}/canister`, 'call', 'count', arg);
    if (version === 'v2') return response.status === 202;
    return mapOf(await bytesOf(response)).get('status') === 'replied';
  }

  async tally(): Promise<Uint8Array> {
    const response = mapOf(
      await bytesOf(await this.#post('v2/canister', 'query', 'tally', new Uint8Array())),
    );
    const reply = response.get('reply');
    if (!(reply instanceof Map)) throw new Error('the query was not replied to');
    const arg: unknown = reply.get('arg');
    if (!(arg instanceof Uint8Array)) throw new Error('the reply has no bytes');
    return arg;
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#exit;
  }

  #post(path: string, request: 'call' | 'query', method: string, arg: Uint8Array): Promise<Response> {
    const content = {
      request_type: request,
      sender: Uint8Array.of(4),
      ingress_expiry: BigInt(Date.now() + 240_000) * 1_000_000n,
      canister_id: this.#canisterId.toUint8Array(),
      method_name: method,
      arg,
    };
    return fetch(`${this.url ?? ''}/api/${path}/${this.#canisterId.toText()}/${request}`, {
      method: 'POST',
      headers: { 'content-type': 'application/cbor' },
      body: new Uint8Array(encodeCbor({ content })),
    });
  }
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

function mapOf(bytes: Uint8Array): CborMap {
  const value = decodeCbor(bytes);
  if (value instanceof Map) return value;
  throw new Error('the answer is not a CBOR map');
}
