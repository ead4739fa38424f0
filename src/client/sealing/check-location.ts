import { IDL } from '@dfinity/candid';
import { METHODS } from '../calls/canister-calls.ts';
import { InvalidArgumentError } from '../errors.ts';
import { toCandid } from '../values/candid-values.ts';
import { shown } from '../values/shown.ts';
import { SECRET_FIELDS } from './secret-place.ts';

/** Throws an `InvalidArgumentError` for what is no secret, or no place of one; `method` is that of the client. */
export function checkSecret(method: 'seal' | 'open', secret: unknown, location: unknown): void {
  if (typeof secret !== 'string')
    throw new InvalidArgumentError('secret', `must be a string${shown(secret)}`);
  if (/\p{Surrogate}/u.test(secret)) {
    throw new InvalidArgumentError('secret', 'must be Unicode text, without lone surrogates');
  }
  toCandid(locationType(), location, { method, path: '' });
  const { field, sessionId } = location as { readonly field: string; readonly sessionId?: string };
  if (method === 'open' && field === 'session_token' && sessionId === undefined) {
    throw new InvalidArgumentError('session_id', 'must be there for the token of a session');
  }
}

/** A location, in the words of the interface. */
function locationType(): IDL.Type {
  const [account] = METHODS.get('get_sealing_keys')?.argTypes ?? [];
  if (!(account instanceof IDL.RecordClass)) throw new TypeError('get_sealing_keys takes one record');
  return IDL.Record({
    ...Object.fromEntries(account._fields),
    session_id: IDL.Opt(IDL.Text),
    field: IDL.Variant(Object.fromEntries(SECRET_FIELDS.map((name) => [name, IDL.Null]))),
  });
}
