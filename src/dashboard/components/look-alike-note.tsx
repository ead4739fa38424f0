import type { ReactNode } from 'react';
import { isLookAlike, spelledOut } from '../../candid/look-alikes.ts';
import { texts } from '../texts/en.ts';

/** Says what a user id is made of that can be taken for another; nothing for any other. */
export function LookAlikeNote({ userId }: { readonly userId: string }): ReactNode {
  if (!isLookAlike(userId)) return null;
  return (
    <p className="field-error" role="note">
      {texts.ids.lookAlike(spelledOut(userId))}
    </p>
  );
}
