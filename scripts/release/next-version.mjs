import semver from 'semver';

/** The version that is asked for: a step from the one there is, or a later one. */
export function nextVersion(current, wanted) {
  if (['patch', 'minor', 'major'].includes(wanted)) return semver.inc(current, wanted);
  if (semver.valid(wanted) !== wanted)
    throw new Error(
      `"${wanted}" is neither patch, minor, major nor a version such as 1.2.3 (https://semver.org).`,
    );
  if (!semver.gt(wanted, current)) throw new Error(`${wanted} is not later than ${current}.`);
  return wanted;
}
