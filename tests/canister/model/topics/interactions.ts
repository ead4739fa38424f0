import type { Arguments } from '../arguments.ts';
import { checkJson, checkName, checkQuotas, checkText, checkUserId } from '../checks.ts';
import { addActivity, tell } from '../log.ts';
import { without } from '../plain.ts';
import {
  type Call,
  type Entry,
  type Interaction,
  idOf,
  invalid,
  type Model,
  makeUser,
  numberOf,
  type User,
  userOf,
} from '../state.ts';
import { countInteraction, countLoggedError } from './analytics.ts';
import { openFor, touch } from './sessions.ts';

/** What the service alone may write. */
const OWN = [
  'AgentGranted',
  'AgentWithdrawn',
  'AgentBlocked',
  'AgentUnblocked',
  'TokenLeased',
  'OpeningKeyDerived',
  'TokenSealed',
  'AccountPrivacyChanged',
  'TokenRefreshFailed',
  'LinkCodeIssued',
  'UserLinked',
  'UserUnlinked',
  'TokenRefreshRecovered',
];

export function storeInteraction(m: Model, call: Call, args: Arguments): string {
  checkUserId(args.user_id);
  checkText('message', args.message, 262_144);
  checkText('response', args.response, 262_144);
  checkJson('metadata', args.metadata);
  checkName('session_id', args.session_id ?? null);
  const known = userOf(m, args.user_id);
  const session = openFor(m, known, args);
  if (known !== undefined) checkQuotas(m, known, call, ['interactions', 'bytes']);
  const user = known ?? makeUser(m, args.user_id);
  if (session !== undefined) touch(m, session);
  const number = ++m.interactions;
  const { user_id, message, response, metadata } = args;
  const agent_type = args.agent_type ?? '';
  const success = args.success === true;
  const id = idOf('int', number);
  const session_id = session?.session_id ?? null;
  user.interactions.push({
    number,
    id,
    user_id,
    agent_type,
    message,
    response,
    timestamp: m.now,
    success,
    metadata,
    session_id,
  });
  user.newest.interaction = number;
  countInteraction(m, user, { success, metadata, response }, { actor: call.principal, agent_type });
  const description = success ? 'Interaction completed' : 'Interaction failed';
  const about = JSON.stringify({ interaction_id: id });
  tell(m, user, {
    kind: 'InteractionCompleted',
    agent_type,
    description,
    metadata: about,
    actor: call.principal,
    ofFailure: !success,
  });
  return id;
}

export function logActivity(m: Model, call: Call, args: Arguments): string {
  checkUserId(args.user_id);
  const kind = args.activity_type ?? '';
  if (OWN.includes(kind)) throw invalid('activity_type');
  checkText('description', args.description, 4096);
  checkJson('metadata', args.metadata);
  const user = userOf(m, args.user_id) ?? makeUser(m, args.user_id);
  checkQuotas(m, user, call, ['bytes']);
  const { description, metadata } = args;
  const by = { agent_type: args.agent_type ?? '', actor: call.principal };
  const ofFailure = kind === 'ErrorOccurred' && namesFailure(user, metadata);
  if (kind === 'ErrorOccurred' && !ofFailure) countLoggedError(m, user, { ...by, description });
  return addActivity(m, user, { ...by, kind, description, metadata, ofFailure });
}

/** Whether metadata names an interaction of the user that failed. */
function namesFailure(user: User, metadata: string | null | undefined): boolean {
  const value: unknown = JSON.parse(metadata ?? 'null');
  const id = typeof value === 'object' && value !== null ? Object(value).interaction_id : undefined;
  return user.interactions.some(({ number, success }) => idOf('int', number) === id && !success);
}

export function findInteraction(m: Model, id: string): { user: User; interaction: Interaction } | undefined {
  const number = numberOf('int', id);
  for (const user of m.users) {
    const interaction = user.interactions.find((each) => each.number === number);
    if (interaction !== undefined) return { user, interaction };
  }
  return undefined;
}

export function interactionView(interaction: Interaction) {
  return without(interaction, 'number');
}

export function activityView(entry: Entry) {
  const { kind, agent_type, description, metadata, actor, timestamp, user, number } = entry;
  return {
    id: idOf('act', number),
    user_id: user?.user_id ?? '',
    agent_type,
    activity_type: kind,
    description,
    timestamp,
    metadata,
    actor,
  };
}
