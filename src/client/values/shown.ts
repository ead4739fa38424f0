/** A word as it was given; what is longer could be a secret in the wrong place. */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return `, not ${value}`;
  if (typeof value === 'string')
    return /^[\w .-]{1,20}$/.test(value) ? `, not '${value}'` : ', not such a text';
  if (value === undefined || value === null) return ', and is missing';
  return `, not ${Array.isArray(value) ? 'an array' : `a ${typeof value}`}`;
}
