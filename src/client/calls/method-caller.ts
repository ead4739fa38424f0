import { IDL } from '@dfinity/candid';
import { ARGUMENT_NAMES } from '../../candid/argument-names.ts';
import { InvalidArgumentError } from '../errors.ts';
import { camelCase, checkNames, fromCandid, toCandid } from '../values/candid-values.ts';
import type { MethodAnswer, MethodArguments, MethodName } from '../values/domain-types.ts';
import { answerType, METHODS, type ServiceCalls } from './canister-calls.ts';

/** Calls the canister's methods with values as users of the client have them. What is wrong with an argument rejects, and nothing is sent. */
export class MethodCaller {
  readonly #calls: ServiceCalls;

  constructor(calls: ServiceCalls) {
    this.#calls = calls;
  }

  /** Calls a method with its arguments in their order. */
  async call<M extends MethodName>(name: M, ...args: MethodArguments<M>): Promise<MethodAnswer<M>> {
    return this.#checked(name, args);
  }

  /** Calls a method whose arguments stand by themselves with an object of them. A list that is left out is empty. */
  async named<M extends MethodName>(name: M, request: object): Promise<MethodAnswer<M>> {
    const allowed = (ARGUMENT_NAMES[name] ?? []).map(camelCase);
    if (!isGiven(request)) {
      throw new InvalidArgumentError(name, `takes an object with ${allowed.join(', ')}`);
    }
    checkNames(request, allowed, { method: name, path: '' });
    const given = new Map<string, unknown>(Object.entries(request));
    const types = METHODS.get(name)?.argTypes ?? [];
    return this.#checked(
      name,
      allowed.map((each, i) => given.get(each) ?? (types[i] instanceof IDL.VecClass ? [] : undefined)),
    );
  }

  async #checked<M extends MethodName>(name: M, args: readonly unknown[]): Promise<MethodAnswer<M>> {
    const method = METHODS.get(name);
    if (method === undefined) throw new TypeError(`the interface has no method ${name}`);
    const values = method.argTypes.map((type, i) =>
      toCandid(type, args[i], { method: name, path: ARGUMENT_NAMES[name]?.[i] ?? '' }),
    );
    const answer = await this.#calls.call(name, values);
    const type = answerType(method);
    // What the canister answers follows from the interface's types, as `answer` does.
    return (type === undefined ? undefined : fromCandid(type, answer)) as MethodAnswer<M>;
  }
}

/** Whether there are arguments: callers in JavaScript can give none. */
function isGiven(request: unknown): boolean {
  return typeof request === 'object' && request !== null && !Array.isArray(request);
}
