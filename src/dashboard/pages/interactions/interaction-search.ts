import { keyIn, type ListSearch, principalText, readListSearch, text } from '../../lists/list-search.ts';
import { texts } from '../../texts/en.ts';

/** The filters of the page of interactions. */
export interface InteractionSearch extends ListSearch {
  readonly success?: 'yes' | 'no' | undefined;
  /** Of this session alone. */
  readonly session?: string | undefined;
  /** The principal of the agent that stored them. */
  readonly agent?: string | undefined;
}

/** The filters in an address. */
export function readInteractionSearch(search: Readonly<Record<string, unknown>>): InteractionSearch {
  return {
    ...readListSearch(search),
    success: keyIn(texts.interactions.results, search['success']),
    session: text(search['session']),
    agent: principalText(search['agent']),
  };
}
