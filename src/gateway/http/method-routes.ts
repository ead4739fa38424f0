import {
  SERVICE_METHODS,
  type ServiceMethod,
  serviceMethod,
} from '../../json-interface/methods/service-method.ts';
import { REST_PATHS, type RestPath } from './rest-paths.ts';

/** A method at one of its paths. */
export interface MethodRoute {
  readonly verb: RestPath['verb'];
  /** As OpenAPI writes it. */
  readonly path: string;
  readonly method: ServiceMethod;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  readonly status: 200 | 201;
  /** Whether the path is one record's: where it is not there the answer is 404, and else null. */
  readonly isRecord: boolean;
}

/** The routes of the service's methods: each at `/v1/methods/{method}`, and some at a path of their own. */
export const METHOD_ROUTES: readonly MethodRoute[] = [
  ...REST_PATHS.map(restRoute),
  ...SERVICE_METHODS.map(plainRoute),
];

/** The route that every method has. */
export function plainRoute(method: ServiceMethod): MethodRoute {
  return {
    verb: 'POST',
    path: `/v1/methods/${method.name}`,
    method,
    operationId: `call_${method.name}`,
    ...words(method),
    tag: 'methods',
    status: 200,
    isRecord: false,
  };
}

function restRoute({ verb, path, method: name, creates }: RestPath): MethodRoute {
  const method = serviceMethod(name);
  const [, , tag = ''] = path.split('/');
  return {
    verb,
    path,
    method,
    operationId: name,
    ...words(method),
    tag,
    status: creates === true ? 201 : 200,
    isRecord: method.answer?.present !== undefined,
  };
}

/** What the interface says of a method. */
function words({ name, doc }: ServiceMethod): Pick<MethodRoute, 'summary' | 'description'> {
  if (doc === undefined) return { summary: `Calls ${name}`, description: `Calls ${name}.` };
  const { summary, text, errors, callers, cost } = doc;
  return { summary, description: `${text}\n\nErrors: ${errors}\n\nCallers: ${callers}\n\nCost: ${cost}` };
}
