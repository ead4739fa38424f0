import { ByteWriter, recordWriter } from '../../codec/index.ts';
import { agentTypes } from '../agent-type.ts';
import type { Recipient } from '../sealing/recipient.ts';
import { formOf, type SecretForm, writeSecretForm } from '../sealing/secret-form.ts';
import { type CredentialState, credentialStates, stateAt } from './credential-state.ts';
import { type Credentials, deadlineAfter, stateRecordOf, writeProjectIds } from './credentials.ts';

/** Credentials at a time. */
interface InfoAt {
  readonly credentials: Credentials;
  readonly tokenForm: SecretForm | undefined;
  readonly tokenDataForm: SecretForm | undefined;
  readonly state: number;
  readonly since: bigint;
  readonly now: bigint;
}

const writeInfo = recordWriter<InfoAt>([
  ['agent_type', (writer, { credentials }) => writeAgentType(writer, credentials)],
  ['account', (writer, { credentials }) => writer.optText(credentials.account)],
  ['workspace_id', (writer, { credentials }) => writer.optText(credentials.workspaceId)],
  ['project_ids', (writer, { credentials }) => writeProjectIds(writer, credentials)],
  ['selected_repo', (writer, { credentials }) => writer.optText(credentials.selectedRepo)],
  ['created_at', (writer, { credentials }) => writer.u64(credentials.createdAt)],
  ['updated_at', (writer, { credentials }) => writer.u64(credentials.updatedAt)],
  ['expires_at', (writer, { credentials }) => writer.optU64(credentials.expiresAt)],
  ['state', (writer, { state }) => writer.u8(credentialStates.wireIndexOf(state))],
  ['state_reason', (writer, { credentials }) => writer.optText(credentials.stateReason)],
  ['state_since', (writer, { since }) => writer.u64(since)],
  ['refresh_deadline', (writer, { credentials, now }) => writer.optU64(deadlineAfter(credentials, now))],
  ['refresh_failures', (writer, { credentials }) => writeFailures(writer, credentials)],
  ['last_failure_at', (writer, { credentials }) => writer.optU64(credentials.failedAt)],
  ['is_private', (writer, { credentials }) => writer.u8(1).bool(credentials.isPrivate)],
  ['token_form', (writer, { tokenForm }) => writeSecretForm(writer, tokenForm)],
  ['token_data_form', (writer, { tokenDataForm }) => writeSecretForm(writer, tokenDataForm)],
]);

/** The Candid record `CredentialInfo`, with the recipients of today. A grant outlives its access token by `grantNs`. */
export function credentialInfo(
  credentials: Credentials,
  recipients: readonly Recipient[],
  { now, grantNs }: { readonly now: bigint; readonly grantNs: bigint },
): Uint8Array {
  const { state, since } = stateAt(stateRecordOf(credentials), now, grantNs);
  const writer = new ByteWriter(512);
  writeInfo(writer, {
    credentials,
    state: credentialStates.codeOf(state),
    since,
    now,
    tokenForm: formOf(credentials.token, recipients),
    tokenDataForm: formOf(credentials.tokenData, recipients),
  });
  return writer.finish();
}

/** A token that is handed out until a time (ns), and how it stands. */
interface Lease {
  /** The Candid record `AgentCredentials`. */
  readonly credentials: Uint8Array;
  readonly until: bigint;
  readonly state: CredentialState;
  readonly stateReason: Uint8Array | undefined;
}

const writeLease = recordWriter<Lease>([
  ['credentials', (writer, { credentials }) => writer.raw(credentials)],
  ['lease_until', (writer, { until }) => writer.u64(until)],
  ['state', (writer, { state }) => writer.u8(credentialStates.wireIndexOf(credentialStates.codeOf(state)))],
  ['state_reason', (writer, { stateReason }) => writer.optText(stateReason)],
]);

/** The Candid record `CredentialLease`. */
export function leaseBody(lease: Lease): Uint8Array {
  const writer = new ByteWriter(512);
  writeLease(writer, lease);
  return writer.finish();
}

/** Null where none failed. */
function writeFailures(writer: ByteWriter, { failures }: Credentials): void {
  writer.bool(failures > 0);
  if (failures > 0) writer.u32(failures);
}

export function writeAgentType(writer: ByteWriter, { agentType }: Credentials): void {
  writer.u8(agentTypes.wireIndexOf(agentTypes.codeOf(agentType)));
}
