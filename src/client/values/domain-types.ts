import type { Principal } from '@dfinity/principal';
import type * as wire from '../../candid/agent_service.did.ts';

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

type SentValue<T> = [T] extends [Uint8Array | number[]] ? Uint8Array : SentPart<T>;

type SentPart<T> = T extends Plain
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

type Service = wire._SERVICE;

/** The name of a method of the canister. */
export type MethodName = keyof Service;

/** What a method takes, in the order of the interface. */
export type MethodArguments<M extends MethodName> = SentAll<Parameters<Service[M]>>;

/** What a method answers when it does not refuse. */
export type MethodAnswer<M extends MethodName> = Received<Accepted<Awaited<ReturnType<Service[M]>>>>;

type Accepted<T> = T extends { Ok: infer V } ? V : T extends { Err: unknown } ? never : T;
