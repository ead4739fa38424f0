import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { clientMethodsModule } from './client-methods.ts';
import { ClientTypes } from './client-types.ts';
import { argumentNamesModule, methodDocsModule, queryMethodsModule } from './method-modules.ts';
import { type MeasuredCall, referencePage } from './reference.ts';
import { serviceInterface } from './service-interface.ts';

/** The root of a checkout. */
export const ROOT = resolve(dirname(dirname(import.meta.dirname)));

const REFERENCE = 'docs/reference/api.md';

function measuredCalls(root: string): readonly MeasuredCall[] {
  const results = readFileSync(join(root, 'bench/results.json'), 'utf8');
  return (JSON.parse(results) as { readonly calls: readonly MeasuredCall[] }).calls;
}

/** The modules and the reference that are made of the interface and its comments, by their paths in the checkout. */
export function generatedFiles(root = ROOT): ReadonlyMap<string, string> {
  const all = serviceInterface(readFileSync(join(root, 'src/candid/agent_service.did'), 'utf8'));
  const modules: readonly (readonly [path: string, source: string])[] = [
    ['src/candid/argument-names.ts', argumentNamesModule(all)],
    ['src/candid/method-docs.ts', methodDocsModule(all)],
    ['src/candid/query-methods.ts', queryMethodsModule(all)],
    ['src/client/values/service-types.ts', new ClientTypes(all).module()],
    ['src/client/service-methods.ts', clientMethodsModule(all)],
  ];
  return new Map([
    ...modules.map(([path, source]) => [path, formatted(root, path, source)] as const),
    [REFERENCE, referencePage(all, measuredCalls(root))],
  ]);
}

/** As the formatter of the project writes it. */
function formatted(root: string, path: string, source: string): string {
  return execFileSync(
    join(ROOT, 'node_modules/.bin/biome'),
    ['check', '--write', `--stdin-file-path=${path}`],
    { cwd: root, input: source, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] },
  );
}
