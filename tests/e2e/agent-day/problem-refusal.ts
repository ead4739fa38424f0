import { type RefusalError, refusalOf } from '../../../src/client/errors.ts';
import type { Problem } from '../../../src/gateway/problems/problem.ts';

/** The refusal that a problem of the gateway tells, of those that the day has; throws where it tells another. */
export function refusalOfProblem(problem: Problem): RefusalError {
  const { type, detail, field } = problem;
  switch (type.replace('urn:agent-service:problem:', '')) {
    case 'NotFound':
      return refusalOf({ NotFound: null });
    case 'Conflict':
      return refusalOf({ Conflict: { message: detail } });
    case 'InvalidArgument':
      return refusalOf({
        InvalidArgument: { field: String(field), message: detail.replace(`${String(field)} `, '') },
      });
    default:
      throw new Error(`the day has no ${JSON.stringify(problem)}`);
  }
}
