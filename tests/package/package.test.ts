import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { publint } from 'publint';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { outputPattern, runBlocks, shellBlocks } from '../docs/support/shell-blocks.ts';
import { buildPage, USED, useInNode, useInTypeScript } from './support/consumer.ts';
import { filesIn, installInto, packInto, ROOT } from './support/packed-package.ts';
import { dependencyProblems, importsOf, shippedImports } from './support/shipped-imports.ts';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

/** It installs the package, and runs a dozen commands. */
const TUTORIAL_MS = 300_000;

let tarball: string;
/** A project that has the package from npm, outside this one. */
let project: string;
/** Where the package is in a project that uses it. */
let installed: string;
let files: readonly string[];

beforeAll(async () => {
  // With a space and letters that are not ASCII, as folders of people have.
  const folder = mkdtempSync(join(tmpdir(), 'a package – größer '));
  tarball = await packInto(join(folder, 'packed'));
  project = join(folder, 'project');
  installed = await installInto(project, tarball);
  files = filesIn(installed);
  return () => rmSync(folder, { recursive: true, force: true });
});

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
}

describe('the package', () => {
  it('has what runs and what tells of it, and nothing else', () => {
    const expected = /^(bin\/|dist\/|(package\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE)$)/;
    expect(files.filter((file) => !expected.test(file))).toEqual([]);
    expect(files.filter((file) => /(?<!\.d)\.tsx?$|(^|\/)\.|config\.json$|canister\//.test(file))).toEqual(
      [],
    );
    expect(files).toContain('dist/dashboard/index.html');
    expect(files).toContain('dist/dashboard/index.html.br');
  });

  it('has every file that its manifest names', () => {
    const { bin, exports } = manifest();
    const named = [...Object.values(bin), ...Object.values(exports)].flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    expect(named.filter((file) => !existsSync(join(installed, file)))).toEqual([]);
  });

  it('has the sources of compiled code in its maps, without a path of the machine that built it', () => {
    for (const file of files.filter((each) => /^dist\/(?!dashboard).*\.js$/.test(each))) {
      const map = JSON.parse(readFileSync(join(installed, `${file}.map`), 'utf8')) as Record<string, unknown>;
      expect([file, map['sourcesContent']]).toEqual([file, [expect.any(String)]]);
      expect(JSON.stringify(map)).not.toContain(ROOT);
    }
  });

  it('refers to no file that is not in it', () => {
    const missing = shippedImports(installed).filter(({ file, specifier }) => {
      // A declaration names the source beside which it stands.
      const names = [specifier, specifier.replace(/\.ts$/, '.d.ts')];
      return (
        specifier.startsWith('.') && !names.some((name) => existsSync(join(installed, dirname(file), name)))
      );
    });
    // The commands of a clone.
    expect(missing.filter(({ specifier }) => !specifier.startsWith('../scripts/'))).toEqual([]);
  });

  it('depends on what its code imports, and on nothing else', () => {
    const { dependencies } = manifest();
    const imports = shippedImports(installed);
    expect(imports.length).toBeGreaterThan(1_000);
    expect(dependencyProblems(imports, dependencies)).toEqual([]);
    const { commander: _, ...fewer } = dependencies;
    expect(dependencyProblems(imports, fewer)).toContain(
      'dist/cli/program.js imports commander, which is not in dependencies',
    );
    expect(dependencyProblems(imports, { ...dependencies, react: '^19' })).toEqual([
      'react is in dependencies, and nothing that is shipped imports it',
    ]);
  });

  it.each([
    [`import { a } from 'b/c';`, ['b/c']],
    [`export * from "@b/c";`, ['@b/c']],
    [`import 'b';\nconst { c } = await import('d');`, ['b', 'd']],
    [`export declare const a: import("b").C;`, ['b']],
    [`/** import { a } from 'b' */\n// import 'c'\nconst from = "from 'd'";`, []],
  ])('of %j the imports are %j', (text, imports) => {
    expect(importsOf(text)).toEqual(imports);
  });

  it('passes publint', async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages).toEqual([]);
  });

  it('has types that each kind of resolution of ES modules finds, by attw', async () => {
    // The other exports are no modules.
    const modules = Object.keys(manifest().exports).filter((name) => !/\.\w+$/.test(name));
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const words = [tarball, '--profile', 'esm-only', '--entrypoints', ...modules];
    // It ends with another code where it finds a problem, which its output tells.
    const { stdout } = await promisify(execFile)(process.execPath, [attw, ...words]);
    expect(stdout).toContain('agent-service/testing');
  });
});

describe('a project with the package', () => {
  it('uses every export in plain modules of Node', async () => {
    expect(await useInNode(project)).toEqual(USED);
  });

  it.each([
    ['nodenext', ['--module', 'nodenext', '--lib', 'es2022,dom']],
    ['nodenext, without the DOM', ['--module', 'nodenext', '--lib', 'es2022', '--skipLibCheck']],
    ['bundler', ['--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom']],
  ])('is type-checked strictly: %s', async (_name, options) => {
    expect(await useInTypeScript(project, options)).toEqual([]);
  });

  it('has pages that import it, built by Vite, without a module of Node', async ({ skip }) => {
    const page = await buildPage(project);
    onTestFinished(() => page.close());
    expect(page.code).not.toMatch(/node:|__vite-browser-external/);
    if (inject('chromium') === '') skip('there is no Chromium; name one in CHROMIUM_PATH');
    const browser = await chromium.launch({
      executablePath: inject('chromium'),
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    onTestFinished(() => browser.close());
    const tab = await browser.newPage();
    await tab.goto(page.url);
    await tab.waitForFunction("document.title !== '…'");
    expect(await tab.title()).toMatch(/^(object|string) function NotFound$/);
  });

  it('is what the tutorial takes, whose commands run as they stand', { timeout: TUTORIAL_MS }, async ({
    skip,
  }) => {
    if (process.platform === 'win32') skip('the tutorial is for a POSIX shell');
    const home = join(project, '..', 'tutorial');
    mkdirSync(home);
    copyFileSync(tarball, join(home, basename(tarball)));
    const tutorial = readFileSync(join(ROOT, 'docs/tutorial/first-agent.md'), 'utf8');
    const blocks = shellBlocks(tutorial);
    const ports = '--port 0 --gateway-port 0 --dashboard-port 0';
    const commands = blocks.map((block) =>
      block.commands
        .replace('npm install', 'npm install --prefer-offline --no-audit --no-fund')
        .replace('start --detach', `start --detach ${ports}`),
    );
    // What npm told the test of itself would send it to this project.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
    // It is stopped by the last block, unless one before fails or takes too long.
    const stop = () => promisify(execFile)('npx', ['agent-service', 'stop'], { cwd: home, env });
    onTestFinished(() => stop().then(undefined, () => undefined));
    const outputs = await runBlocks(commands, { cwd: home, env });
    for (const [i, { printed }] of blocks.entries()) {
      if (printed !== undefined) expect(outputs[i]?.trim()).toMatch(outputPattern(printed));
    }
  });

  it('starts everything in an empty folder, is called there, and stops', async () => {
    const home = join(project, '..', 'empty – leer');
    mkdirSync(home);
    const bin = join(installed, 'bin/agent-service.mjs');
    const service = async (...words: readonly string[]): Promise<string> =>
      (await promisify(execFile)(process.execPath, [bin, ...words], { cwd: home })).stdout;
    const ports = ['--port', '0', '--gateway-port', '0', '--dashboard-port', '0'];
    await service('start', '--detach', ...ports);
    try {
      expect(readdirSync(home)).toEqual(['.agent-service']);
      const { dashboard_url } = JSON.parse(await service('status', '--json')) as { dashboard_url: string };
      expect(await (await fetch(dashboard_url)).text()).toContain('<title>Agent Service</title>');
      expect(await service('sessions', 'begin', 'alice', '--type', 'GitHub')).toMatch(/^ses-/);
      expect(await service('status', 'alice')).toMatch(/active_sessions +1/);
      expect(await service('deploy')).toContain('unchanged');
    } finally {
      await service('stop');
    }
    await expect(service('status')).rejects.toThrow(/npx agent-service start/);
  });
});
