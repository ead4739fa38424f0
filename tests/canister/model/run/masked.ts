import type { MethodName } from '../../support/wasm-canister.ts';
import { type Plain, without } from '../plain.ts';
import type { Model } from '../state.ts';
import { readMarkdown } from '../topics/consents.ts';
import { readSamples } from '../topics/metrics.ts';

type Fields = { readonly [name: string]: Plain };

/** An answer without what only the canister can know: what is random, and the sentences that tell people. */
export function masked(name: MethodName, reply: Plain, m: Model): Plain {
  if (name === 'http_request') return httpAnswer(reply as Fields);
  const { Ok, Err } = (reply ?? {}) as Fields;
  if (Err !== undefined) return { Err: withoutMessage(Err) };
  if (Ok === undefined) return reply;
  const fields = Ok as Fields;
  switch (name) {
    case 'get_audit_entries': {
      const entries = (fields['entries'] as Fields[]).map((entry) => {
        const content = entry['content'] as Fields | null;
        return { ...without(entry, 'commitment'), content: content && without(content, 'salt') };
      });
      return { Ok: { ...fields, entries } };
    }
    case 'list_tasks':
      return { Ok: [] };
    case 'get_audit_tip':
      return { Ok: without(fields, 'digest', 'certificate') };
    case 'export_user':
      return { Ok: { ...fields, page: JSON.parse(fields['page'] as string) as Plain } };
    case 'icrc21_canister_call_consent_message':
      return { Ok: consentMessage(fields) };
    case 'get_user_analytics':
      return { Ok: inOrderOfAgents(fields) };
    case 'get_service_analytics': {
      const stored = fields['stored'] as Fields;
      // What of an erased user is left is a part of it, which nothing else tells.
      const bytes = m.erasures.length > 0 ? null : (stored['bytes'] ?? null);
      return {
        Ok: { analytics: inOrderOfAgents(fields['analytics'] as Fields), stored: { ...stored, bytes } },
      };
    }
    default:
      return reply;
  }
}

/** An error is its kind, with what else than words there is about it. */
function withoutMessage(error: Plain): Plain {
  if (typeof error === 'string') return error;
  const [[kind, details] = ['', {}]] = Object.entries(error as Fields);
  const rest = without(details as Fields, 'message', 'description');
  return Object.keys(rest).length === 0 ? kind : { [kind]: rest };
}

/** Their order is that in which something of them was counted first, which no document says. */
function inOrderOfAgents(analytics: Fields): Fields {
  const agents = analytics['by_agent'] as readonly { readonly agent: string; readonly counts: Plain }[];
  return { ...analytics, by_agent: agents.toSorted((left, right) => (left.agent < right.agent ? -1 : 1)) };
}

function consentMessage({ consent_message, metadata = null }: Fields): Plain {
  const { GenericDisplayMessage: text, FieldsDisplayMessage: shown } = consent_message as Fields;
  if (typeof text === 'string') return { ...readMarkdown(text), metadata };
  const { intent = null, fields } = shown as Fields;
  const values = (fields as readonly (readonly [string, Fields])[]).map(([name, value]) => {
    const { Text, TimestampSeconds } = value as { readonly [kind: string]: Fields };
    return [name, Text?.['content'] ?? `${TimestampSeconds?.['amount'] as bigint} s`];
  });
  return { intent, fields: values, metadata };
}

function httpAnswer({ status_code = null, body }: Fields): Plain {
  const text = Buffer.from(body as string, 'hex').toString();
  if (status_code !== 200) return { status_code, body: text === '' ? '' : 'a text' };
  return { status_code, body: text === '' ? '' : readSamples(text) };
}
