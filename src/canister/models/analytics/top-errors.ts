import { ByteReader, ByteWriter, sameBytes } from '../../codec/index.ts';

/** An error that was counted by agent type, agent and text. */
export interface CountedError {
  readonly typeCode: number;
  /** As `CellKey.agent`. */
  readonly agent: number;
  /** The user about whom it was; 0 where they were several. */
  readonly user: number;
  readonly count: number;
  /** Nanoseconds. */
  readonly lastAt: bigint;
  /** UTF-8, at most 255 bytes. */
  readonly text: Uint8Array;
}

/**
 * The errors with another one counted, of which `most` are kept. Where it is new and there is no room, it takes the place of the rarest, the one
 * longest ago of those, and goes on from that one's count (Metwally, Agrawal, El Abbadi: "Space-Saving"): what happens often is never missed.
 */
export function withError(
  errors: readonly CountedError[],
  error: Omit<CountedError, 'count'>,
  most: number,
): CountedError[] {
  const known = errors.find(
    ({ typeCode, agent, text }) =>
      typeCode === error.typeCode && agent === error.agent && sameBytes(text, error.text),
  );
  if (known !== undefined) {
    const user = known.user === error.user ? error.user : 0;
    return errors.map((other) => (other === known ? { ...error, user, count: known.count + 1 } : other));
  }
  if (errors.length < most) return [...errors, { ...error, count: 1 }];
  const rarest = errors.reduce((rare, other) => (isRarer(other, rare) ? other : rare));
  return errors.map((other) => (other === rarest ? { ...error, count: rarest.count + 1 } : other));
}

function isRarer(left: CountedError, right: CountedError): boolean {
  return left.count < right.count || (left.count === right.count && left.lastAt < right.lastAt);
}

/** Version u8, then each: agent type u8, agent u16, user u32, count u32, last_at u64, text. */
const VERSION = 1;

export function encodeErrors(errors: readonly CountedError[]): Uint8Array {
  const writer = new ByteWriter().u8(VERSION);
  for (const { typeCode, agent, user, count, lastAt, text } of errors) {
    writer.u8(typeCode).u16(agent).u32(user).u32(count).u64(lastAt).text(text);
  }
  return writer.finish();
}

export function decodeErrors(bytes: Uint8Array): CountedError[] {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) throw new Error(`errors of an unknown version ${version}`);
  const errors: CountedError[] = [];
  while (!reader.done) {
    errors.push({
      typeCode: reader.u8(),
      agent: reader.u16(),
      user: reader.u32(),
      count: reader.u32(),
      lastAt: reader.u64(),
      text: reader.text(),
    });
  }
  return errors;
}
