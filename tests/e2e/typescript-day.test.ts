import type { IDL } from '@dfinity/candid';
import { describe, it } from 'vitest';
import * as errors from '../../src/client/errors.ts';
import { fromCandid, toCandid } from '../../src/client/values/candid-values.ts';
import { method } from '../canister/support/candid-interface.ts';
import { payload, resultType } from './agent-day/json-calls.ts';
import { addRecords, leaveInClear } from './agent-day/run-day.ts';
import { DAY_STEPS, Transcript, userOf } from './agent-day/transcript.ts';
import { type Calls, callsOf } from './support/client-calls.ts';
import { clientOf, setupLocalService } from './support/local-service.ts';

/** An answer or a refusal of the client as the interface has it. */
async function reply(type: IDL.FuncClass, answer: Promise<unknown>): Promise<unknown> {
  const [returned] = type.retTypes;
  if (returned === undefined) return answer.then(() => null);
  const ok = resultType(type);
  if (ok === undefined) return toCandid(returned, await answer);
  try {
    return { Ok: toCandid(ok, (await answer) ?? null) };
  } catch (error) {
    if (!(error instanceof errors.RefusalError)) throw error;
    return { Err: { [error.kind]: payload(error) } };
  }
}

describe("an agent's day through AgentServiceClient", () => {
  it('gets the replies that every caller gets', async () => {
    const service = await setupLocalService();
    await leaveInClear(service);
    const calls = callsOf(await clientOf(service));
    const caller = service.identities.agent.identity.getPrincipal();
    const user = userOf('typescript');
    const transcript = new Transcript({ user, caller });
    for (const step of DAY_STEPS) {
      const type = method(step.method);
      const args = step.args.map((arg, i) => fromCandid(type.argTypes[i]!, transcript.argument(arg)));
      // The arguments are those that the interface has at this method, by day.json.
      const call = calls[step.method as keyof Calls] as (...args: unknown[]) => Promise<unknown>;
      transcript.add(await reply(type, call(...args)));
    }
    await addRecords(transcript, { service, user });
    transcript.check();
  });
});
