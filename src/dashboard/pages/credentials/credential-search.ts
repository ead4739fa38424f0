import type { CredentialInfo, CredentialState } from '../../../client/index.ts';
import { isFiltered, keyIn, type ListSearch, readListSearch, timeRange } from '../../lists/list-search.ts';
import { textMatch } from '../../lists/text-match.ts';
import { texts } from '../../texts/en.ts';

/** The filters of the page of credentials. */
export interface CredentialSearch extends ListSearch {
  readonly state?: CredentialState | undefined;
}

/** The filters in an address. */
export function readCredentialSearch(search: Readonly<Record<string, unknown>>): CredentialSearch {
  return { ...readListSearch(search), state: keyIn(texts.records.credentialStates, search['state']) };
}

/** Whether credentials pass all filters but that by service: the days are those of their last change. Undefined where there is no such filter. */
export function credentialMatch(
  search: CredentialSearch,
): ((credential: CredentialInfo) => boolean) | undefined {
  if (!isFiltered({ ...search, service: undefined })) return undefined;
  const { from, until } = timeRange(search);
  const match = textMatch(search.text);
  return ({ state, updatedAt, agentType, account, workspaceId, selectedRepo, stateReason, projectIds }) =>
    (search.state === undefined || state === search.state) &&
    (from === undefined || updatedAt >= from) &&
    (until === undefined || updatedAt < until) &&
    (match === undefined ||
      match([
        texts.records.agentTypes[agentType],
        account,
        workspaceId,
        selectedRepo,
        stateReason,
        ...projectIds.flat(),
      ]));
}
