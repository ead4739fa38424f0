import { Principal } from '@dfinity/principal';

/** The principal that a person typed; undefined where it is none. */
export function principalIn(text: string): Principal | undefined {
  try {
    return Principal.fromText(text.trim());
  } catch {
    return undefined;
  }
}
