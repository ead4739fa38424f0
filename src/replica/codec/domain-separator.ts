import { concatBytes, utf8 } from './bytes.ts';

/** `domain_sep(s) = byte(|s|) · s` ("Certification"): what keeps a signature or hash of one purpose from serving another. */
export function domainSeparator(name: string): Uint8Array {
  const bytes = utf8(name);
  return concatBytes(Uint8Array.of(bytes.length), bytes);
}
