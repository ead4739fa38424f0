import { query, update } from 'azle';
import { opt, record, text } from '../codec/index.ts';
import { ofRequest, ofSession, ofUser } from './access-rules.ts';
import { endpoint } from './endpoint.ts';
import { agentSession, agentType, listSessionsArgs } from './interface-types.ts';
import { optRecord, pageResult, textResult, unitResult, vecOfRecords } from './replies.ts';
import { sessions } from './services.ts';

const sessionData = { token: opt(text), project_id: opt(text), selected_repo: opt(text) };

const createAgentSession = endpoint({
  access: ofUser('write'),
  args: { user_id: text, agent_type: agentType, ...sessionData },
  reply: textResult(),
  run: (args, call) => sessions.create(args, call),
});

const updateAgentSession = endpoint({
  access: ofSession('write'),
  args: { session_id: text, ...sessionData },
  reply: unitResult(),
  run: (args, call) => sessions.update(args, call),
});

const endAgentSession = endpoint({
  access: ofSession('end'),
  args: { session_id: text },
  reply: unitResult(),
  run: (args, call) => sessions.end(args, call),
});

const getAgentSession = endpoint({
  access: ofSession('read'),
  args: { session_id: text },
  reply: optRecord(agentSession),
  run: (args, _call, rights) => sessions.get(args.session_id, rights),
});

const getUserAgentSessions = endpoint({
  access: ofUser('read'),
  args: { user_id: text },
  reply: vecOfRecords(agentSession),
  run: (args, _call, rights) => sessions.listByUser(args.user_id, rights),
});

const createSession = endpoint({
  access: ofRequest('write'),
  args: { request: record({ user_id: text, agent_type: agentType, ...sessionData, request_id: opt(text) }) },
  reply: textResult(),
  run: (args, call) => sessions.create(args.request, call),
  once: { method: 'create_session', id: ({ request }) => request.request_id },
});

const listSessions = endpoint({
  access: ofRequest('read'),
  args: { request: listSessionsArgs },
  reply: pageResult(agentSession),
  run: (args, _call, rights) => sessions.page(args.request, rights),
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
