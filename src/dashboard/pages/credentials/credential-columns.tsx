import type { CredentialInfo } from '../../../client/index.ts';
import { Badge } from '../../components/badge.tsx';
import { toDate } from '../../components/dates.ts';
import { Time } from '../../components/time.tsx';
import { withoutCodes } from '../../components/words.ts';
import type { Column } from '../../lists/data-table.tsx';
import type { ExportFields } from '../../lists/export-file.ts';
import { AgentTypeLabel } from '../../records/agent-type-label.tsx';
import { credentialId } from '../../records/credential-link.tsx';
import { CredentialStateBadge } from '../../records/credential-state.tsx';
import { formOf, SecretFormBadge } from '../../records/secret-form.tsx';
import { texts } from '../../texts/en.ts';

const { credentials, lists, parts } = texts;

/** Tells credentials apart. */
export const idOf = ({ agentType, account }: CredentialInfo): string => credentialId(agentType, account);

/** Why credentials are as they are, in words. */
export function reasonOf({ stateReason }: CredentialInfo): string | undefined {
  return stateReason && withoutCodes(stateReason);
}

/** What the table of credentials shows. */
export const COLUMNS: readonly Column<CredentialInfo>[] = [
  {
    id: 'service',
    header: lists.service,
    cell: ({ row }) => <AgentTypeLabel type={row.original.agentType} />,
    meta: { width: 'minmax(5rem, 1fr)' },
  },
  {
    id: 'account',
    header: credentials.account,
    cell: ({ row }) => row.original.account ?? credentials.defaultAccount,
    meta: { width: 'minmax(8rem, 1.4fr)', hiddenOnPhone: true },
  },
  {
    id: 'state',
    header: credentials.state,
    cell: ({ row }) => <CredentialStateBadge state={row.original.state} />,
    meta: { width: '7.5rem' },
  },
  {
    id: 'reason',
    header: credentials.reason,
    cell: ({ row }) => reasonOf(row.original) ?? parts.emptyValue,
    meta: { width: 'minmax(8rem, 1.4fr)', hiddenOnPhone: true },
  },
  {
    id: 'expires',
    header: credentials.expires,
    cell: ({ row: { original } }) =>
      original.state === 'revoked' ? (
        parts.emptyValue
      ) : original.expiresAt === undefined ? (
        parts.never
      ) : (
        <Time ns={original.expiresAt} />
      ),
    meta: { width: '5rem', align: 'end', canGo: true },
  },
  {
    id: 'changed',
    header: credentials.changed,
    cell: ({ row }) => <Time ns={row.original.updatedAt} />,
    meta: { width: '6rem', align: 'end', hiddenOnPhone: true },
  },
  {
    id: 'sealing',
    header: credentials.sealing,
    cell: ({ row: { original } }) => {
      const form = formOf(original);
      return form && <SecretFormBadge form={form} />;
    },
    meta: { width: '12rem', hiddenOnPhone: true, canGo: true },
  },
  {
    id: 'privacy',
    header: credentials.privacy,
    cell: ({ row }) => row.original.isPrivate === true && <Badge>{credentials.isPrivate}</Badge>,
    meta: { width: '5rem', hiddenOnPhone: true, canGo: true },
  },
];

/** What a phone shows of credentials below their service. */
export function noteOf(credential: CredentialInfo): string {
  const account = credential.account ?? credentials.defaultAccount;
  const reason = reasonOf(credential);
  return reason === undefined ? account : `${account} · ${reason}`;
}

/** What a file of credentials holds. */
export const FIELDS: ExportFields<CredentialInfo> = [
  ['service', ({ agentType }) => agentType],
  ['account', ({ account }) => account],
  ['state', ({ state }) => state],
  ['token_form', ({ tokenForm }) => tokenForm],
  ['token_data_form', ({ tokenDataForm }) => tokenDataForm],
  ['is_private', ({ isPrivate }) => (isPrivate === undefined ? undefined : String(isPrivate))],
  ['state_reason', ({ stateReason }) => stateReason],
  ['state_since', ({ stateSince }) => toDate(stateSince).toISOString()],
  ['stored', ({ createdAt }) => toDate(createdAt).toISOString()],
  ['changed', ({ updatedAt }) => toDate(updatedAt).toISOString()],
  ['expires', ({ expiresAt }) => (expiresAt === undefined ? undefined : toDate(expiresAt).toISOString())],
  ['workspace', ({ workspaceId }) => workspaceId],
  ['repository', ({ selectedRepo }) => selectedRepo],
  ['projects', ({ projectIds }) => projectIds.map(([id, name]) => `${name} (${id})`).join('; ')],
];
