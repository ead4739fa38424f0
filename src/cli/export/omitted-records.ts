import type { MissingRecord, OmittedRecords } from '../../client/reading/export-page.ts';
import type { Caller, JsonObject } from '../../json-interface/callers/caller.ts';
import { eachRecord, tokenlessMethod } from '../service/service-caller.ts';

/** Has what the pages of a user's export leave out from the service. */
export function omittedRecords(
  caller: Caller,
  { user, onMissing }: { readonly user: string; readonly onMissing: (missing: MissingRecord) => void },
): OmittedRecords {
  return {
    interaction: async (id) => {
      const found = await caller.call(tokenlessMethod('get_agent_interaction'), { interaction_id: id });
      if (found === null) return undefined;
      const { message, response, metadata } = found as JsonObject;
      return { message, response, metadata };
    },
    account: async (agentType, account) => {
      const method = tokenlessMethod('list_accounts');
      const accounts = eachRecord((cursor) => caller.call(method, { user_id: user, cursor }));
      for await (const one of accounts) {
        if (one['agent_type'] === agentType && one['account'] === account)
          return { project_ids: one['project_ids'] };
      }
      return undefined;
    },
    why: (error) => (error instanceof Error ? error.message : String(error)),
    onMissing,
  };
}
