import type { Message } from '../messages/message.ts';
import type { Outcome } from '../messages/outcome.ts';
import { executeCompositeQuery } from './composite-query.ts';
import { noMethod, rejected } from './rejects.ts';
import { findQueried, runQuery } from './run-query.ts';
import type { ExecutionWorld } from './world.ts';

/** Answers a query in non-replicated mode; nothing that it does is kept. */
export function executeQuery(world: ExecutionWorld, message: Message): Outcome {
  const { canisterId, methodName } = message;
  const found = findQueried(world, canisterId);
  if ('errorCode' in found) return rejected(found);
  const { exports } = world.instances.moduleOf(found.code);
  if (exports.compositeQueries.has(methodName)) return executeCompositeQuery(world, message);
  if (!exports.queries.has(methodName)) return rejected(noMethod(canisterId, 'query', methodName));
  return runQuery(world, found.canister, found.code, message);
}
