import type { DidMethod, DidType } from './did.ts';

/** A type as Candid writes it, on one line. */
export function candidText(type: DidType): string {
  if (type.kind === 'name') return type.name;
  if (type.kind === 'opt' || type.kind === 'vec') return `${type.kind} ${candidText(type.of)}`;
  const fields = type.fields.map((field) => {
    if (type.isTuple) return candidText(field.type);
    const isName = type.kind === 'variant' && field.type.kind === 'name' && field.type.name === 'null';
    return isName ? field.name : `${field.name} : ${candidText(field.type)}`;
  });
  return fields.length === 0 ? `${type.kind} {}` : `${type.kind} { ${fields.join('; ')} }`;
}

/** A method as Candid writes it. */
export function signatureText({ name, args, returns, isQuery }: Omit<DidMethod, 'comment'>): string {
  const answer = returns === undefined ? '' : candidText(returns);
  return `${name} : (${args.map(candidText).join(', ')}) -> (${answer})${isQuery ? ' query' : ''}`;
}
