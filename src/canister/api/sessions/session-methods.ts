import { query, update } from 'azle';
import { opt, record, text } from '../../codec/index.ts';
import { endSessionConsent } from '../../services/consent/user-consents.ts';
import { ofRequest, ofSession, ofUser } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { agentSession, agentType, listSessionsArgs, seedSession } from '../interface-types.ts';
import {
  optRecord,
  pageResult,
  seedTextResult,
  seedUnitResult,
  textResult,
  vecOfRecords,
} from '../replies.ts';
import { likeness, sessions } from '../services.ts';

const sessionData = { token: opt(text), project_id: opt(text), selected_repo: opt(text) };

const createAgentSession = endpoint({
  name: 'create_agent_session',
  access: ofUser('write'),
  args: { user_id: text, agent_type: agentType, ...sessionData },
  reply: seedTextResult(),
  run: (args, call) => sessions.create(args, call),
});

const updateAgentSession = endpoint({
  name: 'update_agent_session',
  access: ofSession('write'),
  args: { session_id: text, ...sessionData },
  reply: seedUnitResult(),
  run: (args, call, rights) => sessions.update(args, call, rights),
});

const endAgentSession = endpoint({
  name: 'end_agent_session',
  access: ofSession('end'),
  args: { session_id: text },
  reply: seedUnitResult(),
  consent: endSessionConsent,
  run: (args, call, rights) => sessions.end(args, call, rights),
});

const getAgentSession = endpoint({
  name: 'get_agent_session',
  access: ofSession('read'),
  args: { session_id: text },
  reply: optRecord(seedSession),
  run: (args, { now }, rights) => sessions.get(args.session_id, { rights, now }),
});

const getUserAgentSessions = endpoint({
  name: 'get_user_agent_sessions',
  access: ofUser('read'),
  args: { user_id: text },
  reply: vecOfRecords(seedSession),
  run: (args, { now, work }, rights) => sessions.listByUser(args.user_id, { rights, now }, work),
});

const createSession = endpoint({
  name: 'create_session',
  access: ofRequest('write'),
  args: { request: record({ user_id: text, agent_type: agentType, ...sessionData, request_id: opt(text) }) },
  reply: textResult(),
  run: (args, call) => sessions.create(args.request, call),
  once: ({ request }) => likeness.session(request),
});

const listSessions = endpoint({
  name: 'list_sessions',
  access: ofRequest('read'),
  args: { request: listSessionsArgs },
  reply: pageResult(agentSession),
  run: (args, { now, work }, rights) => sessions.page(args.request, { rights, now }, work),
});

export class SessionMethods {
  @update(...createAgentSession.signature)
  create_agent_session(): void {
    createAgentSession.serve();
  }

  @update(...updateAgentSession.signature)
  update_agent_session(): void {
    updateAgentSession.serve();
  }

  @update(...endAgentSession.signature)
  end_agent_session(): void {
    endAgentSession.serve();
  }

  @query(...getAgentSession.signature)
  get_agent_session(): void {
    getAgentSession.serve();
  }

  @query(...getUserAgentSessions.signature)
  get_user_agent_sessions(): void {
    getUserAgentSessions.serve();
  }

  @update(...createSession.signature)
  create_session(): void {
    createSession.serve();
  }

  @query(...listSessions.signature)
  list_sessions(): void {
    listSessions.serve();
  }
}
