import type { AgentType } from '../../client/index.ts';
import { MINUTE, SECOND, type Step } from './plan.ts';
import type { SeededRandom } from './random.ts';
import { COLLEAGUES, EXCHANGES, type Exchange, PROJECTS, PURPOSES, REPOS } from './texts.ts';

/** A while in which an agent works for a user. */
export interface WorkBlock {
  readonly user: string;
  readonly agentType: AgentType;
  /** Who works, by the name that the cast gives them. */
  readonly by: string;
  /** ns since 1970. */
  readonly at: bigint;
  /** Whether the session is ended; others end by themselves, a day later. */
  readonly ends: boolean;
  /** Whether the agent gets a token for it. */
  readonly leases: boolean;
}

/** A session with what is asked and done in it, some minutes apart. */
export function workBlock(block: WorkBlock, random: SeededRandom): readonly Step[] {
  const { user, agentType, by, ends, leases } = block;
  const about = { user_id: user, agent_type: agentType };
  const label = `${user} ${agentType} ${block.at}`;
  const steps: Step[] = [];
  let at = block.at;
  const add = (method: string, values: Step['values'], more: Partial<Step> = {}) => {
    steps.push({ at, by, method, values, ...more });
    at += BigInt(random.between(2, 40)) * SECOND;
  };
  if (leases) {
    const purpose = random.pick(PURPOSES[agentType]);
    add('lease_agent_credentials', { ...about, purpose }, { mayBe: 'Expired' });
  }
  const repo = agentType === 'GitHub' ? random.pick(REPOS) : undefined;
  const project = agentType === 'Asana' ? random.pick(PROJECTS) : undefined;
  add('create_session', { ...about, selected_repo: repo, project_id: project }, { label });
  for (let left = random.between(2, 6); left > 0; left -= 1) {
    const exchange = random.pick(EXCHANGES[agentType]);
    const { fill, metadata } = details({ repo, project, exchange }, random);
    const [message, response] = [fill(exchange.ask), fill(exchange.answer)];
    const success = exchange.error === undefined;
    const asked = `${label} ${at}`;
    add('store_interaction', { ...about, message, response, success, metadata }, { label: asked });
    if (exchange.did !== undefined) {
      const [activity_type, text] = exchange.did;
      add('log_activity', { ...about, activity_type, description: fill(text) });
    }
    if (!success) {
      const description = `${agentType} refused: ${exchange.error}`;
      // It names the interaction, so that the failure counts once.
      add('log_activity', (answers) => ({
        ...about,
        activity_type: 'ErrorOccurred',
        description,
        metadata: JSON.stringify({ ...JSON.parse(metadata), interaction_id: answers.get(asked) }),
      }));
    }
    at += BigInt(random.between(1, 9)) * MINUTE;
  }
  if (ends) add('end_agent_session', (answers) => ({ session_id: answers.get(label) }));
  return steps;
}

interface Details {
  readonly repo: string | undefined;
  readonly project: string | undefined;
  readonly exchange: Exchange;
}

function details({ repo, project, exchange }: Details, random: SeededRandom) {
  const words: Readonly<Record<string, string>> = {
    repo: repo ?? random.pick(REPOS),
    project: project ?? random.pick(PROJECTS),
    person: random.pick(COLLEAGUES),
    n: String(random.between(3, 48)),
  };
  const latency_ms = random.between(280, exchange.error === undefined ? 4200 : 9000);
  return {
    fill: (text: string) => text.replace(/\{(\w+)\}/g, (_braces, word: string) => words[word] ?? word),
    metadata: JSON.stringify({
      latency_ms,
      output_tokens: random.between(40, 620),
      ...(exchange.error !== undefined && { error: exchange.error }),
    }),
  };
}
