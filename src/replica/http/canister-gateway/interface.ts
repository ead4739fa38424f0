import { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** The interface by which canisters answer HTTP ("The HTTP Gateway protocol"), as @dfinity/candid takes it. */

const { Nat, Nat16, Nat8, Opt, Record, Text, Tuple, Variant, Vec } = IDL;

const Headers = Vec(Tuple(Text, Text));
const Body = Vec(Nat8);
/** The token of assets canisters: what a token is made of is each canister's own matter, but these are those that stream. */
export const Token = Record({
  key: Text,
  content_encoding: Text,
  index: Nat,
  sha256: Opt(Body),
});

export const HttpRequest = Record({
  method: Text,
  url: Text,
  headers: Headers,
  body: Body,
  certificate_version: Opt(Nat16),
});

export const HttpResponse = Record({
  status_code: Nat16,
  headers: Headers,
  body: Body,
  upgrade: Opt(IDL.Bool),
  streaming_strategy: Opt(
    Variant({
      Callback: Record({ callback: IDL.Func([Token], [Opt(IDL.Reserved)], ['query']), token: Token }),
    }),
  ),
});

export const StreamingPart = Opt(Record({ body: Body, token: Opt(Token) }));

type Option<T> = [] | [T];

/** The method that gives the next part of a body, and what to hand to it. */
export interface StreamingCallback {
  readonly callback: readonly [canisterId: Principal, methodName: string];
  readonly token: unknown;
}

/** A value of `HttpResponse`. */
export interface HttpResponseValue {
  readonly status_code: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly upgrade: Option<boolean>;
  readonly streaming_strategy: Option<{ readonly Callback: StreamingCallback }>;
}

/** A value of `StreamingPart`. */
export type StreamingPartValue = Option<{ readonly body: Uint8Array; readonly token: Option<unknown> }>;
