import { inspectMessage, msgArgData, msgMethodName, trap } from 'azle';
import { refusalOf } from '../policy/inspection.ts';
import { currentCall } from './method.ts';

/**
 * Turns away messages from outside that no method would serve, before they cost anything. One node asks this, and canisters that call are
 * not asked at all: the methods decide by themselves.
 */
export class Inspection {
  @inspectMessage({ manual: true })
  inspect(): boolean {
    const message = { methodName: msgMethodName(), length: msgArgData().length };
    const refusal = refusalOf(currentCall(), message);
    // A trap carries its reason to the caller; not to accept says nothing.
    if (refusal !== undefined) trap(refusal);
    return true;
  }
}
