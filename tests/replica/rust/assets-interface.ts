import type { IDL } from '@dfinity/candid';

/** An asset, or its encoding, that a batch makes. */
export type AssetOperation =
  | { CreateAsset: { key: string; content_type: string; max_age: []; headers: []; enable_aliasing: [] } }
  | {
      SetAssetContent: {
        key: string;
        content_encoding: string;
        chunk_ids: readonly bigint[];
        sha256: [] | [Uint8Array];
      };
    };

/** Methods of an assets canister, as far as uploads need them. */
export interface Assets {
  store: (asset: {
    key: string;
    content_type: string;
    content_encoding: string;
    content: Uint8Array;
    sha256: [] | [Uint8Array];
  }) => Promise<undefined>;
  create_batch: (arg: object) => Promise<{ batch_id: bigint }>;
  create_chunk: (arg: { batch_id: bigint; content: Uint8Array }) => Promise<{ chunk_id: bigint }>;
  commit_batch: (arg: { batch_id: bigint; operations: readonly AssetOperation[] }) => Promise<undefined>;
}

/** The same as Candid has it. */
export const assetsInterface: IDL.InterfaceFactory = ({ IDL }) => {
  const { Bool, Func, Nat, Nat8, Nat64, Opt, Record, Text, Tuple, Variant, Vec } = IDL;
  const blob = Vec(Nat8);
  const operation = Variant({
    CreateAsset: Record({
      key: Text,
      content_type: Text,
      max_age: Opt(Nat64),
      headers: Opt(Vec(Tuple(Text, Text))),
      enable_aliasing: Opt(Bool),
    }),
    SetAssetContent: Record({
      key: Text,
      content_encoding: Text,
      chunk_ids: Vec(Nat),
      sha256: Opt(blob),
    }),
  });
  const asset = Record({
    key: Text,
    content_type: Text,
    content_encoding: Text,
    content: blob,
    sha256: Opt(blob),
  });
  return IDL.Service({
    store: Func([asset], [], []),
    create_batch: Func([Record({})], [Record({ batch_id: Nat })], []),
    create_chunk: Func([Record({ batch_id: Nat, content: blob })], [Record({ chunk_id: Nat })], []),
    commit_batch: Func([Record({ batch_id: Nat, operations: Vec(operation) })], [], []),
  });
};
