import type { IDL } from '@dfinity/candid';
import type { Principal } from '@dfinity/principal';

/** The methods of the canister in `features/`. */
export interface Features {
  increment: () => Promise<bigint>;
  counter: () => Promise<bigint>;
  write_note: (key: bigint, text: string) => Promise<[] | [string]>;
  read_note: (key: bigint) => Promise<[] | [string]>;
  visit: () => Promise<bigint>;
  send_cycles: (to: Principal, cycles: bigint, most: bigint) => Promise<[bigint, bigint]>;
  increment_elsewhere: (at: Principal, timeoutSeconds: number) => Promise<{ Ok: bigint } | { Err: string }>;
  sum_of_counters: (of: Principal[]) => Promise<bigint>;
  set_timers: (onceAfterSeconds: bigint, everySeconds: bigint) => Promise<undefined>;
  fired: () => Promise<bigint>;
  beats: () => Promise<bigint>;
  fetch: (url: string) => Promise<[bigint, string]>;
  random_bytes: () => Promise<Uint8Array>;
  certify: (data: Uint8Array) => Promise<undefined>;
  certificate: () => Promise<[] | [Uint8Array]>;
  count_and_panic: () => Promise<undefined>;
}

/** The same as Candid has it. */
export const featuresInterface: IDL.InterfaceFactory = ({ IDL }) => {
  const { Func, Nat8, Nat32, Nat64, Opt, Principal, Text, Variant, Vec } = IDL;
  const bytes = Vec(Nat8);
  return IDL.Service({
    increment: Func([], [Nat64], []),
    counter: Func([], [Nat64], ['query']),
    write_note: Func([Nat64, Text], [Opt(Text)], []),
    read_note: Func([Nat64], [Opt(Text)], ['query']),
    visit: Func([], [Nat64], []),
    send_cycles: Func([Principal, Nat64, Nat64], [Nat64, Nat64], []),
    increment_elsewhere: Func([Principal, Nat32], [Variant({ Ok: Nat64, Err: Text })], []),
    sum_of_counters: Func([Vec(Principal)], [Nat64], ['composite_query']),
    set_timers: Func([Nat64, Nat64], [], []),
    fired: Func([], [Nat64], ['query']),
    beats: Func([], [Nat64], ['query']),
    fetch: Func([Text], [Nat64, Text], []),
    random_bytes: Func([], [bytes], []),
    certify: Func([bytes], [], []),
    certificate: Func([], [Opt(bytes)], ['query']),
    count_and_panic: Func([], [], []),
  });
};
