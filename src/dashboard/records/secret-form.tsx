import type { ReactNode } from 'react';
import type { CredentialInfo, SecretForm } from '../../client/index.ts';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { texts } from '../texts/en.ts';

const TONES: Readonly<Record<SecretForm, BadgeTone>> = { clear: 'warn', sealed: 'good', stale: 'warn' };
const WORST_FIRST: readonly SecretForm[] = ['clear', 'stale', 'sealed'];

/** How the secrets of an account are stored: as the worse of the two. Undefined where there are none, and of a service that does not tell. */
export function formOf({
  tokenForm,
  tokenDataForm,
}: Pick<CredentialInfo, 'tokenForm' | 'tokenDataForm'>): SecretForm | undefined {
  return WORST_FIRST.find((form) => form === tokenForm || form === tokenDataForm);
}

/** Whether a secret is sealed, in words. */
export function SecretFormBadge({ form }: { readonly form: SecretForm }): ReactNode {
  return <Badge tone={TONES[form]}>{texts.records.secretForms[form]}</Badge>;
}
