import { inspectMessage, msgArgData, msgMethodName, trap } from 'azle';
import { refusalOf } from '../policy/limits/inspection.ts';
import { SMALL_MESSAGE_BYTES } from '../policy/limits/message-sizes.ts';
import { currentCall, methods } from './method.ts';
import { callers } from './services.ts';

/**
 * Turns away messages from outside that no method would serve, before they cost anything. One node asks this, and canisters that call are
 * not asked at all: the methods decide by themselves.
 */
export class Inspection {
  @inspectMessage({ manual: true })
  inspect(): boolean {
    const methodName = msgMethodName();
    const message = msgArgData();
    const call = currentCall();
    const { length } = message;
    const refusal =
      refusalOf(callers.kindOf(call), { methodName, length }) ??
      // Small ones are told by the method; to run a long one for a refusal costs a thousand times as much.
      (length > SMALL_MESSAGE_BYTES ? methods.get(methodName)?.preview(call, message) : undefined);
    // A trap carries its reason to the caller; not to accept says nothing.
    if (refusal !== undefined) trap(refusal);
    return true;
  }
}
