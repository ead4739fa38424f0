import { activities } from './en/activities.ts';
import { agent } from './en/agent.ts';
import { agents } from './en/agents.ts';
import { credentials } from './en/credentials.ts';
import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { ids } from './en/ids.ts';
import { interactions } from './en/interactions.ts';
import { limits } from './en/limits.ts';
import { lists } from './en/lists.ts';
import { notifications } from './en/notifications.ts';
import { operator } from './en/operator.ts';
import { overview } from './en/overview.ts';
import { parts } from './en/parts.ts';
import { proof } from './en/proof.ts';
import { records } from './en/records.ts';
import { retention } from './en/retention.ts';
import { session } from './en/session.ts';
import { sessions } from './en/sessions.ts';
import { signIn } from './en/sign-in.ts';
import { yourData } from './en/your-data.ts';

/** Every text of the dapp, in English: a file for each page, and those that pages share. */
export const texts = {
  activities,
  agent,
  agents,
  credentials,
  errors,
  frame,
  ids,
  interactions,
  limits,
  lists,
  notifications,
  operator,
  overview,
  parts,
  proof,
  records,
  retention,
  session,
  sessions,
  signIn,
  yourData,
};
