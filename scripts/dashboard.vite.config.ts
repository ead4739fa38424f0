import { join } from 'node:path';
import { defineConfig } from 'vite';

const ROOT = join(import.meta.dirname, '..');

/** The dapp as files that any web server can hand out; `npm run build:dashboard` makes them. */
export default defineConfig({
  root: join(ROOT, 'src/dashboard'),
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: join(ROOT, 'dist/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // A small icon or font in the page's own text would need a looser Content-Security-Policy.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    manifest: true,
    // One file of all pages: a page's own could be missed once and would not be asked for again.
    cssCodeSplit: false,
  },
});
