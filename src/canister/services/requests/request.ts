import type { Text } from '../../codec/index.ts';
import type { AnsweredRequest, Made } from '../../models/requests/request.ts';

/** What a request that was answered is to a call with the same request_id. `changed`: nobody can tell any more. `gone`: what it made is. */
export type Likeness = 'same' | 'other' | 'changed' | 'gone';

/** What an entry keeps of a request beside its reply. */
export type Kept = Pick<AnsweredRequest, 'user' | 'sequence' | 'kept'>;

/** A call that must not happen twice. */
export interface Request {
  readonly id: Text;
  /** What it makes: a call of another method is another call. */
  readonly made: Made;
  /** What to keep of it, once it has made its record. */
  readonly keep: (expiresAt: bigint) => Kept;
  /** Whether one that was answered had the same arguments, by what was kept and by the record that it made. */
  readonly compare: (before: AnsweredRequest) => Likeness;
}
