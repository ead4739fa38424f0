import { ByteReader, ByteWriter } from '../../codec/index.ts';
import { AGENT_TYPE_ROOM } from '../agent-type.ts';

/** A number for each agent type, by its code. */
export type ByType = readonly number[];

/** How far the epochs of a user have moved on. */
export interface UserMoves {
  /** Where the user's epochs begin: behind those of everyone who was erased before. */
  readonly base: number;
  readonly owner: number;
  /** Of the agents for granted users. May be below 0: what agents and grants add is counted with them. */
  readonly types: ByType;
}

/** How far the epochs of the service have moved on. */
export interface ServiceMoves {
  /** Where the epochs of a new user begin. */
  readonly floor: number;
  /** How many accounts are sealed as a whole, for today's recipients or others. */
  readonly sealedAccounts: number;
  /** Of the agents for every user. */
  readonly types: ByType;
}

export const UNMOVED: ByType = new Array<number>(AGENT_TYPE_ROOM).fill(0);

export const FIRST_SERVICE_MOVES: ServiceMoves = { floor: 0, sealedAccounts: 0, types: UNMOVED };

const VERSION = 1;

/** Numbers that may be below 0 are stored as those modulo 2^32. */
const MODULUS = 2 ** 32;

/** Version u8, base u64, owner u32, then a number for each agent type u32. */
export function encodeUserMoves({ base, owner, types }: UserMoves): Uint8Array {
  return writeTypes(new ByteWriter().u8(VERSION).safeU64(base).u32(owner), types);
}

export function decodeUserMoves(bytes: Uint8Array): UserMoves {
  const reader = begin(bytes);
  return { base: Number(reader.u64()), owner: reader.u32(), types: readTypes(reader) };
}

/** Version u8, floor u64, sealed accounts u32, then a number for each agent type u32. */
export function encodeServiceMoves({ floor, sealedAccounts, types }: ServiceMoves): Uint8Array {
  return writeTypes(new ByteWriter().u8(VERSION).safeU64(floor).u32(sealedAccounts), types);
}

export function decodeServiceMoves(bytes: Uint8Array): ServiceMoves {
  const reader = begin(bytes);
  return { floor: Number(reader.u64()), sealedAccounts: reader.u32(), types: readTypes(reader) };
}

/** How often an agent lost its right to each agent type's tokens: version u8, then a number for each u32. */
export function encodeLosses(types: ByType): Uint8Array {
  return writeTypes(new ByteWriter().u8(VERSION), types);
}

export function decodeLosses(bytes: Uint8Array): ByType {
  return readTypes(begin(bytes));
}

function begin(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`epochs of an unknown version ${version}`);
  return reader;
}

function writeTypes(writer: ByteWriter, types: ByType): Uint8Array {
  for (const moves of types) writer.u32(moves < 0 ? moves + MODULUS : moves);
  return writer.finish();
}

function readTypes(reader: ByteReader): number[] {
  return UNMOVED.map(() => {
    const moves = reader.u32();
    return moves >= MODULUS / 2 ? moves - MODULUS : moves;
  });
}
