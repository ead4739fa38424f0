import './json-tree.css';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';

/** Levels that are open at first. */
const OPEN_LEVELS = 2;

/** JSON text as a tree that opens and closes; text that is no JSON as it is. */
export function JsonTree({ json }: { readonly json: string | undefined }): ReactNode {
  if (json === undefined || json === '') return <p className="muted">{texts.parts.noMetadata}</p>;
  const value = parse(json);
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
      <Value value={value.parsed} level={0} />
    </div>
  );
}

function Value({ value, level }: { readonly value: unknown; readonly level: number }): ReactNode {
  if (typeof value !== 'object' || value === null) {
    return <span className={`json-${value === null ? 'null' : typeof value}`}>{JSON.stringify(value)}</span>;
  }
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (entries.length === 0) return <span className="json-null">{Array.isArray(value) ? '[]' : '{}'}</span>;
  return (
    <ul>
      {entries.map(([name, child]) => (
        <li key={name}>
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
  readonly value: unknown;
  readonly level: number;
}): ReactNode {
  const size = typeof value === 'object' && value !== null ? Object.keys(value).length : 0;
  if (size === 0) {
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
        <span className="json-size">{Array.isArray(value) ? `[${size}]` : `{${size}}`}</span>
      </summary>
      <Value value={value} level={level + 1} />
    </details>
  );
}

function parse(json: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(json) as unknown };
  } catch {
    return undefined;
  }
}
