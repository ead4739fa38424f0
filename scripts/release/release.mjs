/**
 * Makes a release: `npm run release -- patch|minor|major|X.Y.Z`. It moves what is unreleased in the changelog under the version, gives both packages that
 * version, commits, and tags `vX.Y.Z`; pushing the tag has .github/workflows/release.yml publish. `--dry-run` shows what would be done, and does nothing.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../prepare.mjs';
import { notesOf, releasedChangelog } from './changelog.mjs';
import { nextVersion } from './next-version.mjs';
import { packageVersion, writePythonVersion } from './versions.mjs';

const CHANGELOG = join(ROOT, 'CHANGELOG.md');
const words = process.argv.slice(2);
const isDry = words.includes('--dry-run');
const [wanted, ...others] = words.filter((word) => word !== '--dry-run');

try {
  release();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

function release() {
  if (wanted === undefined || others.length > 0)
    throw new Error('Say which: npm run release -- patch|minor|major|X.Y.Z [--dry-run]');
  const version = nextVersion(packageVersion(), wanted);
  const date = new Date().toISOString().slice(0, 10);
  const changelog = releasedChangelog(readFileSync(CHANGELOG, 'utf8'), version, date);
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`There is a tag v${version} already.`);
  if (isDry) {
    console.log(`Would release ${version}, with these notes:\n\n${notesOf(changelog, version)}`);
    return;
  }
  if (git('status', '--porcelain') !== '') throw new Error('There are changes that are not committed.');
  writeFileSync(CHANGELOG, changelog);
  run('npm', ['version', version, '--no-git-tag-version', '--loglevel=error']);
  writePythonVersion(version);
  git('commit', '--all', '--message', `Release ${version}`);
  git('tag', '--annotate', `v${version}`, '--message', `Release ${version}`);
  console.log(`Released ${version}. To publish it: git push --follow-tags`);
}

function git(...args) {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
