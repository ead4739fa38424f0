import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
/** Within the project, so that packages are found from there. */
const COPIES = join(ROOT, 'test-results/releases');
const FILES = [
  'package.json',
  'package-lock.json',
  'CHANGELOG.md',
  'scripts',
  'python/src/agent_service/version.py',
  'tests/e2e/icp/package.json',
];
const NOTES =
  '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Something new.\n\n## [0.1.0] - 2026-01-01\n\n- First.\n';

/** A clone that has what a release needs, with what is unreleased in its changelog. */
function setupClone(name: string, changelog = NOTES) {
  const root = join(COPIES, name);
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const file of FILES) cpSync(join(ROOT, file), join(root, file), { recursive: true });
  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  git('init', '--quiet');
  git('config', 'user.name', 'Somebody');
  git('config', 'user.email', 'somebody@example.org');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Begin');
  const run = (script: string, ...words: string[]) =>
    spawnSync(process.execPath, [join('scripts/release', script), ...words], { cwd: root, encoding: 'utf8' });
  return { git, run, read: (file: string) => readFileSync(join(root, file), 'utf8'), root };
}

describe('a release', () => {
  it('moves what is unreleased under the version, gives it to both packages, commits and tags', () => {
    const { git, run, read } = setupClone('minor');
    const done = run('release.mjs', 'minor');
    expect(done.stderr).toBe('');
    expect(done.stdout).toContain('Released 0.2.0. To publish it: git push --follow-tags');
    const today = new Date().toISOString().slice(0, 10);
    expect(read('CHANGELOG.md')).toBe(
      NOTES.replace('## [Unreleased]', `## [Unreleased]\n\n## [0.2.0] - ${today}`),
    );
    expect(JSON.parse(read('package.json'))).toMatchObject({ version: '0.2.0' });
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({ version: '0.2.0' });
    expect(read('python/src/agent_service/version.py')).toContain('__version__ = "0.2.0"');
    expect(git('tag', '--points-at', 'HEAD')).toBe('v0.2.0');
    expect(git('status', '--porcelain')).toBe('');
    expect(run('check-tag.mjs', 'v0.2.0')).toMatchObject({ status: 0, stderr: '' });
  });

  it('of a candidate has the form that Python gives it', () => {
    const { run, read } = setupClone('candidate');
    expect(run('release.mjs', '1.0.0-rc.1')).toMatchObject({ status: 0 });
    expect(read('python/src/agent_service/version.py')).toContain('__version__ = "1.0.0rc1"');
    expect(run('check-tag.mjs', 'v1.0.0-rc.1')).toMatchObject({ status: 0, stderr: '' });
  });

  it('that is run dry shows its notes, and changes nothing', () => {
    const { git, run } = setupClone('dry');
    expect(run('release.mjs', 'patch', '--dry-run').stdout).toBe(
      'Would release 0.1.1, with these notes:\n\n### Added\n\n- Something new.\n',
    );
    expect(git('status', '--porcelain')).toBe('');
    expect(git('tag')).toBe('');
  });

  const refusals: [what: string, words: string[], message: string][] = [
    ['of no version', [], 'Say which: npm run release -- patch|minor|major|X.Y.Z [--dry-run]'],
    ['of two', ['minor', 'major'], 'Say which: npm run release -- patch|minor|major|X.Y.Z [--dry-run]'],
    [
      'of what is no version',
      ['v2'],
      '"v2" is neither patch, minor, major nor a version such as 1.2.3 (https://semver.org).',
    ],
    ['of the version that there is', ['0.1.0'], '0.1.0 is not later than 0.1.0.'],
    ['of an earlier one', ['0.0.9'], '0.0.9 is not later than 0.1.0.'],
  ];
  it('is refused that cannot be', () => {
    const { git, run, root } = setupClone('refused');
    for (const [what, words, message] of refusals)
      expect(run('release.mjs', ...words), what).toMatchObject({ status: 1, stderr: `${message}\n` });
    writeFileSync(join(root, 'package.json'), `${readFileSync(join(root, 'package.json'), 'utf8')}\n`);
    expect(run('release.mjs', 'minor').stderr).toBe('There are changes that are not committed.\n');
    git('checkout', '--quiet', 'package.json');
    git('tag', 'v0.2.0');
    expect(run('release.mjs', 'minor').stderr).toBe('There is a tag v0.2.0 already.\n');
  });

  it('of nothing is refused', () => {
    const { run } = setupClone('nothing', NOTES.replace('### Added\n\n- Something new.\n\n', ''));
    expect(run('release.mjs', 'minor').stderr).toBe('CHANGELOG.md has nothing under "## [Unreleased]".\n');
  });

  it('is not published where tag, packages and changelog differ', () => {
    const { run, root } = setupClone('differs');
    const version = join(root, 'python/src/agent_service/version.py');
    writeFileSync(version, readFileSync(version, 'utf8').replace('0.1.0', '0.0.9'));
    expect(run('check-tag.mjs', 'v9.9.9')).toMatchObject({
      status: 1,
      stderr: [
        'Not released: the tag is "v9.9.9", package.json has 0.1.0.',
        'Not released: the Python package has 0.0.9, package.json 0.1.0.',
        '',
      ].join('\n'),
    });
  });
});

describe('the version', () => {
  it('is the same in both packages', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    const done = spawnSync(process.execPath, ['scripts/release/check-tag.mjs', `v${version}`], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(done.stderr).not.toContain('Python');
    expect(done.stderr).not.toContain('lock');
  });
});
