import { encodeUtf8 } from '../../codec/index.ts';
import { type Measured, metricsText } from './metrics.ts';

/** A response as gateways take it ("The HTTP Gateway protocol"). */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

const METRICS = 'text/plain; version=0.0.4; charset=utf-8';
const TEXT = 'text/plain; charset=utf-8';

/** Answers a request for `/metrics`, and tells every other one that there is nothing. The URL is what follows the host. */
export function answerHttp(
  { method, url }: { readonly method: string; readonly url: string },
  measured: Measured,
): HttpAnswer {
  const [path] = url.split(/[?#]/);
  if (path !== '/metrics') return answer(404, TEXT, 'There is nothing here but /metrics.\n');
  if (method === 'GET') return answer(200, METRICS, metricsText(measured));
  if (method === 'HEAD') return answer(200, METRICS, '');
  const refusal = answer(405, TEXT, 'The metrics are read by GET.\n');
  return { ...refusal, headers: [...refusal.headers, ['allow', 'GET, HEAD']] };
}

function answer(status: number, type: string, text: string): HttpAnswer {
  const headers = [
    ['content-type', type],
    ['cache-control', 'no-store'],
    ['x-content-type-options', 'nosniff'],
  ] as const;
  return { status, headers, body: encodeUtf8(text) };
}
