import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Principal } from '@dfinity/principal';
import { DerivedPublicKey, VetKey } from '@dfinity/vetkeys';
import { describe, expect, it } from 'vitest';
import { openSecret } from '../../../src/client/sealing/open-secret.ts';
import { sealSecret } from '../../../src/client/sealing/seal-secret.ts';
import { makeVectors, type Vectors } from './make-vectors.ts';

const PATH = join(import.meta.dirname, 'vectors.json');
const made = JSON.stringify(await makeVectors());
if (process.env['WRITE_VECTORS'] !== undefined) writeFileSync(PATH, made);
const vectors = JSON.parse(existsSync(PATH) ? readFileSync(PATH, 'utf8') : made) as Vectors;

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

describe('the vectors for sealed secrets in every language', () => {
  it('are what is made today; WRITE_VECTORS=1 writes them, "npm run format" brings them in form', () => {
    expect(JSON.stringify(vectors) === made).toBe(true);
  });

  it.each(vectors.sealed.map((vector) => [vector.name, vector] as const))('%s', async (_name, vector) => {
    const { canister_id, user_id, agent_type, account, field } = vector.place;
    const place = {
      canisterId: Principal.fromText(canister_id),
      userId: user_id,
      agentType: agent_type,
      account,
      field,
    };
    const recipients = vector.recipients.map(({ kind, epoch }) => ({ kind, epoch: BigInt(epoch) }));
    const random = vector.random.map(bytes);
    const sealed = await sealSecret(vector.secret, {
      place,
      recipients,
      key: DerivedPublicKey.deserialize(bytes(vector.service_key)),
      random: (length) => random.shift() ?? new Uint8Array(length),
    });
    expect(sealed).toBe(vector.envelope);
    for (const [i, recipient] of recipients.entries()) {
      const key = VetKey.deserialize(bytes(vector.recipients[i]?.key ?? ''));
      expect(await openSecret(vector.envelope, { place, recipient, key })).toBe(vector.secret);
    }
  });
});
