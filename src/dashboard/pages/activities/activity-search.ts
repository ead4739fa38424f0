import type { AgentActivityType } from '../../../client/index.ts';
import { keyIn, type ListSearch, principalText, readListSearch } from '../../lists/list-search.ts';
import { texts } from '../../texts/en.ts';

/** The filters of the page of activities. */
export interface ActivitySearch extends ListSearch {
  readonly type?: AgentActivityType | undefined;
  /** The principal of the agent that did it. */
  readonly agent?: string | undefined;
}

/** The filters in an address. */
export function readActivitySearch(search: Readonly<Record<string, unknown>>): ActivitySearch {
  return {
    ...readListSearch(search),
    type: keyIn(texts.records.activityTypes, search['type']),
    agent: principalText(search['agent']),
  };
}
