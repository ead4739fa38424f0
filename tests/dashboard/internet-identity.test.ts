import { createPublicKey } from 'node:crypto';
import { AnonymousIdentity, HttpAgent, type PublicKey, polling } from '@dfinity/agent';
import { IDL } from '@dfinity/candid';
import { DelegationChain } from '@dfinity/identity';
import { Principal } from '@dfinity/principal';
import type { BrowserContext } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { AgentServiceClient } from '../../src/client/index.ts';
import { fromHex, toHex, utf8 } from '../../src/replica/codec/bytes.ts';
import { encodeCbor } from '../../src/replica/codec/cbor.ts';
import { coseOf, Signer, wrapKey } from '../replica/support/signers.ts';
import { SIGNING_CANISTER, signedByCanister } from '../replica/support/signing-canister.ts';
import { type DashboardSetup, setupDashboard, WHY_NO_BROWSER } from './support/open-dashboard.ts';

/** Internet Identity's window, for a person whom it knows: `delegate` is what its canister does. */
const PROVIDER = `<!doctype html><title>Internet Identity</title><script>
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  addEventListener('message', async ({ data }) => {
    const { key, expiration, signature } = await delegate(hex(data.sessionPublicKey), String(data.maxTimeToLive));
    const delegation = { pubkey: data.sessionPublicKey, expiration: BigInt(expiration) };
    const delegations = [{ delegation, signature: bytes(signature) }];
    opener.postMessage({ kind: 'authorize-client-success', delegations, userPublicKey: bytes(key), authnMethod: 'passkey' }, '*');
  });
  opener.postMessage({ kind: 'authorize-ready' }, '*');
</script>`;

const CREATE_KEY = `(async () => {
  const { rawId, response } = await navigator.credentials.create({
    publicKey: {
      challenge: new Uint8Array(32),
      rp: { name: 'Agent Service' },
      user: { id: new Uint8Array(8), name: 'alice', displayName: 'Alice' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { type: 'public-key', alg: -257 }],
    },
  });
  const id = btoa(String.fromCharCode(...new Uint8Array(rawId)));
  return { id, spki: Array.from(new Uint8Array(response.getPublicKey())) };
})()`;

const SIGN_WITH_KEY = `async ({ id, challenge }) => {
  const rawId = Uint8Array.from(atob(id), (character) => character.charCodeAt(0));
  const allowCredentials = [{ type: 'public-key', id: rawId }];
  const publicKey = { challenge: Uint8Array.from(challenge), allowCredentials };
  const { response } = await navigator.credentials.get({ publicKey });
  const bytes = (buffer) => Array.from(new Uint8Array(buffer));
  return {
    data: bytes(response.authenticatorData),
    json: bytes(response.clientDataJSON),
    signature: bytes(response.signature),
  };
}`;

const CreateArg = IDL.Record({});
const CreateResult = IDL.Record({ canister_id: IDL.Principal });
const InstallArg = IDL.Record({
  mode: IDL.Variant({ install: IDL.Null }),
  canister_id: IDL.Principal,
  wasm_module: IDL.Vec(IDL.Nat8),
  arg: IDL.Vec(IDL.Nat8),
});

/** A canister of the local network that signs as Internet Identity does, and the identity that it keeps for a seed. */
async function setupSigner({ service }: DashboardSetup, seed: Uint8Array) {
  const agent = await HttpAgent.create({
    host: service.url,
    identity: new AnonymousIdentity(),
    rootKey: fromHex(service.rootKey),
  });
  const call = async (at: Principal, to: Principal, methodName: string, arg: Uint8Array) => {
    const { requestId } = await agent.call(to, { methodName, arg, effectiveCanisterId: at });
    return (await polling.pollForResponse(agent, at, requestId)).reply;
  };
  const management = Principal.managementCanister();
  const created = await call(
    Principal.fromText(service.canisterId),
    management,
    'provisional_create_canister_with_cycles',
    IDL.encode([CreateArg], [{}]),
  );
  const [{ canister_id }] = IDL.decode([CreateResult], created) as unknown as [{ canister_id: Principal }];
  const install = {
    mode: { install: null },
    canister_id,
    wasm_module: SIGNING_CANISTER,
    arg: new Uint8Array(),
  };
  await call(canister_id, management, 'install_code', IDL.encode([InstallArg], [install]));
  return signedByCanister(canister_id.toUint8Array(), seed, {
    update: (method, arg) => call(canister_id, canister_id, method, arg),
    query: async (methodName, arg) => {
      const answer = await agent.query(canister_id, { methodName, arg });
      if ('reply' in answer) return answer.reply.arg;
      throw new Error(answer.reject_message);
    },
  });
}

function keyOfDer(der: Uint8Array): PublicKey {
  return { toDer: () => der.slice() };
}

function fail(reason: string): never {
  throw new Error(reason);
}

describe.skipIf(WHY_NO_BROWSER !== undefined)('Internet Identity', () => {
  const dashboard = setupDashboard();

  it('signs in to the dapp on the local network, by the delegation of a canister', async () => {
    const signer = await setupSigner(dashboard, utf8('a person at this dapp'));
    const person = signer.getPrincipal().toText();
    const agent = await dashboard.clientOf('Mail agent');
    await agent.createSession({ userId: person, agentType: 'GitHub', token: 'secret', projectId: 'launch' });

    const delegate = async (sessionKey: string, lifetime: string) => {
      const end = new Date(Date.now() + Number(BigInt(lifetime) / 1_000_000n));
      const { delegations, publicKey } = await DelegationChain.create(
        signer,
        keyOfDer(fromHex(sessionKey)),
        end,
      );
      const [{ delegation, signature } = fail('there is no delegation')] = delegations;
      return {
        key: toHex(new Uint8Array(publicKey)),
        expiration: delegation.expiration.toString(),
        signature: toHex(new Uint8Array(signature)),
      };
    };
    const prepare = async (context: BrowserContext) => {
      await context.exposeFunction('delegate', delegate);
      await context.route('https://identity.internetcomputer.org/**', (route) =>
        route.fulfill({ contentType: 'text/html', body: PROVIDER }),
      );
    };
    const page = await dashboard.open({ prepare });
    await page.getByRole('button', { name: 'Continue with Internet Identity' }).click();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await page.getByRole('link', { name: 'Active sessions' }).click();
    await page.getByRole('row').filter({ hasText: 'GitHub' }).first().waitFor();
    await page.getByRole('button', { name: 'Account' }).click();
    expect(await page.getByRole('dialog', { name: 'Account' }).innerText()).toContain(person.slice(0, 5));

    // The delegation lasts over a reload.
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('row').filter({ hasText: 'GitHub' }).first().waitFor();
  });

  it('has a brother that needs no canister: a WebAuthn key of the browser calls', async () => {
    const page = await dashboard.open();
    const authenticator = await page.context().newCDPSession(page);
    await authenticator.send('WebAuthn.enable');
    await authenticator.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', automaticPresenceSimulation: true },
    });
    // Authenticators know names and no addresses.
    await page.route('http://localhost/', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto('http://localhost/');
    const made = await page.evaluate<{ id: string; spki: number[] }>(CREATE_KEY);
    const spki = { key: Buffer.from(made.spki), format: 'der', type: 'spki' } as const;
    const signer = new Signer(wrapKey(1, coseOf(createPublicKey(spki))), async (message) => {
      const wanted = JSON.stringify({ id: made.id, challenge: [...message] });
      const proof = await page.evaluate<Readonly<Record<'data' | 'json' | 'signature', number[]>>>(
        `(${SIGN_WITH_KEY})(${wanted})`,
      );
      return encodeCbor({
        authenticator_data: Uint8Array.from(proof.data),
        client_data_json: Buffer.from(proof.json).toString(),
        signature: Uint8Array.from(proof.signature),
      });
    });

    const { url: host, canisterId, rootKey } = dashboard.service;
    const rootKeyBytes = fromHex(rootKey);
    const client = await AgentServiceClient.create({
      host,
      canisterId,
      identity: signer,
      rootKey: rootKeyBytes,
    });
    const userId = signer.getPrincipal().toText();
    expect(await client.listSessions({ userId, limit: 1 })).toMatchObject({ items: [] });
    await client.markNotificationsRead(userId, 0n);
  });
});
