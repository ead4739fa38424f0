import type { DidType } from './did.ts';
import type { Method, ServiceInterface } from './service-interface.ts';

/** Methods for browsers and wallets, which ask by themselves. */
const OF_STANDARDS = /^(http_request$|icrc\d+_)/;

/** The methods that our clients have. */
export function clientMethods({ methods }: ServiceInterface): readonly Method[] {
  return methods.filter(({ name }) => !OF_STANDARDS.test(name));
}

/** What a method answers when it does not refuse; undefined where it answers nothing. */
export function answerOf({ types }: ServiceInterface, { returns }: Method): DidType | undefined {
  const type = returns?.kind === 'name' ? types.get(returns.name)?.type : returns;
  const ok = type?.kind === 'variant' ? type.fields.find(({ name }) => name === 'Ok')?.type : undefined;
  if (ok === undefined) return returns;
  return ok.kind === 'name' && ok.name === 'null' ? undefined : ok;
}

/** The names of the types that values of these are made of, in the order of the interface. */
export function namesWithin(all: ServiceInterface, roots: readonly DidType[]): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (type: DidType): void => {
    if (type.kind === 'opt' || type.kind === 'vec') visit(type.of);
    else if (type.kind !== 'name') for (const field of type.fields) visit(field.type);
    else {
      const named = all.types.get(type.name);
      if (named === undefined || found.has(type.name)) return;
      found.add(type.name);
      visit(named.type);
    }
  };
  for (const root of roots) visit(root);
  return new Set([...all.types.keys()].filter((name) => found.has(name)));
}
