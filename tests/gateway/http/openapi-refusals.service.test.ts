import { describe, expect, it } from 'vitest';
import { setupBareGateway } from '../support/setup-bare-gateway.ts';
import { send } from '../support/setup-gateway.ts';

interface Operation {
  readonly security?: readonly unknown[];
  readonly responses: Readonly<Record<string, { readonly headers?: object; readonly content: object }>>;
}

describe('the OpenAPI document', () => {
  it('has the refusals of every route that asks for a key, and when to try again', async () => {
    const { url } = await setupBareGateway();
    const { json } = await send(url, 'GET /openapi.json');
    const paths = json['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    const keyed = operations.filter(({ security }) => security === undefined);
    expect(keyed.length).toBeGreaterThan(50);
    for (const { responses } of keyed) {
      for (const status of ['400', '401', '403', '408', '429', '503', '504', 'default']) {
        expect(Object.keys(responses[status]?.content ?? {})).toEqual(['application/problem+json']);
      }
      expect(responses['429']?.headers).toHaveProperty('Retry-After');
    }
  });
});
