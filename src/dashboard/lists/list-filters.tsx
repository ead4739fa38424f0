import type { ReactNode } from 'react';
import { SelectField, TextField } from '../components/fields.tsx';
import { texts } from '../texts/en.ts';
import { FilterBar } from './filter-bar.tsx';
import { isFiltered, type ListSearch, optionsOf } from './list-search.ts';
import { TextFilter } from './text-filter.tsx';

const { lists, records } = texts;
const SERVICES = optionsOf(records.agentTypes);
/** A filter of which one option, or none, is chosen. */
export interface SelectFilter<V extends string> {
  readonly label: string;
  readonly value: V | undefined;
  readonly options: readonly { readonly value: V | ''; readonly label: string }[];
  readonly onChange: (value: V | undefined) => void;
}

/** The filters that every list has, and the one of its own. */
export function ListFilters<V extends string>({
  search,
  filter,
  onChange,
  onClear,
}: {
  readonly search: ListSearch;
  readonly filter: SelectFilter<V>;
  readonly onChange: (change: ListSearch) => void;
  readonly onClear: () => void;
}): ReactNode {
  return (
    <FilterBar isFiltered={isFiltered(search)} onClear={onClear}>
      <TextFilter
        label={lists.text}
        placeholder={lists.anyText}
        value={search.text ?? ''}
        onChange={(text) => onChange({ text: orNone(text) })}
      />
      <SelectField
        label={lists.service}
        value={search.service ?? ''}
        options={SERVICES}
        onChange={(service) => onChange({ service: orNone(service) })}
      />
      <SelectField
        label={filter.label}
        value={filter.value ?? ''}
        options={filter.options}
        onChange={(value) => filter.onChange(orNone(value))}
      />
      <TextField
        type="date"
        label={lists.from}
        value={search.from ?? ''}
        onChange={(from) => onChange({ from: orNone(from) })}
      />
      <TextField
        type="date"
        label={lists.until}
        value={search.until ?? ''}
        onChange={(until) => onChange({ until: orNone(until) })}
      />
    </FilterBar>
  );
}

/** A field's value, where it is not empty. */
export function orNone<V extends string>(value: V | ''): V | undefined {
  return value === '' ? undefined : value;
}
