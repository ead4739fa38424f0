import './json-tree.css';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { type JsonValue, readJson } from './json-value.ts';

/** Levels that are open at first. */
const OPEN_LEVELS = 2;

/** JSON text as a tree that opens and closes, each value as it was stored; text that is no JSON as it is. */
export function JsonTree({ json }: { readonly json: string | undefined }): ReactNode {
  if (json === undefined || json === '') return <p className="muted">{texts.parts.noMetadata}</p>;
  const value = readJson(json);
  if (value === undefined) {
    return (
      <div>
        <p className="muted">{texts.parts.notJson}</p>
        <pre className="json-text">{json}</pre>
      </div>
    );
  }
  return (
    <div className="json-tree">
      <Value value={value} level={0} />
    </div>
  );
}

function Value({ value, level }: { readonly value: JsonValue; readonly level: number }): ReactNode {
  const { kind, text, members } = value;
  if (kind !== 'object' && kind !== 'array') return <span className={`json-${kind}`}>{text}</span>;
  if (members.length === 0) return <span className="json-null">{kind === 'array' ? '[]' : '{}'}</span>;
  return (
    <ul>
      {members.map(([name, child], i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name can come twice, and the members never change.
        <li key={i}>
          <Entry name={name} value={child} level={level} />
        </li>
      ))}
    </ul>
  );
}

function Entry({
  name,
  value,
  level,
}: {
  readonly name: string;
  readonly value: JsonValue;
  readonly level: number;
}): ReactNode {
  const { kind, members } = value;
  if (members.length === 0) {
    return (
      <>
        <span className="json-name">{name}</span> <Value value={value} level={level} />
      </>
    );
  }
  return (
    <details open={level + 1 < OPEN_LEVELS}>
      <summary>
        <span className="json-name">{name}</span>{' '}
        <span className="json-size">{kind === 'array' ? `[${members.length}]` : `{${members.length}}`}</span>
      </summary>
      <Value value={value} level={level + 1} />
    </details>
  );
}
