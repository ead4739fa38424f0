import { describe, expect, it } from 'vitest';
import { maskOf, NO_RIGHTS, type Rights } from '../../../src/canister/models/access/rights.ts';
import { agentTypes } from '../../../src/canister/models/agent-type.ts';
import type { InteractionPageRequest } from '../../../src/canister/services/interactions/interaction-service.ts';
import { ALL, arg, read, setupServices, WORK } from '../support/service-world.ts';

const ANY: InteractionPageRequest = {
  user_id: arg('u'),
  agent_type: undefined,
  session_id: undefined,
  success: undefined,
  from: undefined,
  until: undefined,
  limit: undefined,
  cursor: undefined,
};

/** Interactions 0 to `count`, one a nanosecond; every third by Gmail, every fourth a failure. */
function setupPages(count: number) {
  const world = setupServices();
  const { interactions, clock, call } = world;
  const start = clock.now;
  for (let i = 0; i < count; i++) {
    clock.now = start + BigInt(i);
    interactions.store(
      {
        user_id: arg('u'),
        agent_type: i % 3 === 0 ? 'Gmail' : 'GitHub',
        message: arg(`${i}`),
        response: arg('r'),
        success: i % 4 !== 0,
        metadata: undefined,
      },
      call(),
    );
  }
  const page = (request: Partial<InteractionPageRequest>) => {
    const { items, nextCursor } = interactions.page({ ...ANY, ...request }, ALL, WORK);
    return {
      messages: read.interactions(items).map(({ message }) => Number(message)),
      cursor: nextCursor === undefined ? undefined : arg(new TextDecoder().decode(nextCursor)),
    };
  };
  const all = (request: Partial<InteractionPageRequest>) => {
    const messages: number[] = [];
    let cursor: InteractionPageRequest['cursor'];
    let pages = 0;
    do {
      const next = page({ ...request, cursor });
      messages.push(...next.messages);
      cursor = next.cursor;
      pages++;
    } while (cursor !== undefined);
    return { messages, pages };
  };
  return { ...world, start, page, all };
}

/** The numbers below `count` that pass, newest first. */
function expected(count: number, passes: (i: number) => boolean): number[] {
  return Array.from({ length: count }, (_, i) => count - 1 - i).filter(passes);
}

describe('pages', () => {
  it('give every record once, newest first, whatever the limit', () => {
    const { all } = setupPages(25);
    for (const limit of [1, 4, 5, 24, 25, 26]) {
      const { messages, pages } = all({ limit });
      expect(messages).toEqual(expected(25, () => true));
      expect(pages).toBe(Math.ceil(25 / limit));
    }
  });

  const filters: [string, (start: bigint) => Partial<InteractionPageRequest>, (i: number) => boolean][] = [
    ['agent type', () => ({ agent_type: 'Gmail' }), (i) => i % 3 === 0],
    ['success', () => ({ success: false }), (i) => i % 4 === 0],
    ['time', (start) => ({ from: start + 5n, until: start + 20n }), (i) => i >= 5 && i < 20],
    [
      'type, success and time',
      (start) => ({ agent_type: 'GitHub', success: true, from: start + 8n }),
      (i) => i % 3 !== 0 && i % 4 !== 0 && i >= 8,
    ],
    ['a session that has none', () => ({ session_id: arg('ses-0000000000000001') }), () => false],
  ];
  for (const [what, request, passes] of filters) {
    it(`filter by ${what}`, () => {
      const { all, start } = setupPages(30);
      for (const limit of [2, 50]) {
        expect(all({ ...request(start), limit }).messages).toEqual(expected(30, passes));
      }
    });
  }

  it('end after looking at 2,000 records, with a cursor to go on', () => {
    const { page, all } = setupPages(2050);
    const first = page({ until: 0n });
    expect(first.messages).toEqual([]);
    expect(first.cursor).toBeDefined();
    expect(all({ until: 0n }).pages).toBe(2);
  });

  it('are not shifted by records that come in between', () => {
    const { page, interactions, call } = setupPages(10);
    const first = page({ limit: 5 });
    interactions.store(
      {
        user_id: arg('u'),
        agent_type: 'Gmail',
        message: arg('99'),
        response: arg('r'),
        success: true,
        metadata: undefined,
      },
      call(),
    );
    expect(page({ limit: 5, cursor: first.cursor }).messages).toEqual([4, 3, 2, 1, 0]);
  });

  it('refuse a cursor of another list', () => {
    const { page, interactions, call } = setupPages(3);
    interactions.store(
      {
        user_id: arg('v'),
        agent_type: 'Gmail',
        message: arg('m'),
        response: arg('r'),
        success: true,
        metadata: undefined,
      },
      call(),
    );
    const wrong = [
      { cursor: arg('x') },
      { cursor: arg('act-0000000000000001') },
      { cursor: arg('int-0000000000000001'), agent_type: 'GitHub' as const },
    ];
    for (const request of wrong) expect(() => page(request)).toThrow('InvalidArgument: cursor must be');
    const unknown = [
      { cursor: arg('int-0000000000000099') },
      { cursor: arg('int-0000000000000004') },
      { cursor: arg('int-0000000000000001'), user_id: arg('nobody') },
    ];
    for (const request of unknown) expect(page(request)).toEqual({ messages: [], cursor: undefined });
  });

  it('are empty for a user of whom nothing is stored', () => {
    expect(setupPages(1).page({ user_id: arg('nobody') })).toEqual({ messages: [], cursor: undefined });
  });
});

describe('lists for a caller who sees some agent types', () => {
  const SOME: Rights = { ...ALL, read: maskOf(agentTypes, ['GitHub', 'Calendar']) };
  const TYPES = ['GitHub', 'Gmail', 'Gmail', 'Calendar', 'GitHub', 'Asana', 'Calendar', 'Calendar'] as const;

  function setupTypes() {
    const world = setupServices();
    TYPES.forEach((agent_type, i) => {
      const told = { message: arg(`${i}`), response: arg('r'), success: true, metadata: undefined };
      world.interactions.store({ user_id: arg('u'), agent_type, ...told }, world.call());
    });
    const messagesOf = (items: readonly Uint8Array[]) =>
      read.interactions(items).map(({ message }) => Number(message));
    return { ...world, messagesOf };
  }

  it('leave out the others, in the order of all', () => {
    const { interactions, messagesOf } = setupTypes();
    const list = (limit?: number) => messagesOf(interactions.list({ user_id: arg('u'), limit }, SOME, WORK));
    expect(list()).toEqual([7, 6, 4, 3, 0]);
    expect(list(2)).toEqual([7, 6]);
    expect(messagesOf(interactions.list({ user_id: arg('u'), limit: undefined }, NO_RIGHTS, WORK))).toEqual(
      [],
    );
  });

  it('leave out the others page by page', () => {
    const { interactions, messagesOf } = setupTypes();
    const first = interactions.page({ ...ANY, limit: 3 }, SOME, WORK);
    expect(messagesOf(first.items)).toEqual([7, 6, 4]);
    const cursor = arg(new TextDecoder().decode(first.nextCursor));
    const second = interactions.page({ ...ANY, limit: 3, cursor }, SOME, WORK);
    expect(messagesOf(second.items)).toEqual([3, 0]);
    expect(second.nextCursor).toBeUndefined();
  });
});
