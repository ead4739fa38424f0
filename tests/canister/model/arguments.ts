import type { Rule } from './state.ts';

/** The arguments of every method, each of which has some of them. What is null is left out. */
export interface Arguments {
  readonly user_id: string;
  readonly agent_type: string | null;
  readonly session_id: string | null;
  readonly interaction_id: string;
  readonly token: string | null;
  readonly project_id: string | null;
  readonly selected_repo: string | null;
  readonly token_data: string | null;
  readonly workspace_id: string | null;
  readonly project_ids: readonly (readonly string[])[] | null;
  readonly expires_at: bigint | null;
  readonly account: string | null;
  readonly purpose: string;
  readonly duration_ns: bigint | null;
  readonly fencing: bigint;
  readonly outcome:
    | {
        readonly refreshed: {
          readonly token: string;
          readonly token_data: string | null;
          readonly expires_at: bigint | null;
        };
      }
    | { readonly failed: { readonly reason: string } }
    | { readonly rejected: { readonly reason: string } };
  readonly message: string;
  readonly response: string;
  readonly success: boolean | null;
  readonly metadata: string | null;
  readonly request_id: string | null;
  readonly activity_type: string | null;
  readonly description: string;
  readonly is_active: boolean | null;
  readonly without_tokens: boolean | null;
  readonly from: bigint | null;
  readonly until: bigint | null;
  readonly limit: number | null;
  readonly cursor: string | null;
  readonly agent: string;
  readonly agents: readonly string[];
  readonly interval: string | null;
  readonly after: bigint | null;
  readonly filter: {
    readonly user_id: string | null;
    readonly agent_type: string | null;
    readonly activity_types: readonly string[] | null;
  } | null;
  readonly rules: readonly Rule[];
  readonly up_to: bigint;
  /** Of an HTTP request; or the name of the method that a consent message is about. */
  readonly method: string;
  readonly url: string;
  readonly headers: readonly [];
  readonly certificate_version: number | null;
  /** Hexadecimal, as are all blobs. */
  readonly body: string;
  /** Of the method that a consent message is about. */
  readonly arg: string;
  readonly user_preferences: {
    readonly metadata: { readonly language: string; readonly utc_offset_minutes: number | null };
    readonly device_spec: string | null;
  };
  /** What `arg` is made of; undefined where it is what it is. */
  readonly signed?: Partial<Arguments>;
  readonly name: string | null;
  readonly agent_types: readonly string[] | null;
  readonly permissions: readonly string[] | null;
  readonly scope: string | null;
  readonly admin: string;
  readonly code: string;
  readonly limits: { readonly [name: string]: bigint | null } | null;
  readonly retention: { readonly [name: string]: bigint | null } | null;
  readonly interactions_days: bigint | null;
  readonly interactions_newest: bigint | null;
  readonly activities_days: bigint | null;
  readonly activities_newest: bigint | null;
  readonly query_tokens: string | null;
  /** Of limits of the service. */
  readonly changes: readonly { readonly name: string; readonly value: bigint | null }[];
}
