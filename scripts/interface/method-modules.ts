import type { Argument, ServiceInterface } from './service-interface.ts';
import { clientMethods } from './used-types.ts';

const MADE = 'made from agent_service.did by `npm run generate`';

/** The module with the names of the arguments that stand by themselves. */
export function argumentNamesModule(all: ServiceInterface): string {
  const named = clientMethods(all).filter(({ args, record }) => record === undefined && args.length > 0);
  const entries = named.map(
    ({ name, args }) => `${name}: [${args.map((arg) => `'${arg.name}'`).join(', ')}],\n`,
  );
  return `/** What the arguments are called of the methods that take no record, since Candid gives them no names; ${MADE}. */
export const ARGUMENT_NAMES: Readonly<Record<string, readonly string[]>> = {
${entries.join('')}};
`;
}

/** The module with the names of the queries. */
export function queryMethodsModule({ methods }: ServiceInterface): string {
  const names = methods.filter(({ isQuery }) => isQuery).map(({ name }) => name);
  return `/** The methods that are queries; ${MADE}. */
export const QUERY_METHODS: ReadonlySet<string> = new Set([
${names
  .toSorted()
  .map((name) => `  '${name}',\n`)
  .join('')}]);
`;
}

/** The module with what people and models are told of each method. */
export function methodDocsModule(all: ServiceInterface): string {
  const entries = clientMethods(all).map(
    ({ name, summary, text, errors, callers, cost, args }) =>
      `${name}: ${JSON.stringify({ summary, text, errors, callers, cost, args: Object.fromEntries(args.map(argumentDoc)) })},\n`,
  );
  return `/** What each method does, takes, refuses and costs; ${MADE}. */
import type { MethodDoc } from './method-doc.ts';

export const METHOD_DOCS: Readonly<Record<string, MethodDoc>> = {
${entries.join('')}};
`;
}

function argumentDoc({ name, text, limits }: Argument): [string, object] {
  return [name, { text, ...limits }];
}
