import type { ReactNode } from 'react';
import type { CredentialState } from '../../client/index.ts';
import { Badge, type BadgeTone } from '../components/badge.tsx';
import { texts } from '../texts/en.ts';

const TONES: Readonly<Record<CredentialState, BadgeTone>> = {
  active: 'good',
  expiring: 'warn',
  expired: 'bad',
  refresh_failed: 'bad',
  revoked: 'neutral',
  needs_refresh: 'warn',
  needs_reauthorization: 'bad',
};

/** How credentials are, in a word. */
export function CredentialStateBadge({ state }: { readonly state: CredentialState }): ReactNode {
  return <Badge tone={TONES[state]}>{texts.records.credentialStates[state]}</Badge>;
}
