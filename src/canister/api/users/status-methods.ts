import { canisterSelf, query, update } from 'azle';
import { text } from '../../codec/index.ts';
import { CLEANUP_BATCH, CLEANUP_WORK } from '../../policy/limits/limits.ts';
import type { TaskCause } from '../../services/tasks/task.ts';
import { everyUser, ofUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { messageWork } from '../message-work.ts';
import { nat32Reply, statusReply } from '../replies.ts';
import { credentials, sessions, status } from '../services.ts';

const getAgentStatus = endpoint({
  name: 'get_agent_status',
  access: ofUser('readEveryType'),
  args: { user_id: text },
  reply: statusReply(),
  run: (args) => status.get(args.user_id),
});

const cleanupExpiredSessions = endpoint({
  name: 'cleanup_expired_sessions',
  access: everyUser,
  args: {},
  reply: nat32Reply(),
  run: (_args, { now }) => sessions.expire(CLEANUP_BATCH, messageWork(CLEANUP_WORK), cause(now)).ended,
});

const cleanupExpiredCredentials = endpoint({
  name: 'cleanup_expired_credentials',
  access: everyUser,
  args: {},
  reply: nat32Reply(),
  run: (_args, { now }) => credentials.expire(CLEANUP_BATCH, messageWork(CLEANUP_WORK), cause(now)).ended,
});

/** What is cleaned up expires by itself, only sooner. */
function cause(now: bigint): TaskCause {
  return { actor: canisterSelf().toUint8Array(), now };
}

export class StatusMethods {
  @query(...getAgentStatus.signature)
  get_agent_status(): void {
    getAgentStatus.serve();
  }

  @update(...cleanupExpiredSessions.signature)
  cleanup_expired_sessions(): void {
    cleanupExpiredSessions.serve();
  }

  @update(...cleanupExpiredCredentials.signature)
  cleanup_expired_credentials(): void {
    cleanupExpiredCredentials.serve();
  }
}
