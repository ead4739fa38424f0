/** Before anything is published: the tag, both packages and the changelog have the same version. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../prepare.mjs';
import { notesOf } from './changelog.mjs';
import { forPython, lockVersion, packageVersion, pythonVersion } from './versions.mjs';

const [tag = ''] = process.argv.slice(2);
const version = packageVersion();
const wrong = [
  [tag === `v${version}`, `the tag is "${tag}", package.json has ${version}`],
  [lockVersion() === version, `package-lock.json has ${lockVersion()}, package.json ${version}`],
  [
    pythonVersion() === forPython(version),
    `the Python package has ${pythonVersion()}, package.json ${version}`,
  ],
  [
    notesOf(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'), version) !== '',
    `CHANGELOG.md says nothing of ${version}`,
  ],
].flatMap(([isRight, what]) => (isRight ? [] : [what]));
for (const what of wrong) console.error(`Not released: ${what}.`);
process.exitCode = wrong.length === 0 ? 0 : 1;
