import type { IConfiguration, IRegularForbiddenRuleType } from 'dependency-cruiser';
import type { ProjectTree } from './project-tree.ts';

/** A rule that forbids imports. */
export type Rule = IRegularForbiddenRuleType;

/** A violation of a rule: a file with its content, whatever else has to be there, and how the linter tells of it. */
export interface Violation {
  readonly rule: string;
  /** By path. A package's path is in node_modules. */
  readonly files: ReadonlyMap<string, string>;
  /** The file that the linter blames: one of these. */
  readonly blamed: readonly string[];
}

/** What a rule says of a path; dependency-cruiser takes one expression or several. */
type Expression = string | readonly string[] | undefined;

/** A package that only package.json's devDependencies name, and one that nothing there names. */
export const DEV_PACKAGE = 'planted-dev-package';
const UNNAMED_PACKAGE = 'planted-unnamed-package';

/** What of a rule can be planted here. A new kind of rule needs a way to violate it. */
const RULE_KEYS = new Set(['name', 'severity', 'comment', 'from', 'to']);
const FROM_KEYS = new Set(['path', 'pathNot']);
const TO_KEYS = new Set(['path', 'pathNot', 'circular', 'couldNotResolve', 'dependencyTypes']);

/** The rules of a configuration. Throws an Error where one is of a kind that nothing here can violate. */
export function rulesOf({ forbidden = [] }: IConfiguration): readonly Rule[] {
  return forbidden.map((rule) => {
    const unknown = Object.keys(rule).filter((key) => !RULE_KEYS.has(key));
    if ('to' in rule) {
      unknown.push(...Object.keys(rule.from).filter((key) => !FROM_KEYS.has(key)));
      unknown.push(...Object.keys(rule.to).filter((key) => !TO_KEYS.has(key)));
      if (unknown.length === 0) return rule;
    }
    throw new Error(`"${rule.name ?? ''}" has ${unknown.join(', ')}: say here how that is violated`);
  });
}

/** A violation of each rule in a project with these folders and files, and with these packages. */
export function plantViolations(
  rules: readonly Rule[],
  { folders, files }: ProjectTree,
  packages: readonly string[],
): readonly Violation[] {
  const folderNames = new Set(folders.map((folder) => folder.slice(folder.lastIndexOf('/') + 1)));
  return rules.map((rule, at) => {
    const name = `planted-${at}`;
    const places = [
      ...folders.map((folder) => `${folder}/${name}.ts`),
      ...files,
      // Where no folder may be.
      ...folders.map((folder) => `${folder}/${name}/${name}.ts`),
    ];
    return plant(rule, name, { places, folderNames, packages });
  });
}

interface Ground {
  /** Paths that a file can be planted at. */
  readonly places: readonly string[];
  readonly folderNames: ReadonlySet<string>;
  readonly packages: readonly string[];
}

function plant(rule: Rule, name: string, ground: Ground): Violation {
  const { name: title = 'a rule without a name', from } = rule;
  const sources = ground.places.filter((place) => place.startsWith('src/') && isMeant(from, place));
  if (sources.length === 0) throw new Error(`"${title}" is about no file that there is`);
  for (const source of sources) {
    const planted = forbiddenImport(rule, source, name, ground);
    if (planted === undefined) continue;
    const { imported, path, content } = planted;
    const files = new Map([[source, `import type {} from '${imported}';\n`]]);
    if (path !== undefined) files.set(path, content);
    return {
      rule: title,
      files,
      blamed: 'circular' in rule.to && path !== undefined ? [source, path] : [source],
    };
  }
  throw new Error(`"${title}" forbids nothing that there is`);
}

/** What a file imports, and the file that this is; without a path there is none. */
type Import =
  | { readonly imported: string; readonly path: string; readonly content: string }
  | { readonly imported: string; readonly path?: never; readonly content?: never };

/** What the rule forbids a file to import; undefined where that is nothing that there is. */
function forbiddenImport(
  rule: Rule,
  source: string,
  name: string,
  { places, folderNames, packages }: Ground,
): Import | undefined {
  const { to } = rule;
  if ('circular' in to) {
    const path = source.replace(/\.ts$/, '-again.ts');
    return { imported: `./${name}-again.ts`, path, content: `import type {} from './${name}.ts';\n` };
  }
  if ('couldNotResolve' in to) return { imported: `./${name}-missing.ts` };
  if ('dependencyTypes' in to) {
    return installed(to.dependencyTypes.includes('npm-dev') ? DEV_PACKAGE : UNNAMED_PACKAGE);
  }
  const isForbidden = forbiddenBy(rule, source);
  // A rule may be about a folder that is elsewhere, and may come here.
  const imaginable = foldersAbove(source).flatMap((above) =>
    [...folderNames].map((folder) => `${above}/${folder}/${name}.ts`),
  );
  const targets = [...places, ...imaginable].filter((place) => place !== source && isForbidden(place));
  const path = nearest(source, targets);
  if (path !== undefined) return { imported: relativePath(source, path), path, content: 'export {};\n' };
  const imported = packages.find((each) => isForbidden(installed(each).path));
  return imported === undefined ? undefined : installed(imported);
}

function installed(imported: string) {
  return { imported, path: `node_modules/${imported}/index.js`, content: 'export {};\n' };
}

/** Of the places that share most folders with the source, the first: a rule of inner layers is violated from within. */
function nearest(source: string, places: readonly string[]): string | undefined {
  const folders = source.split('/');
  const common = (place: string) => {
    const differing = place.split('/').findIndex((folder, at) => folder !== folders[at]);
    return differing === -1 ? folders.length : differing;
  };
  return [...places].sort((left, right) => common(right) - common(left))[0];
}

function isMeant(from: Rule['from'], place: string): boolean {
  return matches(from.path, place, true) && !matches(from.pathNot, place, false);
}

/** Whether a rule forbids the source to import a path. Its expressions may name what that for the source caught, as $1. */
function forbiddenBy({ from, to }: Rule, source: string): (place: string) => boolean {
  const caught = listOf(from.path).flatMap((expression) => [...(new RegExp(expression).exec(source) ?? [])]);
  const filled = (expressions: Expression) =>
    listOf(expressions).map((each) => each.replace(/\$(\d)/g, (_, at: string) => caught[Number(at)] ?? ''));
  const path = filled(to.path);
  const pathNot = filled(to.pathNot);
  return (place) => matches(path, place, true) && !matches(pathNot, place, false);
}

function matches(expressions: Expression, place: string, without: boolean): boolean {
  const list = listOf(expressions);
  return list.length === 0 ? without : list.some((expression) => new RegExp(expression).test(place));
}

/** The expressions that a rule has in one place. */
export function listOf(expressions: Expression): readonly string[] {
  if (expressions === undefined) return [];
  return typeof expressions === 'string' ? [expressions] : expressions;
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

function relativePath(from: string, to: string): string {
  const up = from
    .split('/')
    .slice(0, -1)
    .map(() => '..');
  return `./${[...up, to].join('/')}`;
}
