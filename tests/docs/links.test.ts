import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles, textOf } from './support/files.ts';
import { anchorsOf, linkTargets } from './support/markdown.ts';

const PAGES = sourceFiles(/\.md$/);
const IS_EXTERNAL = /^[a-z][a-z+.-]*:/i;

/** The links of a page that lead nowhere. */
function brokenLinks(page: string): string[] {
  return linkTargets(textOf(page)).filter((target) => {
    if (IS_EXTERNAL.test(target)) return false;
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)));
    if (!existsSync(join(ROOT, file))) return true;
    return anchor !== undefined && !anchorsOf(textOf(file)).has(anchor);
  });
}

describe('a Markdown page', () => {
  it.each(PAGES)('%s links to files and headings that exist', (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it('of the docs is in the index', () => {
    const index = linkTargets(textOf('docs/README.md'));
    const pages = PAGES.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    for (const page of pages) expect(index).toContain(page.replace('docs/', ''));
  });
});

describe('a path of the docs in a source', () => {
  it('exists', () => {
    const sources = sourceFiles(/\.(?:ts|tsx|mjs|cjs|py|did|toml|ya?ml|json)$/).filter(
      (path) => !path.startsWith('docs/') && path !== 'package-lock.json',
    );
    for (const source of sources) {
      for (const [path] of textOf(source).matchAll(/\bdocs\/[a-z][\w/-]*\.(?:md|svg|json|ya?ml)\b/g))
        expect(existsSync(join(ROOT, path)), `${source}: ${path}`).toBe(true);
    }
  });
});

describe('how links are found', () => {
  it('passes over code', () => {
    expect(linkTargets('a [b](c.md) `[d](e.md)`\n\n    [f](g.md)\n\n```\n[h](i.md)\n```\n')).toEqual([
      'c.md',
    ]);
  });

  it('names headings as GitHub does', () => {
    const text = "# What's `x`, then?\n## A, B\n## A, B\n```\n# not\n```\n";
    expect([...anchorsOf(text)]).toEqual(['whats-x-then', 'a-b', 'a-b-1']);
  });
});
