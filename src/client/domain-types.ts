import type { Principal } from '@dfinity/principal';
import type * as wire from '../candid/agent_service.did.ts';

/**
 * The types of the interface as TypeScript likes them, made from the generated ones: an `opt` is a value or undefined, a
 * variant without payloads is the name of its option, fields are in camel case. Times are ns since 1970 (bigint); a Date can be sent.
 */

type CamelCase<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : S;

type Plain = string | number | bigint | boolean | null | Principal;
type IsOpt<T> = [T] extends [[] | [unknown]] ? true : false;

/** A value that the canister sends. */
export type Received<T> = [T] extends [[] | [infer V]] ? Received<V> | undefined : ReceivedValue<T>;

type ReceivedValue<T> = Uint8Array extends T ? Uint8Array : ReceivedPart<T>;

type ReceivedPart<T> = T extends Plain
  ? T
  : T extends readonly unknown[]
    ? { readonly [K in keyof T]: Received<T[K]> }
    : T extends Record<string, null>
      ? keyof T & string
      : { readonly [K in keyof T & string as CamelCase<K>]: Received<T[K]> };

/** A value that is sent to the canister; an `opt` field can be left out. */
export type Sent<T> = [T] extends [[] | [infer V]] ? Sent<V> | undefined : SentValue<T>;

type SentValue<T> = T extends Plain
  ? T
  : T extends readonly unknown[]
    ? SentAll<T>
    : [keyof T] extends [never]
      ? Readonly<Record<string, never>>
      : T extends Record<string, null>
        ? keyof T & string
        : {
            readonly [K in keyof T & string as IsOpt<T[K]> extends true ? never : CamelCase<K>]: SentField<
              T,
              K
            >;
          } & {
            readonly [K in keyof T & string as IsOpt<T[K]> extends true ? CamelCase<K> : never]?: SentField<
              T,
              K
            >;
          };

/** Times can be Dates, too; a `from` without an `until` is an index. */
type SentField<T, K extends keyof T & string> = K extends 'expires_at'
  ? Sent<T[K]> | Date
  : K extends 'from' | 'until'
    ? Sent<T[K]> | (T extends { until: unknown } ? Date : never)
    : Sent<T[K]>;

type SentAll<T extends readonly unknown[]> = { readonly [K in keyof T]: Sent<T[K]> };

export type AgentType = Received<wire.AgentType>;
export type AgentActivityType = Received<wire.AgentActivityType>;
export type AgentSession = Received<wire.AgentSession>;
export type AgentCredentials = Received<wire.AgentCredentials>;
export type CredentialInfo = Received<wire.CredentialInfo>;
export type CredentialState = Received<wire.CredentialState>;
export type CredentialLease = Received<wire.CredentialLease>;
export type TokenRefresh = Received<wire.TokenRefresh>;
export type AgentInteraction = Received<wire.AgentInteraction>;
export type AgentActivity = Received<wire.AgentActivity>;
export type SeedActivity = Received<wire.SeedActivity>;
export type SeedActivityType = Received<wire.SeedActivityType>;
export type AgentStatus = Received<wire.AgentStatus>;
export type Agent = Received<wire.Agent>;
export type AgentName = Received<wire.AgentName>;
export type AgentPermission = Received<wire.AgentPermission>;
export type AgentScope = Received<wire.AgentScope>;
export type Admin = Received<wire.Admin>;
export type Grant = Received<wire.Grant>;
export type BlockedAgent = Received<wire.BlockedAgent>;
export type LinkCode = Received<wire.LinkCode>;
export type OwnedUser = Received<wire.OwnedUser>;
export type SessionPage = Received<wire.SessionPage>;
export type InteractionPage = Received<wire.InteractionPage>;
export type ActivityPage = Received<wire.ActivityPage>;
export type AuditEntry = Received<wire.AuditEntry>;
export type AuditContent = Received<wire.AuditContent>;
export type AuditPage = Received<wire.AuditPage>;
export type AuditTip = Received<wire.AuditTip>;
export type ExportPage = Received<wire.ExportPage>;
export type ListSessionsRequest = Sent<wire.ListSessionsArgs>;
export type ListInteractionsRequest = Sent<wire.ListInteractionsArgs>;
export type ListActivitiesRequest = Sent<wire.ListActivitiesArgs>;
export type AddAgentRequest = Sent<wire.AddAgentArgs>;
export type UpdateAgentRequest = Sent<wire.UpdateAgentArgs>;
export type GrantAgentRequest = Sent<wire.GrantAgentArgs>;
export type StoreCredentialsRequest = Sent<wire.StoreCredentialsArgs>;
export type ListCredentialsRequest = Sent<wire.ListCredentialsArgs>;
export type ListAccountsRequest = Sent<wire.ListAccountsArgs>;
export type AccountPage = Received<wire.AccountPage>;
export type RevokeCredentialsRequest = Sent<wire.RevokeCredentialsArgs>;
export type LeaseCredentialsRequest = Sent<wire.LeaseCredentialsArgs>;
export type BeginTokenRefreshRequest = Sent<wire.BeginTokenRefreshArgs>;
export type CompleteTokenRefreshRequest = Sent<wire.CompleteTokenRefreshArgs>;
export type Limits = Received<wire.Limits>;
export type SomeLimits = Sent<wire.SomeLimits>;
export type Retention = Received<wire.Retention>;
export type PreviewRetentionRequest = Sent<wire.PreviewRetentionArgs>;
export type RetentionPreview = Received<wire.RetentionPreview>;
export type Settings = Received<wire.Settings>;
export type Usage = Received<wire.Usage>;
export type UserRetention = Received<wire.UserRetention>;
export type CreateSessionRequest = Sent<wire.CreateSessionArgs>;
export type StoreInteractionRequest = Sent<wire.StoreInteractionArgs>;
export type LogActivityRequest = Sent<wire.LogActivityArgs>;
export type UpdateSettingsRequest = Sent<wire.UpdateSettingsArgs>;
export type ServiceLimit = Received<wire.ServiceLimit>;
export type ServiceLimitChange = Sent<wire.ServiceLimitChange>;
export type SetAgentLimitsRequest = Sent<wire.SetAgentLimitsArgs>;

export type Analytics = Received<wire.Analytics>;
export type AnalyticsCounts = Received<wire.AnalyticsCounts>;
export type AnalyticsInterval = Received<wire.AnalyticsInterval>;
export type ServiceAnalytics = Received<wire.ServiceAnalytics>;
export type ServiceTotals = Received<wire.ServiceTotals>;
export type GetUserAnalyticsRequest = Sent<wire.GetUserAnalyticsArgs>;
export type GetServiceAnalyticsRequest = Sent<wire.GetServiceAnalyticsArgs>;
export type Event = Received<wire.Event>;
export type EventPage = Received<wire.EventPage>;
export type GetEventsRequest = Sent<wire.GetEventsArgs>;
export type NotificationChannel = Received<wire.NotificationChannel>;
export type NotificationRule = Received<wire.NotificationRule>;
export type NotificationPage = Received<wire.NotificationPage>;
export type Notification = Received<wire.Notification>;
export type ListNotificationsRequest = Sent<wire.ListNotificationsArgs>;
export type UpdateNotificationSettingsRequest = Sent<wire.UpdateNotificationSettingsArgs>;
export type UserInfo = Received<wire.UserInfo>;
export type UserPage = Received<wire.UserPage>;
export type TaskState = Received<wire.TaskState>;
export type ListUsersRequest = Sent<wire.ListUsersArgs>;

type Service = wire._SERVICE;

/** The name of a method of the canister. */
export type MethodName = keyof Service;

/** What a method takes, in the order of the interface. */
export type MethodArguments<M extends MethodName> = SentAll<Parameters<Service[M]>>;

/** What a method answers when it does not refuse. */
export type MethodAnswer<M extends MethodName> = Received<Accepted<Awaited<ReturnType<Service[M]>>>>;

type Accepted<T> = T extends { Ok: infer V } ? V : T extends { Err: unknown } ? never : T;
