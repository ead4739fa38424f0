import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';
import type { HttpHeader, OutcallRequest } from '../state/outcalls.ts';

const { Bool, Func, Nat, Nat32, Nat64, Null, Opt, Record, Text, Variant, Vec } = IDL;

const Blob = Vec(IDL.Nat8);
const Headers = Vec(Record({ name: Text, value: Text }));

/** What a canister gets of an outcall ("IC method http_request"). */
export const HttpRequestResult = Record({ status: Nat, headers: Headers, body: Blob });

/** What the query that a response goes through is given. */
export const TransformArg = Record({ response: HttpRequestResult, context: Blob });

export const HttpRequestArg = Record({
  url: Text,
  max_response_bytes: Opt(Nat64),
  method: Variant({ get: Null, head: Null, post: Null, put: Null, delete: Null, patch: Null }),
  headers: Headers,
  body: Opt(Blob),
  transform: Opt(Record({ function: Func([TransformArg], [HttpRequestResult], ['query']), context: Blob })),
  is_replicated: Opt(Bool),
  pricing_version: Opt(Nat32),
});

/** What @dfinity/candid makes of `HttpRequestArg`. */
export interface HttpRequestValue {
  url: string;
  max_response_bytes: readonly [] | readonly [bigint];
  method: Readonly<Partial<Record<OutcallRequest['method'], null>>>;
  headers: readonly HttpHeader[];
  body: readonly [] | readonly [Uint8Array];
  transform: readonly [] | readonly [{ function: [Principal, string]; context: Uint8Array }];
  is_replicated: readonly [] | readonly [boolean];
  /** 2 is paid by what the response used, anything else by the longest one that is allowed. */
  pricing_version: readonly [] | readonly [number];
}
