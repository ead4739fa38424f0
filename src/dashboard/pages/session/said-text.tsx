import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { JsonTree } from '../../components/json-tree.tsx';
import { readJson } from '../../components/json-value.ts';
import { texts } from '../../texts/en.ts';

/** Of longer texts the beginning is shown until the whole is asked for. */
const SHOWN_CHARACTERS = 1500;
/** A tree of longer JSON would have more places than a person can look through. */
const MOST_TREE_CHARACTERS = 20_000;

/** A text as it was stored: JSON as a tree of its own characters, anything else letter by letter, a long one once it is asked for. */
export function SaidText({ text }: { readonly text: string }): ReactNode {
  const [isWhole, setIsWhole] = useState(false);
  const { session } = texts;
  if (isTree(text)) return <JsonTree json={text} />;
  const isLong = text.length > SHOWN_CHARACTERS;
  return (
    <>
      <p className="said-text">{isLong && !isWhole ? `${beginningOf(text)}…` : text}</p>
      {isLong && (
        <Button tone="quiet" onPress={() => setIsWhole(!isWhole)}>
          {isWhole ? session.shorter : session.whole(text.length)}
        </Button>
      )}
    </>
  );
}

/** Whether a text is a JSON object or array: a number or a word that happens to be JSON is a text. */
function isTree(text: string): boolean {
  if (text.length > MOST_TREE_CHARACTERS || !/^\s*[[{]/.test(text)) return false;
  return readJson(text) !== undefined;
}

/** Without half of a character at its end. */
function beginningOf(text: string): string {
  return text.slice(0, SHOWN_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');
}
