import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import typescript from 'typescript';
import { filesIn } from './packed-package.ts';

/** What a file imports. */
export interface FileImport {
  /** The path of the file in the package. */
  readonly file: string;
  readonly specifier: string;
}

/** What the compiled files of a package import, and their declarations. */
export function shippedImports(folder: string): readonly FileImport[] {
  return filesIn(folder)
    .filter((file) => /^(bin|dist)\/.*\.(m?js|d\.ts)$/.test(file) && !file.startsWith('dist/dashboard/'))
    .flatMap((file) =>
      importsOf(readFileSync(join(folder, file), 'utf8')).map((specifier) => ({ file, specifier })),
    );
}

/** What a text of JavaScript or TypeScript imports, in whatever way. */
export function importsOf(text: string): readonly string[] {
  return typescript.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** What is wrong between what files import and the `dependencies` of their package, a sentence each. */
export function dependencyProblems(
  imports: readonly FileImport[],
  dependencies: Readonly<Record<string, string>>,
): readonly string[] {
  const imported = imports
    .filter(({ specifier }) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map(({ file, specifier }) => ({ file, name: packageOf(specifier) }));
  const missing = imported.filter(({ name }) => !(name in dependencies));
  const used = new Set(imported.map(({ name }) => name));
  return [
    ...missing.map(({ file, name }) => `${file} imports ${name}, which is not in dependencies`),
    ...Object.keys(dependencies)
      .filter((name) => !used.has(name))
      .map((name) => `${name} is in dependencies, and nothing that is shipped imports it`),
  ];
}

/** The name of the package in what an import names. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
