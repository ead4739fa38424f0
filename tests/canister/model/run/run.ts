import { isDeepStrictEqual } from 'node:util';
import { Principal } from '@dfinity/principal';
import type { GetAuditEntriesArgs, ListUsersArgs } from '../../../../src/candid/agent_service.did.ts';
import { chainDigest, commitmentOf, GENESIS } from '../../../../src/client/audit/audit-digests.ts';
import type { AuditContent } from '../../../../src/client/index.ts';
import { fromCandid } from '../../../../src/client/values/candid-values.ts';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import type { EntryPoint } from '../../../../src/replica/system-api/entry-point.ts';
import {
  AGENT,
  ANONYMOUS,
  CONTROLLER,
  isQuery,
  type MethodName,
  OWNER,
  ok,
  START,
  WasmCanister,
} from '../../support/wasm-canister.ts';
import type { Arguments } from '../arguments.ts';
import { SECOND } from '../checks.ts';
import { admitLinkCode, answer, upgraded } from '../methods.ts';
import type { Plain } from '../plain.ts';
import { type Call, emptyModel, type Model, PERMISSIONS, Refused, TYPES } from '../state.ts';
import { refuseAnonymous } from '../topics/access.ts';
import { issueCode } from '../topics/links.ts';
import { counted } from '../topics/metrics.ts';
import { callerWait } from '../topics/rates.ts';
import { registerAdmin, registerAgent } from '../topics/registries.ts';
import { contentType, differenceOf, hasErr, inJson, plainAnswer, plainOf, refusal } from './answers.ts';
import { bytesDiffer } from './bytes.ts';
import { encoded } from './candid-arguments.ts';
import { nextTime, orderOf, TOLD_BY, tick } from './clock.ts';
import { restOf } from './cut-pages.ts';
import type { Operation } from './operations.ts';
import { isTooLong, SMALL_BYTES } from './sizes.ts';

/** What the next message meets at a call of an `ic0` function. */
interface Fault {
  left: number;
  /** What kind of message met it; undefined where none did yet. */
  met: EntryPoint | undefined;
}

/** Messages that go on with a call after another canister, or the network, answered. */
const RESPONSES: ReadonlySet<EntryPoint | undefined> = new Set(['Ry', 'Rt', 'C']);

/** What tells how many bytes are stored. */
const TELLS_BYTES = /^(get_usage|list_users|get_service_analytics)$/;

/** A canister and the model of it, which are taken through the same operations. Each returns how they differ, or undefined. */
export class Run {
  readonly model: Model;
  readonly #canister: WasmCanister;
  readonly #fault: Fault;

  private constructor(canister: WasmCanister, fault: Fault) {
    this.#canister = canister;
    this.#fault = fault;
    this.model = modelOf(canister);
  }

  static async begin(): Promise<Run> {
    const fault: Fault = { left: Number.POSITIVE_INFINITY, met: undefined };
    const onHostCall = (_name: string, entryPoint: EntryPoint) => {
      if (fault.met !== undefined || fault.left-- > 0) return undefined;
      fault.met = entryPoint;
      return 'a fault of the test';
    };
    const canister = await WasmCanister.install({ onHostCall });
    // Azle seeds its random numbers in a message of its own, which no fault is meant for.
    await canister.advance(0n);
    return new Run(canister, fault);
  }

  async end(): Promise<void> {
    await this.#canister.close();
  }

  async step(operation: Operation): Promise<string | undefined> {
    switch (operation.kind) {
      case 'upgrade':
        return this.#upgrade(operation);
      case 'advance':
        return this.#advance(operation);
      case 'call':
      case 'query':
        return this.#call(operation);
    }
  }

  /** Whether the audit log is the chain that its tip says. */
  async chainDiffers(): Promise<string | undefined> {
    const owner = { sender: OWNER };
    let digest: Uint8Array = GENESIS;
    for (let from: bigint | undefined = 1n; from !== undefined; ) {
      const request: GetAuditEntriesArgs = { from: [from], limit: [] };
      const { entries, next } = ok(await this.#canister.query('get_audit_entries', [request], owner));
      for (const { index, commitment, content } of entries) {
        const [seen] = content;
        const bytes = Uint8Array.from(commitment);
        // The client's form of the same content.
        const plain = seen && (fromCandid(contentType(), seen) as AuditContent);
        if (plain && !isDeepStrictEqual(commitmentOf(plain), bytes))
          return `entry ${index} is not what was committed`;
        digest = chainDigest(digest, bytes, index);
      }
      [from] = next;
    }
    const tip = ok(await this.#canister.query('get_audit_tip', [{}], owner));
    return isDeepStrictEqual(digest, Uint8Array.from(tip.digest))
      ? undefined
      : 'the digest of the log is another one';
  }

  async #upgrade({ trapAt }: { readonly trapAt?: number }): Promise<string | undefined> {
    const failure = await this.#withFault(trapAt, () =>
      this.#canister.upgrade().then(() => undefined, String),
    );
    if (this.#fault.met !== undefined)
      return failure === undefined ? 'an upgrade that trapped was told as done' : undefined;
    upgraded(this.model);
    await this.#canister.advance(0n);
    return failure;
  }

  async #advance({
    ns,
    trapAt,
  }: {
    readonly ns: bigint;
    readonly trapAt?: number;
  }): Promise<string | undefined> {
    const time = nextTime(this.model, this.model.now + ns);
    // When retention came round is not seen, so that nobody could tell later when it comes again.
    const { retentionAt, pendingRetention } = this.model;
    const at = retentionAt === undefined && pendingRetention === undefined ? trapAt : undefined;
    await this.#withFault(at, () => this.#canister.advance(time - this.model.now));
    this.model.now = time;
    const kinds = await this.#newKinds();
    const order = orderOf(kinds);
    if (this.#fault.met === undefined) {
      tick(this.model, order);
      return undefined;
    }
    // Each task has a message of its own: what none of the new entries tells of was in the one that trapped, or it was the timer's own.
    tick(
      this.model,
      order.filter((task) => kinds.includes(TOLD_BY[task])),
    );
    if ((await this.#lastIndex()) !== this.model.log.length)
      return `a timer that trapped left other entries than ${kinds.join(', ')}`;
    await this.#upgrade({});
    return this.#advance({ ns: 62n * SECOND });
  }

  async #lastIndex(): Promise<number> {
    return Number(ok(await this.#canister.query('get_audit_tip', [{}])).last_index);
  }

  /** The kinds of the entries that the model does not have yet. */
  async #newKinds(): Promise<readonly string[]> {
    const from = BigInt(this.model.log.length + 1);
    const request: GetAuditEntriesArgs = { from: [from], limit: [] };
    const { entries } = ok(
      await this.#canister.query('get_audit_entries', [request], { sender: CONTROLLER }),
    );
    return entries
      .filter(({ index }) => index >= from)
      .flatMap(({ content: [content] }) => content?.kind ?? []);
  }

  async #call(operation: Extract<Operation, { method: MethodName }>): Promise<string | undefined> {
    const { kind, method: name, trapAt, lowMemory } = operation;
    const args = this.#resolved(operation.args);
    const sender = Principal.fromText(operation.sender);
    const arg = encoded(name, args);
    const differs = await this.#readBytes(operation);
    if (differs !== undefined) return differs;
    if (lowMemory) await this.#canister.limitMemory(1n);
    const send = () =>
      kind === 'query'
        ? this.#canister.rawQuery(name, arg, { sender })
        : this.#canister.rawCall(name, arg, { sender });
    const outcome = await this.#withFault(trapAt, send);
    if (lowMemory) await this.#canister.limitMemory(0n);
    const call: Call = {
      principal: operation.sender,
      isUpdate: kind === 'call',
      isKept: kind === 'call' && !isQuery(name),
    };
    if (this.#fault.met !== undefined) return this.#afterTrap(name, call, args, outcome);
    if (lowMemory && outcome.kind === 'rejected' && /memory limit/.test(outcome.reject.message))
      return undefined;
    const actual = plainOf(name, outcome, this.model);
    if (call.principal !== ANONYMOUS.toText() && isTooLong(this.model, call, name, arg.length))
      return isRefusedForLength(name, arg.length, outcome) ? undefined : `${name} took ${arg.length} bytes`;
    const wait = call.isUpdate && arg.length > SMALL_BYTES ? callerWait(this.model, call) : 0n;
    if (wait > 0n) {
      const told = `RateLimited: retry after ${wait} ns`;
      return inJson(actual).includes(told)
        ? undefined
        : `${name} of ${arg.length} bytes\n  expected ${told}\n  got      ${inJson(actual)}`;
    }
    const expected =
      name === 'create_link_code' ? this.#linkCode(call, args, actual) : this.#expected(name, call, args);
    const difference = differenceOf(name, expected, actual);
    const rest = difference === undefined ? undefined : restOf(name, args, { expected, actual });
    return rest === undefined
      ? difference
      : this.#call({ kind: 'query', method: name, sender: operation.sender, args: rest });
  }

  /** Asks for the stored bytes of all users, where what comes depends on them. */
  async #readBytes({
    kind,
    method: name,
  }: Extract<Operation, { method: MethodName }>): Promise<string | undefined> {
    const { limits, agents } = this.model;
    const isLimited = [{ limits }, ...agents].some((each) => each.limits['bytes'] !== undefined);
    return (kind === 'call' && isLimited) || TELLS_BYTES.test(name) ? this.bytesDiffer() : undefined;
  }

  /** Whether the stored bytes of each user are what their records can take; the model notes them. */
  async bytesDiffer(): Promise<string | undefined> {
    const request: ListUsersArgs = { limit: [500], cursor: [] };
    const { items } = ok(await this.#canister.query('list_users', [request], { sender: CONTROLLER }));
    for (const { user_id, bytes } of items) {
      const difference = bytesDiffer(this.model, user_id, bytes);
      if (difference !== undefined) return difference;
    }
    return items.length === this.model.users.length ? undefined : 'list_users does not list every user';
  }

  /** Nothing is left of a message that trapped; of a call that waited for randomness, what came before stays. */
  #afterTrap(name: MethodName, call: Call, args: Arguments, outcome: Outcome): string | undefined {
    if (outcome.kind === 'replied') return `${name} replied although it trapped`;
    if (name === 'create_link_code' && RESPONSES.has(this.#fault.met)) admitLinkCode(this.model, call, args);
    return undefined;
  }

  #expected(name: MethodName, call: Call, args: Arguments): Plain {
    try {
      const value = answer(this.model, call, name, args);
      if (!hasErr(name)) return { reply: plainAnswer(name, value) };
      return { reply: value === null ? 'Ok' : { Ok: plainAnswer(name, value) } };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refusal(name, error.error);
    }
  }

  #linkCode(call: Call, args: Arguments, actual: Plain): Plain {
    try {
      if (!call.isUpdate) return { reject: 'no query' };
      refuseAnonymous(call);
      const code = /"code":"([0-9A-Z-]+)"/.exec(inJson(actual))?.[1] ?? 'a code';
      return counted(this.model, call, 'create_link_code', () => {
        admitLinkCode(this.model, call, args);
        return { reply: { Ok: issueCode(this.model, call, args, code) } };
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refusal('create_link_code', error.error);
    }
  }

  /** Codes are random: a sequence names them by their number. */
  #resolved(args: Partial<Arguments>): Arguments {
    const [, number] = /^code:(\d+)$/.exec(args.code ?? '') ?? [];
    const code = number === undefined ? args.code : (this.model.codes[Number(number)] ?? 'no code');
    // What a method does not take is never read.
    const resolved = { ...args, ...(code !== undefined && { code }) } as Arguments;
    const { signed, method: signedMethod } = resolved;
    if (signed === undefined) return resolved;
    const arg = encoded(signedMethod as MethodName, signed as Arguments);
    return { ...resolved, arg: Buffer.from(arg).toString('hex') };
  }

  async #withFault<T>(at: number | undefined, work: () => Promise<T>): Promise<T> {
    this.#fault.met = undefined;
    this.#fault.left = at ?? Number.POSITIVE_INFINITY;
    try {
      return await work();
    } finally {
      this.#fault.left = Number.POSITIVE_INFINITY;
    }
  }
}

/** The canister as it was installed. */
function modelOf(canister: WasmCanister): Model {
  const m = emptyModel({ self: canister.id.toText(), controller: CONTROLLER.toText(), now: START });
  const added_by = CONTROLLER.toText();
  registerAdmin(m, OWNER.toText(), added_by);
  const rights = { agent_types: TYPES, permissions: PERMISSIONS, expires_at: null, scope: 'every_user' };
  registerAgent(m, {
    agent: AGENT.toText(),
    name: 'agent',
    ...rights,
    added_at: m.now,
    added_by,
    limits: {},
  });
  return m;
}

function isRefusedForLength(name: MethodName, length: number, outcome: Outcome): boolean {
  if (outcome.kind !== 'rejected') return false;
  return outcome.reject.message.includes(`are longer than ${name} takes: ${length} bytes`);
}
