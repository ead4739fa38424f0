import { IDL } from '@dfinity/candid';
import { ARGUMENT_NAMES } from '../../candid/argument-names.ts';
import type { MethodDoc } from '../../candid/method-doc.ts';
import { METHOD_DOCS } from '../../candid/method-docs.ts';
import { answerType, METHODS } from '../../client/calls/canister-calls.ts';
import { InvalidArgumentError } from '../../client/errors.ts';
import { documented } from '../values/documented.ts';
import { InvalidValueError, type JsonForm, jsonForm, type NamedForm } from '../values/json-form.ts';

/** The field by which a method knows a call that it was sent before. */
export const REQUEST_ID = 'request_id';

/** How a method is to be seen. */
export interface MethodView {
  /** What its arguments are called. Those of a method with one record are called as its fields, and need no names here. */
  readonly argumentNames?: readonly string[] | undefined;
  /** Parameters and fields of the answer, however deep, that are not there; parameters can be hidden that can be left out. */
  readonly hidden?: ReadonlySet<string>;
  /** What the interface says of it. */
  readonly doc?: MethodDoc | undefined;
}

/** A method of the interface with named parameters, in JSON. */
export class ServiceMethod {
  readonly name: string;
  /** Whether it only reads. */
  readonly isQuery: boolean;
  /** The arguments, or the fields of the one record that it takes. */
  readonly parameters: readonly NamedForm[];
  /** The same as people and models are told of them: with meanings and limits, which the service holds, and no schema that validates. */
  readonly documented: readonly NamedForm[];
  /** What it answers when it does not refuse; undefined where it answers nothing. */
  readonly answer: JsonForm | undefined;
  readonly doc: MethodDoc | undefined;
  /** Whether its view has no tokens: what nobody sees is not opened. */
  readonly isTokenless: boolean;
  readonly #takesRecord: boolean;
  readonly #all: readonly NamedForm[];

  /** Throws a TypeError for a method whose arguments have no names, or whose values no JSON. */
  constructor(
    name: string,
    type: IDL.FuncClass,
    { argumentNames = [], hidden = new Set(), doc }: MethodView = {},
  ) {
    const { argTypes, annotations } = type;
    const [first] = argTypes;
    const record = argTypes.length === 1 && isRecord(first) ? first : undefined;
    if (record === undefined && argumentNames.length !== argTypes.length) {
      throw new TypeError(`the arguments of ${name} have no names`);
    }
    const all = record?._fields ?? argTypes.map((each, i) => [argumentNames[i] ?? '', each] as const);
    const answer = answerType(type);
    this.name = name;
    this.isQuery = annotations.includes('query') || annotations.includes('composite_query');
    this.doc = doc;
    this.isTokenless = hidden.has('token');
    this.#all = all.map(([parameter, each]) => [parameter, jsonForm(each)]);
    this.parameters = this.#all.filter(([parameter]) => !hidden.has(parameter));
    this.documented = this.parameters.map(([parameter, form]) => [
      parameter,
      documented(form, doc?.args[parameter]),
    ]);
    this.answer = answer === undefined ? undefined : jsonForm(answer, hidden);
    this.#takesRecord = record !== undefined;
  }

  /** Whether the same call can be sent again without being done twice, when it carries a request id. */
  get takesRequestId(): boolean {
    return this.parameters.some(([name]) => name === REQUEST_ID);
  }

  /** The arguments as @dfinity/candid encodes them. Throws `InvalidArgumentError` for what no schema can say. */
  read(values: Readonly<Record<string, unknown>>): readonly unknown[] {
    const fields = this.#all.map(([name, form]) => [name, readArgument(name, form, values[name])] as const);
    return this.#takesRecord ? [Object.fromEntries(fields)] : fields.map(([, value]) => value);
  }
}

/** What gateways of the Internet Computer and wallets call by standards of their own. */
const OF_STANDARDS = /^(http_request$|icrc\d+_)/;

/** The methods of the service's interface. */
export const SERVICE_METHODS: readonly ServiceMethod[] = [...METHODS.keys()]
  .filter((name) => !OF_STANDARDS.test(name))
  .map((name) => serviceMethod(name));

/** A method of the service's interface by its name; `hidden` as in `MethodView`. */
export function serviceMethod(name: string, hidden?: ReadonlySet<string>): ServiceMethod {
  const type = METHODS.get(name);
  if (type === undefined) throw new TypeError(`the interface has no method ${name}`);
  const view = { argumentNames: ARGUMENT_NAMES[name], doc: METHOD_DOCS[name] };
  return new ServiceMethod(name, type, hidden === undefined ? view : { ...view, hidden });
}

function isRecord(type: IDL.Type | undefined): type is IDL.RecordClass {
  return type !== undefined && type instanceof IDL.RecordClass && !(type instanceof IDL.TupleClass);
}

function readArgument(name: string, form: JsonForm, value: unknown): unknown {
  try {
    return form.read(value);
  } catch (error) {
    if (error instanceof InvalidValueError) {
      throw new InvalidArgumentError(name, error.message, { cause: error });
    }
    throw error;
  }
}
