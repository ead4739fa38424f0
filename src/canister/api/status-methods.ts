import { canisterSelf, query, update } from 'azle';
import { text } from '../codec/index.ts';
import { EXPIRY_BATCH } from '../policy/limits.ts';
import { everyUser, ofUser } from './access-rules.ts';
import { endpoint } from './endpoint.ts';
import { nat32Reply, statusReply } from './replies.ts';
import { credentials, sessions, status } from './services.ts';

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
  run: (_args, call) => sessions.expire(EXPIRY_BATCH, canisterSelf().toUint8Array(), call.now).ended,
});

const cleanupExpiredCredentials = endpoint({
  name: 'cleanup_expired_credentials',
  access: everyUser,
  args: {},
  reply: nat32Reply(),
  run: (_args, call) => credentials.expire(EXPIRY_BATCH, canisterSelf().toUint8Array(), call.now).ended,
});

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
