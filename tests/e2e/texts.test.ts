import { execFile, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { commitmentOf } from '../../src/client/audit/audit-digests.ts';
import {
  type AgentServiceClient,
  decodeAuditLog,
  downloadAuditLog,
  encodeAuditLog,
  InvalidArgumentError,
} from '../../src/client/index.ts';
import { clientOf, type OpenService, openLocalService, setupFolder } from './support/local-service.ts';

const ROOT = join(import.meta.dirname, '../..');
const WHOLE: Readonly<Record<string, string>> = {
  'byte order marks': '\ufeffa\ufeff',
  nul: 'a\u0000b',
  'separators of lines': 'a\u2028b\u2029c\r\n\u0085',
  'astral characters': '\u{1f600}\u{10ffff}',
  'combining forms': 'e\u0301 \u00e9 \u1e9b\u0323',
  'turned directions': '\u202eabc\u202c',
  'replacement characters': '\ufffd',
  blanks: ' a ',
};

let service: OpenService;
let agent: AgentServiceClient;

beforeAll(async () => {
  service = await openLocalService();
  agent = await clientOf(service);
  return () => service.close();
});

/** Runs the command by a shell, with what `printf` makes of `format` as its input; resolves with its outputs and its exit code. */
async function shell(
  command: string,
  format = '',
): Promise<{ stdout: string; stderr: string; code: number }> {
  const words = `printf '${format}' | node scripts/run.mjs ${command} --directory '${service.directory}'`;
  try {
    return { ...(await promisify(execFile)('bash', ['-c', words], { cwd: ROOT })), code: 0 };
  } catch (error) {
    return error as { stdout: string; stderr: string; code: number };
  }
}

describe('text that is changed on the way', () => {
  it.each(Object.entries(WHOLE))(
    'the TypeScript client stores and returns %s as they are',
    async (_what, text) => {
      const about = { userId: 'whole', agentType: 'GitHub' } as const;
      const metadata = JSON.stringify({ [text]: text });
      const id = await agent.storeInteraction({
        ...about,
        message: text,
        response: text,
        success: true,
        metadata,
      });
      expect(await agent.getAgentInteraction(id)).toMatchObject({ message: text, response: text, metadata });
      await agent.storeCredentials({ ...about, token: 't', projectIds: [['p', text]], workspaceId: text });
      expect(await agent.getAgentCredentials(about)).toMatchObject({
        projectIds: [['p', text]],
        workspaceId: text,
      });
      await agent.logActivity({ ...about, activityType: 'TaskCreated', description: text, metadata });
      const [activity] = await agent.getUserAgentActivities('whole', 1);
      expect(activity).toMatchObject({ description: text, metadata });
    },
  );

  it('the TypeScript client refuses half of a character by its name, and sends nothing', async () => {
    const before = await agent.getAgentStatus('half');
    const error: unknown = await agent
      .storeAgentInteraction({
        userId: 'half',
        agentType: 'GitHub',
        message: 'a\ud83d',
        response: 'r',
        success: true,
      })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ kind: 'InvalidArgument', field: 'message' });
    await expect(
      agent.storeCredentials({
        userId: 'half',
        agentType: 'GitHub',
        token: 't',
        projectIds: [['p', '\ude00']],
      }),
    ).rejects.toThrow('project_ids must be Unicode text, without lone surrogates (in [0][1])');
    expect(await agent.getAgentStatus('half')).toEqual(before);
  });

  it('an audit log is the same after it was written to a file, and its commitments hold', async () => {
    const description = '\ufeffa\u2028\u0000😀';
    await agent.logActivity({
      userId: 'logged',
      agentType: 'GitHub',
      activityType: 'TaskCreated',
      description,
    });
    const admin = await clientOf(service, 'admin');
    const log = await downloadAuditLog(admin);
    const read = decodeAuditLog(encodeAuditLog(log));
    expect(read.entries.at(-1)?.content?.description).toBe(description);
    expect(read.entries).toEqual(log.entries);
    for (const { content, commitment } of read.entries) {
      if (content !== undefined) expect(commitmentOf(content)).toEqual(commitment);
    }
  });

  it.each([
    ['a byte order mark', '\\xef\\xbb\\xbfa', '\ufeffa'],
    ['nul and a line separator', 'a\\0b\\xe2\\x80\\xa8', 'a\u0000b\u2028'],
  ])('the terminal stores %s from its standard input as it is', async (_what, format, token) => {
    const { code } = await shell('credentials store stdin --type Gmail --token-file -', format);
    expect(code).toBe(0);
    const lease = await agent.leaseAgentCredentials({
      userId: 'stdin',
      agentType: 'Gmail',
      purpose: 'a test',
    });
    expect(lease.credentials.token).toBe(token);
  });

  it('the terminal refuses bytes that are no UTF-8 by the name of the argument', async () => {
    const path = join(setupFolder(), 'data.json');
    writeFileSync(path, Buffer.from('{"a":"\xff"}', 'latin1'));
    const store = 'credentials store broken --type Gmail';
    const told = [
      await shell(`${store} --token-file -`, 'a\\xff'),
      await shell(`${store} --token-file - --token-data-file ${path}`, 'a'),
      await shell(`interactions add broken --type Gmail --message $'a\\xff' --response r`),
    ];
    expect(told.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(told.map(({ stderr }) => stderr.trim())).toEqual([
      'token: - must be text in UTF-8.',
      `token_data: ${path} must be text in UTF-8.`,
      '--message: it must be text in UTF-8.',
    ]);
    expect(await agent.listCredentials({ userId: 'broken' })).toEqual([]);
  });

  it('MCP by standard input stores whole texts as they are, and refuses the others by their names', async () => {
    const mcp = spawn('node', ['scripts/run.mjs', 'mcp', '--directory', service.directory], { cwd: ROOT });
    let output = '';
    mcp.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    const answerTo = async (id: number, line: string | Buffer) => {
      mcp.stdin.write(line);
      mcp.stdin.write('\n');
      const find = () =>
        output
          .split('\n')
          .slice(0, -1)
          .map((each) => JSON.parse(each) as { id?: unknown })
          .find((each) => each.id === id);
      await expect.poll(find, { timeout: 60_000 }).toBeDefined();
      return JSON.stringify(find());
    };
    const call = (id: number, message: string) =>
      JSON.stringify({
        jsonrpc: '2.0',
        id,
        method: 'tools/call',
        params: {
          name: 'store_agent_interaction',
          arguments: { user_id: 'mcp', agent_type: 'GitHub', message, response: 'r', success: true },
        },
      });
    try {
      const params = {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 't', version: '1' },
      };
      await answerTo(1, JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }));
      mcp.stdin.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
      const whole = '\ufeffa\u0000\u2028😀e\u0301';
      expect(await answerTo(2, call(2, whole))).not.toContain('isError":true');
      const [stored] = await agent.getUserAgentInteractions('mcp');
      expect(stored?.message).toBe(whole);
      const half = await answerTo(3, call(3, 'a\ud83d'));
      expect(half).toContain('isError":true');
      expect(half).toContain('message');
      const broken = Buffer.from(call(4, 'a?b').replace('?', '\xff'), 'latin1');
      expect(await answerTo(4, broken)).toContain('the message must be text in UTF-8');
      expect(await agent.getUserAgentInteractions('mcp')).toHaveLength(1);
    } finally {
      mcp.stdin.end();
    }
    await new Promise((resolve) => {
      mcp.once('close', resolve);
    });
  });
});
