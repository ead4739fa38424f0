import { describe, expect, it } from 'vitest';
import { addRecords } from './agent-day/run-day.ts';
import { DAY_STEPS, Transcript, userOf } from './agent-day/transcript.ts';
import { Icp, WHY_NO_ICP } from './support/icp.ts';
import { setupFolder, setupLocalService } from './support/local-service.ts';

describe("an agent's day at the terminal", () => {
  it('gets the replies that every caller gets', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const service = await setupLocalService();
    const { identity, path } = service.identities.agent;
    const icp = new Icp(service, setupFolder());
    await icp.run('identity', 'import', 'agent', '--from-pem', path, '--storage', 'plaintext');
    const user = userOf('icp');
    const transcript = new Transcript({ user, caller: identity.getPrincipal() });
    for (const { method, args } of DAY_STEPS) {
      transcript.add(
        await icp.call(
          method,
          args.map((arg) => transcript.argument(arg)),
        ),
      );
    }
    await addRecords(transcript, { service, user });
    transcript.check();
  });

  it('shows the interface, and says why a call is refused', async ({ skip }) => {
    if (WHY_NO_ICP !== undefined) skip(WHY_NO_ICP);
    const service = await setupLocalService();
    const icp = new Icp(service, setupFolder());
    const where = ['--network', service.url, '--root-key', service.rootKey];
    const { stdout } = await icp.run('canister', 'metadata', service.canisterId, 'candid:service', ...where);
    expect(stdout).toContain('create_agent_session : (text, AgentType');

    const anonymous = ['canister', 'call', service.canisterId, 'get_agent_status', '("alice")'];
    await expect(icp.run(...anonymous, '--query', ...where, '--identity', 'anonymous')).rejects.toThrow(
      /Unauthorized: anonymous callers may not use this service/,
    );
  });
});
