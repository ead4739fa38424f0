import type { LocalService } from '../../../src/cli/local/local-service.ts';
import { type Caller, callerOf } from '../../../src/json-interface/callers/caller.ts';
import { candidCall, type JsonCall } from './json-calls.ts';
import { DAY_RECORDS, DAY_STEPS, isDoneBy, type LimitedCaller, Transcript, userOf } from './transcript.ts';

/** Somebody who does the day. */
export interface DayCaller {
  readonly call: JsonCall;
  /** Which caller it is, where it leaves steps to another. */
  readonly limited?: LimitedCaller;
}

/** Does the day as the service's development agent, for a user that is called as the caller is, and holds what comes of it against day.json. */
export async function runDay(
  service: LocalService,
  name: string,
  { call, limited }: DayCaller,
): Promise<void> {
  await leaveInClear(service);
  const another = await agentOf(service);
  const user = userOf(name);
  const transcript = new Transcript({
    user,
    caller: service.identities.agent.identity.getPrincipal(),
  });
  for (const step of DAY_STEPS) {
    const args = step.args.map((arg) => transcript.argument(arg));
    const by = isDoneBy(step, limited) ? call : callOf(another);
    transcript.add(await candidCall(by, step.method, args));
  }
  await addRecords(transcript, { service, user });
  transcript.check(limited);
}

/** The day is what the service does with what callers send: it says that secrets are sent as they are. What is sealed has tests of its own. */
export async function leaveInClear(service: LocalService): Promise<void> {
  const admin = await callerOf(placeOf(service), service.identities.admin.identity);
  await candidCall(callOf(admin), 'update_sealing', [{ sealing: { off: null } }]);
}

/** Adds to the transcript what the user's day left behind, as the development agent reads it. */
export async function addRecords(
  transcript: Transcript,
  { service, user }: { readonly service: LocalService; readonly user: string },
): Promise<void> {
  const call = callOf(await agentOf(service));
  for (const { method, args } of DAY_RECORDS) {
    const given = args.map((arg) => transcript.argument(arg));
    transcript.add(await candidCall(call, method, given));
  }
  let next: readonly bigint[] = [];
  do {
    // By the interface; the agent may read what is about users.
    const { Ok: page } = (await candidCall(call, 'get_audit_entries', [{ from: next, limit: [] }])) as {
      Ok: AuditPage;
    };
    const contents = page.entries.flatMap(({ content }) => content);
    transcript.addAudit(contents.filter(({ user_id }) => user_id[0] === user).map(withoutSalt));
    next = page.next;
  } while (next.length > 0);
}

interface AuditPage {
  readonly entries: readonly { readonly content: readonly AuditContent[] }[];
  readonly next: readonly bigint[];
}

interface AuditContent {
  readonly salt: unknown;
  readonly user_id: readonly string[];
}

function withoutSalt({ salt: _salt, ...content }: AuditContent): object {
  return content;
}

function agentOf(service: LocalService): Promise<Caller> {
  return callerOf(placeOf(service), service.identities.agent.identity);
}

function placeOf({ url, canisterId, rootKey }: LocalService) {
  return { host: url, canisterId, rootKey: new Uint8Array(Buffer.from(rootKey, 'hex')) };
}

function callOf(caller: Caller): JsonCall {
  return (method, values) => caller.call(method, values);
}
