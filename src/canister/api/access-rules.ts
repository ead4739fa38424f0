import { inReplicatedExecution } from 'azle';
import type { Text } from '../codec/index.ts';
import { NO_RIGHTS, type Rights } from '../models/access/rights.ts';
import type { AgentType } from '../models/agent-type.ts';
import type { Subject } from '../policy/access/access.ts';
import type { Caller } from '../policy/access/caller.ts';
import type { Need } from '../policy/access/demands.ts';
import { access, rates, subjects } from './services.ts';

/**
 * Who may call a method. The first step knows the caller alone, the second the arguments, too; each throws a Refusal. It returns what
 * the caller may do with the records that the call is about.
 */
export type AccessRule<A> = (call: Caller) => (args: A) => Rights;

/** For methods that show everybody, the anonymous caller included, what they may see. */
export const anybody: AccessRule<unknown> = () => () => NO_RIGHTS;

/** For methods that are about the caller, whoever that is. */
export const identified: AccessRule<unknown> = (call) => {
  access.requireIdentity(call);
  return () => NO_RIGHTS;
};

/** For methods that administer the service. */
export const adminsOnly: AccessRule<unknown> = (call) => {
  access.requireAdmin(call);
  return () => NO_RIGHTS;
};

/** For methods that say who a user is. */
export const everyRight: AccessRule<{ readonly request: UserArguments }> = (call) => {
  access.requireEveryRight(call);
  return ({ request }) => {
    access.requireUnblocked(call, subjects.ofUser(request));
    return NO_RIGHTS;
  };
};

/** For methods that span users. */
export const everyUser: AccessRule<unknown> = (call) => {
  access.requireEveryUser(call);
  return () => NO_RIGHTS;
};

/** For methods that name a user, and perhaps an agent type. */
export function ofUser(need: Need): AccessRule<UserArguments> {
  return rule(need, (args) => subjects.ofUser(args));
}

/** As `ofUser`, for methods that take one record. */
export function ofRequest(need: Need): AccessRule<{ readonly request: UserArguments }> {
  return rule(need, ({ request }) => subjects.ofUser(request));
}

/** For methods that name a session by its id. */
export function ofSession(need: Need): AccessRule<{ readonly session_id: Text }> {
  return recordRule(need, (args) => subjects.ofSession(args));
}

/** As `ofSession`, for methods that take one record. */
export function ofSessionOfRequest(
  need: Need,
): AccessRule<{ readonly request: { readonly session_id: Text } }> {
  return recordRule(need, ({ request }) => subjects.ofSession(request));
}

/** For methods that name an interaction by its id. */
export function ofInteraction(need: Need): AccessRule<{ readonly interaction_id: Text }> {
  return recordRule(need, (args) => subjects.ofInteraction(args));
}

/** For what is about the user whom a filter names, or else about all of them. */
export const ofFilteredUser: AccessRule<{
  readonly request: { readonly filter: FilterArguments | undefined };
}> = (call) => {
  const ofNamed = ofUser('read')(call);
  return ({ request: { filter } }) => {
    if (filter?.user_id === undefined) return access.rightsToReadEveryUser(call);
    return ofNamed({ user_id: filter.user_id, agent_type: filter.agent_type });
  };
};

interface FilterArguments {
  readonly user_id: Text | undefined;
  readonly agent_type: AgentType | undefined;
}

interface UserArguments {
  readonly user_id: Text;
  readonly agent_type?: AgentType | undefined;
}

function rule<A>(need: Need, subjectOf: (args: A) => Subject): AccessRule<A> {
  return (call) => {
    const decide = access.enter(call, need);
    return (args) => {
      const subject = subjectOf(args);
      const rights = decide(subject);
      if (inReplicatedExecution()) rates.admitFor(subject, rights, call);
      return rights;
    };
  };
}

/** No rights are those on a record that is not there, or is to be as if it were not. A user's rate tells nothing of such a record. */
function recordRule<A>(need: Need, subjectOf: (args: A) => Subject | undefined): AccessRule<A> {
  return (call) => {
    const decide = access.enterRecord(call, need);
    return (args) => {
      const subject = subjectOf(args);
      const rights = decide(subject);
      const isSeen = subject !== undefined && rights !== undefined;
      if (isSeen && inReplicatedExecution()) rates.admitFor(subject, rights, call);
      return rights ?? NO_RIGHTS;
    };
  };
}
