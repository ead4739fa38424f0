import { query } from 'azle';
import { answerHttp } from '../../services/metrics/http-answer.ts';
import { anybody } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { httpRequest } from '../interface-types.ts';
import { methods } from '../method.ts';
import { httpReply } from '../replies.ts';
import { store, taskTimer } from '../services.ts';

const answerRequest = endpoint({
  name: 'http_request',
  access: anybody,
  args: { request: httpRequest },
  reply: httpReply(),
  run({ request }, { now }) {
    const asked = { method: request.method.value, url: request.url.value };
    const calls = new Map([...methods].map(([name, method]) => [name, method.calls]));
    return answerHttp(asked, { calls, store, tasks: taskTimer.states, now });
  },
});

export class HttpMethods {
  @query(...answerRequest.signature)
  http_request(): void {
    answerRequest.serve();
  }
}
