/** Keep a Changelog 1.1.0: what is under "Unreleased" goes under the version that is released. */

const UNRELEASED = '## [Unreleased]';

/** The changelog after a release; throws where nothing is to be released, or the version was. */
export function releasedChangelog(text, version, date) {
  if (text.includes(`## [${version}]`)) throw new Error(`CHANGELOG.md has ${version} already.`);
  if (notesOf(text, 'Unreleased') === '') throw new Error(`CHANGELOG.md has nothing under "${UNRELEASED}".`);
  return text.replace(UNRELEASED, `${UNRELEASED}\n\n## [${version}] - ${date}`);
}

/** What is under the heading of a version; empty where there is nothing. */
export function notesOf(text, version) {
  const sections = text.split(/^(?=## \[)/m);
  const section = sections.find((found) => found.startsWith(`## [${version}]`)) ?? '';
  return section.split('\n').slice(1).join('\n').trim();
}
