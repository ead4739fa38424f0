import { IDL } from '@dfinity/candid';

/** The methods of a canister's interface, by the type that bindings have of it. */
export type CanisterActor<Service> = {
  readonly [M in keyof Service]: Service[M] extends (...args: infer Args) => Promise<infer Result>
    ? (...args: Args) => Promise<Result>
    : never;
};

/** How an actor sends a message: by a call or a query of the method, with encoded arguments. */
export type Send = (kind: 'call' | 'query', methodName: string, arg: Uint8Array) => Promise<Uint8Array>;

const QUERIES: ReadonlySet<string> = new Set(['query', 'composite_query']);

/** Makes functions of a canister's interface: each encodes its arguments, sends them, and decodes the reply. */
export function createActor<Service>(interfaceOf: IDL.InterfaceFactory, send: Send): CanisterActor<Service> {
  const methods = interfaceOf({ IDL })._fields.map(([name, type]) => {
    const kind = type.annotations.some((annotation) => QUERIES.has(annotation)) ? 'query' : 'call';
    const method = async (...args: unknown[]) => {
      const reply = await send(kind, name, new Uint8Array(IDL.encode(type.argTypes, args)));
      const results = IDL.decode(type.retTypes, reply);
      return results.length > 1 ? results : results[0];
    };
    return [name, method] as const;
  });
  // The factory and the type are two forms of the same interface, which bindings make together.
  return Object.fromEntries(methods) as CanisterActor<Service>;
}
