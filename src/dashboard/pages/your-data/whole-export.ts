import { type AgentServiceClient, fillPage, type MissingRecord } from '../../../client/index.ts';

/** What an export of a user calls. */
type Reader = Pick<AgentServiceClient, 'exportUser' | 'getAgentInteraction' | 'listAccounts'>;

/** How far an export is. */
export interface ExportProgress {
  readonly pages: number;
  /** How many records were fetched by themselves. */
  readonly records: number;
}

/** A whole export. */
export interface WholeExport {
  /** A JSON list of the pages of `export_user`, each as the service wrote it but for the records that it had left out. */
  readonly text: string;
  readonly fetched: number;
  readonly missing: readonly MissingRecord[];
}

/**
 * All that is held about a user. What no page can hold, and is marked as omitted, is fetched by itself and put in its place; where that fails, the record
 * has `missing` with the reason.
 */
export async function wholeExport(
  client: Reader,
  {
    userId,
    why,
    onProgress,
  }: {
    readonly userId: string;
    /** An error in the words of the file. */
    readonly why: (error: unknown) => string;
    readonly onProgress: (progress: ExportProgress) => void;
  },
): Promise<WholeExport> {
  const pages: string[] = [];
  let records = 0;
  const told = () => onProgress({ pages: pages.length, records });
  const missing: MissingRecord[] = [];
  const source = {
    interaction: (id: string) => interaction(client, id),
    account: (agentType: unknown, name: unknown) => account(client, { userId, agentType, name }),
    why,
    onRecord: () => {
      records++;
      told();
    },
    onMissing: (record: MissingRecord) => missing.push(record),
  };
  told();
  let cursor: string | undefined;
  do {
    const { page, nextCursor } = await client.exportUser({ userId, cursor });
    pages.push(await fillPage(page, source));
    told();
    cursor = nextCursor;
  } while (cursor !== undefined);
  return { text: `[${pages.join(',\n')}]\n`, fetched: records, missing };
}

async function interaction(client: Reader, id: string): Promise<Record<string, unknown> | undefined> {
  const found = await client.getAgentInteraction(id);
  if (found === undefined) return undefined;
  const { message, response, metadata } = found;
  return { message, response, metadata: metadata ?? null };
}

async function account(
  client: Reader,
  {
    userId,
    agentType,
    name,
  }: { readonly userId: string; readonly agentType: unknown; readonly name: unknown },
): Promise<Record<string, unknown> | undefined> {
  let cursor: string | undefined;
  do {
    const page = await client.listAccounts({ userId, cursor });
    const found = page.items.find((one) => one.agentType === agentType && (one.account ?? null) === name);
    if (found !== undefined) return { project_ids: found.projectIds };
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return undefined;
}
