import type { ReactNode } from 'react';
import { SelectField } from '../../components/fields.tsx';
import { FilterBar } from '../../lists/filter-bar.tsx';
import { orNone } from '../../lists/list-filters.tsx';
import { isFiltered, optionsOf } from '../../lists/list-search.ts';
import { TextFilter } from '../../lists/text-filter.tsx';
import { texts } from '../../texts/en.ts';
import type { UserOrder, UserSearch } from './user-search.ts';

const { operator } = texts;
const SHOWN = optionsOf(operator.userFilters);
const [, ...NAMED_ORDERS] = optionsOf(operator.userOrders);
const ORDERS = [{ value: '', label: operator.newestFirst } as const, ...NAMED_ORDERS];

/** The two directions of an order, each in its own words. */
function directionsOf(order: UserOrder | undefined) {
  const { newest, most, name } = operator.directions;
  const isOfTime = order === undefined || order === 'last';
  const [forwards, backwards] = isOfTime ? newest : order === 'name' ? name : most;
  return [
    { value: '', label: forwards },
    { value: 'reversed', label: backwards },
  ] as const;
}

/** What the list of users is searched, filtered and sorted by. */
export function UserFilters({
  search,
  onChange,
  onClear,
}: {
  readonly search: UserSearch;
  readonly onChange: (change: UserSearch) => void;
  readonly onClear: () => void;
}): ReactNode {
  return (
    <FilterBar isFiltered={isFiltered(search)} onClear={onClear}>
      <TextFilter
        label={operator.userText}
        placeholder={operator.anyUser}
        value={search.text ?? ''}
        onChange={(text) => onChange({ text: orNone(text) })}
      />
      <SelectField
        label={operator.showUsers}
        value={search.show ?? ''}
        options={SHOWN}
        onChange={(show) => onChange({ show: orNone(show) })}
      />
      <SelectField
        label={operator.sortBy}
        value={search.order ?? ''}
        options={ORDERS}
        onChange={(order) => onChange({ order: orNone(order) })}
      />
      <SelectField
        label={operator.order}
        value={search.reverse === true ? 'reversed' : ''}
        options={directionsOf(search.order)}
        onChange={(direction) => onChange({ reverse: direction === 'reversed' ? true : undefined })}
      />
    </FilterBar>
  );
}
