import { NotFoundError } from '../errors.ts';

/** A record that the pages of an export leave out, and that could not be had by itself either. */
export interface MissingRecord {
  /** An interaction's id, or the service and account of credentials. */
  readonly name: string;
  readonly why: string;
}

type JsonRecord = Record<string, unknown>;

/** How records are had that no page can hold. */
export interface OmittedRecords {
  /** `message`, `response` and `metadata` of an interaction; undefined where it is there no more. */
  readonly interaction: (id: string) => Promise<JsonRecord | undefined>;
  /** `project_ids` of credentials of the user; undefined where they are there no more. */
  readonly account: (agentType: unknown, account: unknown) => Promise<JsonRecord | undefined>;
  /** An error in the words of the file. */
  readonly why: (error: unknown) => string;
  /** Called for each record that was fetched. */
  readonly onRecord?: () => void;
  /** Called for each that could not be. */
  readonly onMissing: (missing: MissingRecord) => void;
}

/**
 * A page of `export_user` with the records that it leaves out, each in the place of `omitted`; one that cannot be fetched keeps `omitted`, and `missing` has the
 * reason. A page that leaves out nothing stays as the service wrote it, to the letter.
 */
export async function fillPage(page: string, source: OmittedRecords): Promise<string> {
  if (!page.includes('"omitted"')) return page;
  const value: unknown = JSON.parse(page);
  if (!isRecord(value)) return page;
  for (const part of ['records', 'credentials']) {
    const records = value[part];
    if (!Array.isArray(records)) continue;
    const whole: unknown[] = [];
    for (const record of records as readonly unknown[]) {
      whole.push(isRecord(record) && isOmitted(record) ? await fetched(record, source) : record);
    }
    value[part] = whole;
  }
  return JSON.stringify(value);
}

async function fetched(record: JsonRecord, source: OmittedRecords): Promise<JsonRecord> {
  const { omitted, ...rest } = record;
  const { id, agent_type: agentType, account } = record;
  try {
    const found = await (typeof id === 'string'
      ? source.interaction(id)
      : source.account(agentType, account ?? null));
    if (found === undefined) throw new NotFoundError('the record was removed while the export was made');
    source.onRecord?.();
    return { ...rest, ...found };
  } catch (error) {
    const why = source.why(error);
    source.onMissing({ name: nameOf(record), why });
    return { ...rest, omitted, missing: why };
  }
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether fields of a record were left out; a text of a user that says "omitted" is none. */
function isOmitted(record: JsonRecord): boolean {
  return Array.isArray(record['omitted']);
}

function nameOf(record: JsonRecord): string {
  const { id, agent_type: agentType, account } = record;
  if (typeof id === 'string') return id;
  return [agentType, account].filter((part) => typeof part === 'string').join(' ');
}
