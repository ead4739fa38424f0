import type { Call, Model } from '../state.ts';
import { isAgent } from '../topics/access.ts';
import { isUnknown } from '../topics/rates.ts';

/** What takes long texts, which agents alone send. */
const TAKES_TEXTS =
  /^(create|update)_(agent_)?session$|^(store|update)_(agent_)?credentials$|^complete_token_refresh$|^store_(agent_)?interaction$|^log_(agent_)?activity$/;

/** A longer message is not run for a refusal: where its caller has to wait, inspect_message says so. */
export const SMALL_BYTES = 8192;

/** Whether an update is turned away unread since it is longer than its caller has reason to send: the arguments of the model are never longer than the methods take of agents. */
export function isTooLong(m: Model, call: Call, method: string, length: number): boolean {
  if (!call.isUpdate) return false;
  if (isUnknown(m, call)) return length > 4096;
  return length > SMALL_BYTES && !(isAgent(m, call.principal) && TAKES_TEXTS.test(method));
}
