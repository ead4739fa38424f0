import './fields.css';
import { Search } from 'lucide-react';
import { type ReactNode, useId } from 'react';

/** One of a list: the browser's own select, which every phone and screen reader knows. */
export function SelectField<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((option) => option.value === target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One line of text; `error` says what is wrong with it, and `labelOf` what it is about, for who cannot see what stands beside it. */
export function TextField({
  label,
  labelOf,
  value,
  onChange,
  type = 'text',
  help,
  error,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly labelOf?: string;
  readonly type?: 'text' | 'search' | 'date' | 'datetime-local' | 'number';
  readonly help?: string;
  readonly error?: string | undefined;
  readonly placeholder?: string;
}): ReactNode {
  const id = useId();
  const note = error ?? help;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {labelOf !== undefined && <span className="visually-hidden"> {labelOf}</span>}
      </label>
      <div className={type === 'search' ? 'field-box field-search' : 'field-box'}>
        {type === 'search' && <Search size={15} aria-hidden />}
        <input
          id={id}
          type={type}
          value={value}
          placeholder={placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          onChange={({ target }) => onChange(target.value)}
        />
      </div>
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? 'field-note' : 'field-note field-error'}>
          {note}
        </p>
      )}
    </div>
  );
}

/** Yes or no. */
export function CheckField({
  label,
  isChecked,
  onChange,
}: {
  readonly label: string;
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={isChecked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}
