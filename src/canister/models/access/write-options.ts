import type { ByteWriter } from '../../codec/index.ts';
import type { CodedEnumeration } from '../coded-enumeration.ts';
import { codesIn, type Mask } from './rights.ts';

/** The options of a mask as a Candid vec of variants, with today's numbers. */
export function writeOptions<N extends string>(
  writer: ByteWriter,
  options: CodedEnumeration<N>,
  mask: Mask,
): void {
  writeCodes(writer, options, codesIn(options, mask));
}

/** As `writeOptions`, from the options' codes in their order. */
export function writeCodes<N extends string>(
  writer: ByteWriter,
  options: CodedEnumeration<N>,
  codes: readonly number[],
): void {
  writer.leb128(codes.length);
  for (const code of codes) writer.u8(options.wireIndexOf(code));
}
