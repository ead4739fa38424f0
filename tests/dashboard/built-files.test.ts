import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../src/cli/dashboard/content-security-policy.ts';
import { DASHBOARD_DIRECTORY } from '../../src/cli/files/project.ts';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}

const built = (path: string): string => readFileSync(join(DASHBOARD_DIRECTORY, path), 'utf8');

/** The scripts that a chunk needs before it runs, and itself. */
function scriptsOf(name: string, manifest: Readonly<Record<string, Chunk>>): readonly string[] {
  const chunk = manifest[name];
  if (chunk === undefined) throw new Error(`the build has no ${name}`);
  return [chunk.file, ...(chunk.imports ?? []).flatMap((imported) => scriptsOf(imported, manifest))];
}

describe('the built dapp', () => {
  it('loads less than 300 kB of compressed JavaScript before the overview is there', () => {
    const manifest = JSON.parse(built('.vite/manifest.json')) as Record<string, Chunk>;
    const pages = ['index.html', 'pages/overview/overview-page.tsx'];
    const scripts = new Set(pages.flatMap((page) => scriptsOf(page, manifest)));
    const bytes = [...scripts].map((script) => gzipSync(built(script)).length);
    expect(bytes.reduce((sum, some) => sum + some)).toBeLessThan(300_000);
  });

  it('asks no other place for anything, and has nothing inline that the policy would refuse', () => {
    const page = built('index.html');
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/<style|style=|<script(?![^>]* src=)|javascript:|\son\w+=/);
    const styles = readdirSync(join(DASHBOARD_DIRECTORY, 'assets')).filter((name) => name.endsWith('.css'));
    for (const name of styles)
      expect(built(`assets/${name}`), name).not.toMatch(/url\(\s*["']?(https?:|data:)/);
  });

  it('has the same policy in an assets canister, which talks to the Internet Computer', () => {
    expect(built('.ic-assets.json5')).toContain(`"${contentSecurityPolicy('https://icp-api.io')}"`);
  });

  it('leaves compressing to the assets canister, which makes the copies of texts that it serves', () => {
    const rules = built('.ic-assets.json5');
    expect(rules).toContain('{ match: "**/*.{br,gz}", ignore: true }');
    // A list of encodings would take the place of the one that it compresses texts with.
    expect(rules).not.toContain('encodings');
    const texts = readdirSync(join(DASHBOARD_DIRECTORY, 'assets')).filter((name) => /\.(js|css)$/.test(name));
    for (const name of ['index.html', ...texts.map((text) => `assets/${text}`)]) {
      const copies = ['br', 'gz'].map((kind) => existsSync(join(DASHBOARD_DIRECTORY, `${name}.${kind}`)));
      // Short files are as long with it.
      if (built(name).length > 2048) expect(copies, name).toEqual([true, true]);
    }
  });

  it('brings its fonts along', () => {
    const fonts = readdirSync(join(DASHBOARD_DIRECTORY, 'assets')).filter((name) => name.endsWith('.woff2'));
    expect(fonts.length).toBeGreaterThan(0);
  });
});
