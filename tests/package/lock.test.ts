import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './support/packed-package.ts';

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly hasInstallScript?: boolean; readonly resolved?: string }>
  >;
}

const TEXT = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(TEXT) as Lock;

describe('package-lock.json', () => {
  it('has npm run no script of a dependency: those here fetch programs, or look for dfx', () => {
    const scripts = Object.keys(packages).filter((path) => packages[path]?.hasInstallScript === true);
    expect(scripts).toEqual([]);
  });

  it('names no registry', () => {
    const links = Object.values(packages).flatMap(({ resolved }) =>
      resolved?.includes('://') ? [resolved] : [],
    );
    expect(links).toEqual([]);
  });
});
