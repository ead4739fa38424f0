import { keyIn, type ListSearch, readListSearch } from '../../lists/list-search.ts';
import { texts } from '../../texts/en.ts';

/** The filters of the page of sessions. */
export interface SessionSearch extends ListSearch {
  readonly state?: 'active' | 'ended' | undefined;
}

/** The filters in an address. */
export function readSessionSearch(search: Readonly<Record<string, unknown>>): SessionSearch {
  return { ...readListSearch(search), state: keyIn(texts.sessions.filter, search['state']) };
}
