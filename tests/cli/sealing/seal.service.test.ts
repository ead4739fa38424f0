import { describe, expect, it } from 'vitest';
import { sealStored } from '../../../src/client/resealing/seal-stored.ts';
import { endedCommand } from '../../e2e/support/ended-command.ts';
import { clientOf, setupLocalService } from '../../e2e/support/local-service.ts';

const TOKEN = 'gho_16C7e42F292c6912E7710c838347Ae178B4a';
const GRANT = '{"refresh_token":"ghr_1B4a2e77838a7b420295a2c35d0eb2f9"}';

/** A service with tokens in clear, which its user owns, and how commands are run there. */
async function setupClear() {
  const service = await setupLocalService();
  const plain = await clientOf(service, 'agent', 'manual');
  const userId = service.identities.user.identity.getPrincipal().toText();
  const account = { userId, agentType: 'GitHub' } as const;
  await plain.storeCredentials({ ...account, token: TOKEN, tokenData: GRANT });
  await plain.storeCredentials({ ...account, account: 'work', token: TOKEN });
  await plain.createAgentSession({ ...account, token: TOKEN });
  const run = async (...words: string[]) => {
    const ended = await endedCommand(...words, '--directory', service.directory);
    expect(ended.output + ended.errors).not.toMatch(/gho_|ghr_|agent-service-sealed/);
    return ended;
  };
  const formsOf = async () => {
    const accounts = await plain.listCredentials({ userId });
    return accounts.map(({ tokenForm, tokenDataForm }) => [tokenForm, tokenDataForm]);
  };
  return { service, plain, account, run, formsOf };
}

describe('seal', () => {
  it('seals every token that is in clear, and has nothing to do then', async () => {
    const { service, account, run, formsOf } = await setupClear();
    expect(await run('seal', '--all')).toMatchObject({
      code: 0,
      output: expect.stringMatching(
        /^Sealed: 3\. Skipped: 0\. Failed: 0\.\n.* as far as this identity sees them: 0\.\n.*Left to do:\n.*deploy --force.*\n.*snapshots.*\n.*rotate/,
      ),
    });
    expect(await formsOf()).toEqual([
      ['sealed', 'sealed'],
      ['sealed', undefined],
    ]);
    const owner = await clientOf(service, 'user', 'require');
    const lease = await owner.leaseAgentCredentials({ ...account, purpose: 'a test' });
    expect(lease.credentials).toMatchObject({ token: TOKEN, tokenData: GRANT });
    expect(await owner.getUserAgentSessions(account.userId)).toMatchObject([{ token: TOKEN }]);
    const again = await run('seal', '--all', '--json');
    expect(JSON.parse(again.output)).toEqual({ sealed: 0, skipped: [], failed: [], remaining: 0 });
  });

  it('seals for the recipients of today what was sealed for those of the past, also as the user', async () => {
    const { service, account, run, formsOf } = await setupClear();
    await run('seal', account.userId);
    const done = await run('credentials', 'private', account.userId, 'on', '--type', 'GitHub');
    expect(done).toMatchObject({ code: 0, output: expect.stringMatching(/^The account is private\./) });
    expect(await formsOf()).toEqual([
      ['stale', 'stale'],
      ['sealed', undefined],
    ]);
    // Agents for every user are kept from it, and see nothing of it to seal.
    expect(JSON.parse((await run('seal', '--all', '--json')).output)).toMatchObject({ sealed: 0 });
    const asUser = await run('seal', account.userId, '--identity', service.identities.user.path, '--json');
    expect(JSON.parse(asUser.output)).toMatchObject({ sealed: 1, remaining: 0 });
    expect(await formsOf()).toEqual([
      ['sealed', 'sealed'],
      ['sealed', undefined],
    ]);
  });

  it('tells what it does not seal, and why', async () => {
    const { service, run } = await setupClear();
    const admin = await run('seal', '--all', '--identity', service.identities.admin.path);
    expect(admin).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^Sealed: 0\. Skipped: 3\. Failed: 0\./),
      errors: expect.stringMatching(/skipped: GitHub of /),
    });
    expect(await run('seal')).toMatchObject({ code: 2, errors: expect.stringContaining('--all') });
    expect(await run('seal', 'alice', '--all')).toMatchObject({ code: 2 });
  });

  it('begins no more once it is stopped, and a run after that finds the rest', async () => {
    const { plain } = await setupClear();
    const stopped = new AbortController();
    stopped.abort();
    const run = { onWait: () => undefined, onProgress: () => undefined };
    expect(await sealStored(plain, { ...run, signal: stopped.signal })).toMatchObject({ sealed: 0 });
    expect(await sealStored(plain, { ...run, signal: new AbortController().signal })).toMatchObject({
      sealed: 3,
    });
  });

  it('sets whether the service takes tokens in clear', async () => {
    const { plain, account, run } = await setupClear();
    expect(await run('settings', 'sealing', 'require')).toMatchObject({ code: 0 });
    await expect(plain.storeCredentials({ ...account, token: TOKEN })).rejects.toMatchObject({
      kind: 'InvalidArgument',
    });
    expect((await run('settings')).output).toMatch(/^sealing +require$/m);
  });
});
