import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf, setupLocalService } from '../../e2e/support/local-service.ts';
import { EventReader } from '../support/event-reader.ts';
import { send, setupGateway } from '../support/setup-gateway.ts';

const FROM_THE_FIRST = 'act-0000000000000000';
const EVENTS = '/v1/users/alice/events';

describe('events', () => {
  it('begin with the position that they go on from', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const agent = await clientOf(service);
    await agent.createAgentSession({ userId: 'alice', agentType: 'GitHub' });
    const [newest] = await agent.getUserAgentActivities('alice');
    const response = await fetch(url + EVENTS, { headers: { authorization: `Bearer ${key.agent}` } });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    const id = newest?.id ?? '';
    expect(new TextDecoder().decode(first?.value)).toBe(
      `id: ${id}\nevent: position\ndata: {"last_event_id":"${id}"}\n\n`,
    );
  });

  it('come to every listener, to each what its caller may see', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const agent = await clientOf(service);
    const user = service.identities.user.identity.getPrincipal().toText();
    const path = `${url}/v1/users/${user}/events`;
    const readers = [key.agent, key.agent, key.user].map(
      (each) => new EventReader(path, each, FROM_THE_FIRST),
    );
    onTestFinished(() => {
      for (const reader of readers) reader.end();
    });
    for (let i = 0; i < 3; i++) await agent.createAgentSession({ userId: user, agentType: 'Gmail' });
    const written = (await agent.getUserAgentActivities(user)).map(({ id }) => id).reverse();
    for (const reader of readers) await expect.poll(() => reader.ids, { timeout: 30_000 }).toEqual(written);
  });

  it('of all users come to who may see them, as far as the filters let them pass', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const agent = await clientOf(service);
    const readers = [
      ['', key.agent, ['a1', 'b1', 'a2', 'b2']],
      ['', key.admin, ['a1', 'b1', 'a2', 'b2']],
      ['?user_id=a', key.agent, ['a1', 'a2']],
      ['?agent_type=Gmail', key.agent, ['a2', 'b2']],
      ['?activity_type=EmailSent,EmailRead', key.agent, ['b1', 'b2']],
      ['?user_id=b&agent_type=Gmail&activity_type=EmailSent', key.agent, ['b2']],
    ] as const;
    const opened = readers.map(
      ([query, each]) => new EventReader(`${url}/v1/events${query}`, each, FROM_THE_FIRST),
    );
    onTestFinished(() => {
      for (const reader of opened) reader.end();
    });
    const names = new Map<string, string>();
    for (const [i, description] of ['a1', 'b1', 'a2', 'b2'].entries()) {
      const activityType = description.startsWith('a') ? 'TaskCreated' : 'EmailSent';
      const agentType = i < 2 ? 'GitHub' : 'Gmail';
      names.set(
        await agent.logActivity({ userId: description.charAt(0), agentType, activityType, description }),
        description,
      );
    }
    for (const [i, reader] of opened.entries()) {
      const expected = readers[i]?.[2] ?? [];
      await expect.poll(() => reader.ids.map((id) => names.get(id)), { timeout: 30_000 }).toEqual(expected);
    }
  });

  it.each([
    ['a user who names nobody', 'user', '/v1/events', 403],
    ['another agent type', 'agent', '/v1/events?agent_type=Slack', 400],
    ['another activity type', 'agent', '/v1/events?activity_type=TaskCreated,', 400],
    ['no activity type', 'agent', '/v1/users/a/events?activity_type=', 400],
    ['an empty user_id', 'agent', '/v1/events?user_id=', 400],
  ] as const)('do not begin for %s', async (_name, role, path, status) => {
    const { url, key } = await setupGateway();
    expect((await send(url, `GET ${path}`, { key: key[role] })).status).toBe(status);
  });

  it('end with a problem once the API key is revoked', async () => {
    const { url, key, keys } = await setupGateway();
    const headers = { authorization: `Bearer ${key.agent}` };
    const { body } = await fetch(url + EVENTS, { headers });
    let text = '';
    const read = (async () => {
      for await (const part of body ?? []) text += Buffer.from(part as Uint8Array).toString();
    })();
    await expect.poll(() => text).toContain('event: position');
    keys.revoke(keys.find(key.agent)?.id ?? '');
    await read;
    expect(text).toContain('event: problem\ndata: {"type":"urn:agent-service:problem:Unauthenticated"');
  });

  it('end with a problem once the caller may see the user no more', async () => {
    const service = await setupLocalService();
    const { url, key } = await setupGateway(service);
    const { body } = await fetch(url + EVENTS, { headers: { authorization: `Bearer ${key.agent}` } });
    let text = '';
    const read = (async () => {
      for await (const part of body ?? []) text += Buffer.from(part as Uint8Array).toString();
    })();
    await expect.poll(() => text).toContain('event: position');
    await (await clientOf(service, 'admin')).removeAgent(service.identities.agent.identity.getPrincipal());
    await read;
    expect(text).toContain('event: problem\ndata: {"type":"urn:agent-service:problem:Unauthorized"');
  });

  it.each([
    ['an id that is none', 'agent', { 'last-event-id': 'act-1' }, 400],
    ['a caller who may not see the user', 'user', {}, 403],
  ] as const)('do not begin for %s', async (_name, role, headers, status) => {
    const { url, key } = await setupGateway();
    expect((await send(url, `GET ${EVENTS}`, { key: key[role], headers })).status).toBe(status);
  });
});
