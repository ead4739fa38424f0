import { ClientTypes } from './client-types.ts';
import type { Argument, Method, ServiceInterface } from './service-interface.ts';
import { camelCase, docComment, inTypeScript } from './typescript-names.ts';
import { answerOf, clientMethods } from './used-types.ts';

/** Methods whose two arguments stand by themselves. */
const BY_THEMSELVES: ReadonlySet<string> = new Set([
  'update_notification_settings',
  'mark_notifications_read',
]);

interface Signature {
  readonly parameters: string;
  /** The call of the canister with them. */
  readonly call: string;
  /** What the parameters mean, where they are no fields of an object. */
  readonly args: readonly Argument[];
}

/** The module with a method for each of the canister's. */
export function clientMethodsModule(all: ServiceInterface): string {
  const types = new ClientTypes(all);
  const say = inTypeScript(all);
  const methods = clientMethods(all).map((method) => methodText(all, method, types, say));
  const code = methods.join('\n').replaceAll(/\/\*\*[^]*?\*\//g, '');
  const named = new Set(code.match(/\b[A-Z]\w+\b/g) ?? []);
  const declared = [...types.module().matchAll(/^export (?:type|interface) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
  return `/** Made from src/candid/agent_service.did by \`npm run generate\`. */
import type { Principal } from '@dfinity/principal';
import type { MethodCaller } from './calls/method-caller.ts';
import type { ${declared.filter((name) => named.has(name)).join(', ')} } from './values/service-types.ts';

/** A method for each of the canister's. */
export class ServiceMethods {
  readonly #caller: MethodCaller;

  protected constructor(caller: MethodCaller) {
    this.#caller = caller;
  }
${methods.map((text) => `\n${text}`).join('')}}
`;
}

function methodText(
  all: ServiceInterface,
  method: Method,
  types: ClientTypes,
  say: (text: string) => string,
): string {
  const { parameters, call, args } = signatureOf(method, types);
  const answer = answerText(all, method, types);
  const doc = docComment(
    [
      say(method.text),
      args.map(({ name, text }) => say(`\`${camelCase(name)}\`: ${text}`)).join(' '),
      say(`Errors: ${method.errors}`),
      say(`Callers: ${method.callers} Cost: ${method.cost}`),
    ],
    '  ',
  );
  const head = `${camelCase(method.name)}(${parameters})`;
  if (answer.type === 'void') return `${doc}  async ${head}: Promise<void> {\n    await ${call};\n  }\n`;
  if (answer.field === undefined)
    return `${doc}  ${head}: Promise<${answer.type}> {\n    return ${call};\n  }\n`;
  return `${doc}  async ${head}: Promise<${answer.type}> {\n    return (await ${call}).${answer.field};\n  }\n`;
}

/** An argument by itself, or with a limit; several as one object. */
function signatureOf({ name, args, record, isQuery, ...method }: Method, types: ClientTypes): Signature {
  const called = (values: string) => `this.#caller.call('${name}'${values === '' ? '' : `, ${values}`})`;
  if (args.length === 0) return { parameters: '', call: called(record === undefined ? '' : '{}'), args };
  const names = args.map((argument) => camelCase(argument.name)).join(', ');
  const isPlain =
    args.length === 1 ||
    BY_THEMSELVES.has(name) ||
    (record === undefined && args.length === 2 && args[1]?.name === 'limit');
  if (isPlain) {
    const parameters = args
      .map(({ name: argument, type }) => {
        const mark = type.kind === 'opt' ? '?' : '';
        return `${camelCase(argument)}${mark}: ${types.of(type, 'sent')}`;
      })
      .join(', ');
    return { parameters, call: called(record === undefined ? names : `{ ${names} }`), args };
  }
  const request = ClientTypes.requestName({ name, args, record, isQuery, ...method });
  const canBeEmpty = isQuery && args.every(({ type }) => type.kind === 'opt');
  return {
    parameters: `request: ${request}${canBeEmpty ? ' = {}' : ''}`,
    call: record === undefined ? `this.#caller.named('${name}', request)` : called('request'),
    args: [],
  };
}

/** What a method resolves with: a record of one field is that field. */
function answerText(
  all: ServiceInterface,
  method: Method,
  types: ClientTypes,
): { readonly type: string; readonly field?: string } {
  const answer = answerOf(all, method);
  if (answer === undefined) return { type: 'void' };
  const named = answer.kind === 'name' ? all.types.get(answer.name)?.type : undefined;
  const [only, ...others] = named?.kind === 'record' ? named.fields : [];
  if (only !== undefined && others.length === 0) {
    return { type: types.of(only.type, 'received'), field: camelCase(only.name) };
  }
  const type = types.of(answer, 'received');
  return { type: answer.kind === 'opt' ? `${type} | undefined` : type };
}
