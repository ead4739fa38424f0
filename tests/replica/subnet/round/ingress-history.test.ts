import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/replica/codec/bytes.ts';
import type { IngressMessage } from '../../../../src/replica/messages/message.ts';
import type { Outcome } from '../../../../src/replica/messages/outcome.ts';
import { IngressHistory } from '../../../../src/replica/subnet/round/ingress-history.ts';

const KEPT = 300_000_000_000n;
const done: Outcome = { kind: 'replied', reply: utf8('done') };

function message(name: string, ingressExpiry: bigint): IngressMessage {
  const nobody = new Uint8Array();
  return {
    requestId: utf8(name),
    ingressExpiry,
    sender: utf8('sender'),
    canisterId: nobody,
    effectiveCanisterId: nobody,
    methodName: 'm',
    arg: nobody,
  };
}

describe('IngressHistory', () => {
  const names = (history: IngressHistory) =>
    history.toArray().map(({ requestId }) => new TextDecoder().decode(requestId));

  it('forgets what has its answer and expired five minutes ago, in whatever order that came', () => {
    const history = new IngressHistory();
    const expiries = { late: 300n, early: 100n, open: 50n, middle: 200n };
    for (const [name, expiry] of Object.entries(expiries)) history.add(message(name, expiry));
    for (const name of ['late', 'middle', 'early']) history.finish(utf8(name), done);
    expect(history.nextRemoval()).toBe(KEPT + 101n);
    expect(history.removeExpired(KEPT + 100n)).toEqual([]);
    expect(history.removeExpired(KEPT + 101n)).toMatchObject([{ requestId: utf8('early') }]);
    expect(history.removeExpired(KEPT + 201n)).toMatchObject([{ requestId: utf8('middle') }]);
    expect(names(history)).toEqual(['late', 'open']);
    expect(history.nextRemoval()).toBe(KEPT + 301n);
    // What is worked on stays, and goes once it has its answer.
    expect(history.removeExpired(KEPT + 1000n)).toMatchObject([{ requestId: utf8('late') }]);
    expect(history.nextRemoval()).toBeUndefined();
    history.finish(utf8('open'), done);
    expect(history.removeExpired(KEPT + 1000n)).toMatchObject([{ requestId: utf8('open') }]);
    expect(names(history)).toEqual([]);
  });

  it('goes on with what was saved', async () => {
    const history = new IngressHistory();
    history.add(message('finished', 100n));
    history.finish(utf8('finished'), done);
    history.add(message('open', 200n));
    const loaded = new IngressHistory(history.toArray());
    expect(await loaded.outcome(utf8('finished'))).toEqual(done);
    const waiting = loaded.outcome(utf8('open'));
    loaded.finish(utf8('open'), done);
    expect(await waiting).toEqual(done);
    expect(loaded.removeExpired(KEPT + 101n)).toMatchObject([{ requestId: utf8('finished') }]);
  });

  it('rejects to wait for what it does not know', async () => {
    await expect(new IngressHistory().outcome(utf8('nothing'))).rejects.toThrow('is not known');
  });
});
