import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/replica/codec/bytes.ts';
import { decodeRelayed, encodeRelayedCall, installRelay, relayedReply } from '../support/relay.ts';
import { setupDirectory } from '../support/setup-directory.ts';
import { setupNetwork } from '../support/setup-network.ts';
import { encryptedKeyOf, GENERATOR, vetKdCall } from '../support/vetkd.ts';

describe('a network whose process was killed', () => {
  it('encrypts keys as it did before, so that all that it certified stays', async () => {
    const directory = setupDirectory();
    const first = await setupNetwork({ directory });
    const relay = await installRelay(first, { amount: 10n ** 15n });
    const call = vetKdCall('vetkd_derive_key', {
      input: utf8('input'),
      context: utf8('context'),
      transport_public_key: GENERATOR,
    });
    const message = first.message(relay.id, 'relay', encodeRelayedCall(call));
    const outcome = await first.run(message);
    expect(encryptedKeyOf(relayedReply(decodeRelayed(outcome)))).toHaveLength(192);

    const killed = join(setupDirectory(), 'copy');
    cpSync(directory, killed, { recursive: true });
    const second = await setupNetwork({ directory: killed });
    expect(second.network.recovery?.batches).toBeGreaterThan(0);
    expect(await second.network.subnet.outcome(message.requestId)).toEqual(outcome);
    expect(second.network.subnet.rootHash()).toEqual(first.network.subnet.rootHash());
  });
});
