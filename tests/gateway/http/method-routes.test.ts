import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../src/client/calls/canister-calls.ts';
import { METHOD_ROUTES } from '../../../src/gateway/http/method-routes.ts';
import { REST_PATHS } from '../../../src/gateway/http/rest-paths.ts';
import { serviceMethod } from '../../../src/json-interface/methods/service-method.ts';

describe('the routes', () => {
  it('are at /v1/methods for every method of the interface but those of standards', () => {
    const plain = METHOD_ROUTES.map(({ path }) => path).filter((path) => path.startsWith('/v1/methods/'));
    const ours = [...METHODS.keys()].filter((name) => name !== 'http_request' && !name.startsWith('icrc'));
    expect(plain.sort()).toEqual(ours.map((name) => `/v1/methods/${name}`).sort());
  });

  it.each(REST_PATHS.map((row) => [`${row.verb} ${row.path}`, row] as const))(
    'have at %s nothing in the path that the method does not take',
    (_name, { path, method }) => {
      const names = serviceMethod(method).parameters.map(([name]) => name);
      for (const [, name] of path.matchAll(/\{(\w+)\}/g)) expect(names).toContain(name);
    },
  );
});
