import { FileCheck } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/page.tsx';
import { texts } from '../../texts/en.ts';

/** What a witness keeps, pasted or from a file: the next check is held against it. */
export function WitnessField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { witness } = texts.proof;
  const id = useId();
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <Card title={witness.title}>
      <div className="proof-witness">
        <p className="muted">{witness.about}</p>
        <label htmlFor={id}>{witness.label}</label>
        <textarea
          id={id}
          className="code"
          rows={3}
          spellCheck={false}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
        <input
          ref={chooser}
          className="visually-hidden"
          type="file"
          aria-label={witness.file}
          tabIndex={-1}
          onChange={({ target }) => {
            void target.files?.[0]?.text().then(onChange);
            target.value = '';
          }}
        />
        <Button icon={FileCheck} onPress={() => chooser.current?.click()}>
          {witness.file}
        </Button>
      </div>
    </Card>
  );
}
