import type { ReactNode } from 'react';
import { Time } from '../../components/time.tsx';
import { bytesInWords } from '../../components/words.ts';
import { texts } from '../../texts/en.ts';

/** A figure of a user: a number, or bytes in words. */
export function inWords(name: string, value: bigint | number): string {
  return name === 'bytes' ? bytesInWords(BigInt(value)) : value.toLocaleString('en');
}

/** When something last happened about a user; 0 for never. */
export function LastActivity({ ns }: { readonly ns: bigint }): ReactNode {
  return ns === 0n ? texts.parts.never : <Time ns={ns} />;
}
