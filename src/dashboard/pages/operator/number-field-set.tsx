import type { ReactNode } from 'react';
import { errorMessage } from '../../components/error-message.ts';
import { TextField } from '../../components/fields.tsx';
import { bytesInWords } from '../../components/words.ts';
import { texts } from '../../texts/en.ts';
import { isNumber, refusedField, type Typed } from './number-fields.ts';

/** A number field for each name; what is wrong with one stands below it. */
export function NumberFieldSet<K extends string>({
  legend,
  help,
  labels,
  names,
  typed,
  error,
  onChange,
}: {
  readonly legend: string;
  readonly help?: string;
  readonly labels: Readonly<Record<K, string>>;
  readonly names: readonly K[];
  readonly typed: Typed<K>;
  /** What the service refused it with. */
  readonly error: unknown;
  readonly onChange: (typed: Typed<K>) => void;
}): ReactNode {
  const refused = refusedField(error);
  return (
    <fieldset className="number-fields">
      <legend>{legend}</legend>
      {help !== undefined && <p className="muted">{help}</p>}
      <div className="number-grid">
        {names.map((name) => (
          <TextField
            key={name}
            label={labels[name]}
            value={typed[name]}
            {...helpOf(name, typed[name])}
            error={
              isNumber(typed[name])
                ? refused === name
                  ? errorMessage(error)
                  : undefined
                : texts.operator.notNumber
            }
            onChange={(value) => onChange({ ...typed, [name]: value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** Says a number of bytes in words. */
function helpOf(name: string, typed: string): { readonly help?: string } {
  return name === 'bytes' && /^\s*\d{1,20}\s*$/.test(typed) ? { help: bytesInWords(BigInt(typed)) } : {};
}
