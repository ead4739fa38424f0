import { REST_PATHS } from '../../src/gateway/http/rest-paths.ts';
import { TOOL_TABLE } from '../../src/gateway/mcp/tool-table.ts';
import { candidText, signatureText } from './candid-text.ts';
import type { DidField } from './did.ts';
import type { Method, NamedType, ServiceInterface } from './service-interface.ts';
import { camelCase } from './typescript-names.ts';
import { answerOf, clientMethods, namesWithin } from './used-types.ts';

/** A row of bench/results.json, as far as it is told here. */
export interface MeasuredCall {
  /** A method, and in brackets how it was called. */
  readonly method: string;
  /** How many interactions were stored. */
  readonly n: number;
  readonly instructions: number;
  readonly cycles: number;
}

/** The API reference, in Markdown: every method, what it costs as it was measured, and every type. */
export function referencePage(all: ServiceInterface, measured: readonly MeasuredCall[]): string {
  const methods = clientMethods(all);
  const others = all.methods.filter((method) => !methods.includes(method));
  const named = namesWithin(
    all,
    methods.flatMap((method) => [...method.args.map(({ type }) => type), answerOf(all, method) ?? []].flat()),
  );
  return `# API reference

Made from the comments of [agent_service.did](../../src/candid/agent_service.did) and from bench/results.json by \`npm run generate\`: change those, not this page.

${all.about.join('\n\n')}

## Methods

| method | what it does | callers |
| --- | --- | --- |
${methods.map(({ name, summary, callers }) => row(`[${name}](#${name})`, summary, callers.replace(/\.$/, ''))).join('\n')}

${methods.map((method) => methodSection(all, method, measured)).join('\n\n')}

## Methods of standards

${others.map((method) => `### ${method.name}\n\n${method.text}\n\n${code(method)}\n\n${facts(method)}`).join('\n\n')}

## Types

${[...all.types.values()]
  .filter(({ name }) => named.has(name))
  .map(typeSection)
  .join('\n\n')}
`;
}

function methodSection(all: ServiceInterface, method: Method, measured: readonly MeasuredCall[]): string {
  const { name, args, isQuery } = method;
  const table =
    args.length === 0
      ? ''
      : `| argument | type | meaning |\n| --- | --- | --- |\n${args
          .map((arg) => row(`\`${arg.name}\``, `\`${candidText(arg.type)}\``, arg.text))
          .join('\n')}\n\n`;
  const answer = answerOf(all, method);
  const answers = answer === undefined ? 'nothing' : `\`${candidText(answer)}\``;
  const rest = REST_PATHS.filter((path) => path.method === name).map(
    ({ verb, path }) => `\`${verb} ${path}\``,
  );
  const tool = TOOL_TABLE.some((each) => each.name === name) ? `, MCP tool \`${name}\`` : '';
  return `### ${name}

${method.text}

${code(method)}

${table}${facts(method)}
${costs(method, measured)}- Answers: ${answers}
- Kind: ${isQuery ? 'query' : 'update'}
- Elsewhere: TypeScript \`${camelCase(name)}\`, Python \`${name}\`, HTTP ${[...rest, `\`POST /v1/methods/${name}\``].join(' or ')}${tool}`;
}

function code({ name, args, record, returns, isQuery }: Method): string {
  const types = record === undefined ? args.map(({ type }) => type) : [record];
  return `\`\`\`candid\n${signatureText({ name, args: types, returns, isQuery })}\n\`\`\``;
}

function facts({ errors, callers, cost }: Method): string {
  return `- Errors: ${errors}\n- Callers: ${callers}\n- Cost: ${cost}`;
}

/** What was measured of the method beside most records. */
function costs({ name, isQuery }: Method, measured: readonly MeasuredCall[]): string {
  const most = Math.max(...measured.map(({ n }) => n));
  return measured
    .filter(({ method, n }) => n === most && method.split(' ')[0] === name)
    .map(({ method, instructions, cycles }) => {
      const how = method === name ? '' : `, ${method.slice(name.length + 2, -1)}`;
      const paid = isQuery ? '' : ` and ${millions(cycles)} cycles`;
      return `- Measured beside ${most.toLocaleString('en')} interactions${how}: ${millions(instructions)} instructions${paid}\n`;
    })
    .join('');
}

function millions(count: number): string {
  return `${(count / 1e6).toFixed(1)} M`;
}

function typeSection({ name, type, text }: NamedType): string {
  const fields = type.kind === 'record' || type.kind === 'variant' ? type.fields : [];
  const isTable = type.kind === 'record' || fields.some(({ comment }) => comment.length > 0);
  const body = isTable
    ? `| ${type.kind === 'record' ? 'field' : 'option'} | type | meaning |\n| --- | --- | --- |\n${fields.map(fieldRow).join('\n')}`
    : `\`${candidText(type)}\``;
  return [`### ${name}`, ...(text === '' ? [] : [text]), body].join('\n\n');
}

function fieldRow({ name, type, comment }: DidField): string {
  const written = candidText(type);
  return row(`\`${name}\``, written === 'null' ? '' : `\`${written}\``, comment.join(' '));
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
