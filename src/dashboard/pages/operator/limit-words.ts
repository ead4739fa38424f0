import { codeInWords } from '../../components/words.ts';
import { texts } from '../../texts/en.ts';

/** What a limit of the service is called and about, and the unit of its value. */
export interface LimitWords {
  readonly title: string;
  readonly about: string | undefined;
  readonly unit: string | undefined;
}

/** The words of a limit by its name. The service can have limits that came after this page: these have their name alone. */
export function limitWords(name: string): LimitWords {
  const known = Object.hasOwn(texts.limits.limits, name) ? texts.limits.limits[name] : undefined;
  return known ?? { title: codeInWords(name), about: undefined, unit: undefined };
}

/** What is wrong with a value that was typed for a limit; undefined where it can be set. */
export function wrongValue(
  typed: string,
  { least, most }: { readonly least: bigint; readonly most: bigint },
): string | undefined {
  const digits = typed.trim();
  if (!/^\d{1,20}$/.test(digits)) return texts.limits.notNumber;
  const value = BigInt(digits);
  return value < least || value > most ? texts.limits.outside(inDigits(least), inDigits(most)) : undefined;
}

/** A number with its thousands apart. */
export function inDigits(value: bigint): string {
  return value.toLocaleString('en');
}
