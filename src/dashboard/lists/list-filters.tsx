import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SelectField, TextField } from '../components/fields.tsx';
import { FilterBar } from '../components/filter-bar.tsx';
import { texts } from '../texts/en.ts';
import { isFiltered, type ListSearch, optionsOf } from './list-search.ts';

const { lists, records } = texts;
const SERVICES = optionsOf(records.agentTypes);
/** Typing pauses for this long before the address follows, ms. */
const PAUSE_MS = 250;

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
      <TextFilter value={search.text ?? ''} onChange={(text) => onChange({ text: orNone(text) })} />
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
function orNone<V extends string>(value: V | ''): V | undefined {
  return value === '' ? undefined : value;
}

/** Keeps what is typed by itself: the address follows later, and must not take a letter back. */
function TextFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const [typed, setTyped] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      onChange(next);
    }, PAUSE_MS);
  };
  return (
    <TextField type="search" label={lists.text} placeholder={lists.anyText} value={typed} onChange={change} />
  );
}
