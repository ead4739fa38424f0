import { agents } from './en/agents.ts';
import { errors } from './en/errors.ts';
import { frame } from './en/frame.ts';
import { ids } from './en/ids.ts';
import { notifications } from './en/notifications.ts';
import { overview } from './en/overview.ts';
import { parts } from './en/parts.ts';
import { proof } from './en/proof.ts';
import { records } from './en/records.ts';
import { signIn } from './en/sign-in.ts';

/** Every text of the dapp, in English: a file for each page, and those that pages share. */
export const texts = { agents, errors, frame, ids, notifications, overview, parts, proof, records, signIn };
