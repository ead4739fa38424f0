import { AnonymousIdentity } from '@dfinity/agent';
import { type Command, Option } from 'commander';
import { AgentServiceClient } from '../../client/index.ts';
import { type ExpectedService, expectedService } from '../audit/expected-service.ts';
import { printVerdict } from '../audit/print-verdict.ts';
import { readDuration } from '../options/read-duration.ts';
import { readNetwork } from '../options/read-place.ts';
import { readRootKey } from '../options/read-root-key.ts';
import { addServiceOptions, addTimeoutOption } from '../options/service-options.ts';
import { JSON_OPTION } from '../output/print-answers.ts';
import { requireNetwork } from '../service/require-network.ts';
import { findService } from '../service/service-place.ts';
import { CommandError } from '../terminal/command-error.ts';
import { type CheckedWitnesses, checkWitnesses } from '../witness/check-witnesses.ts';
import { findWitness, type WitnessOptions } from '../witness/find-witness.ts';
import { publishTip } from '../witness/publish-tip.ts';

interface PublishOptions extends WitnessOptions {
  readonly to: readonly string[];
  readonly json?: boolean;
}

interface CheckOptions extends WitnessOptions {
  readonly against: readonly string[];
  readonly log?: string;
  /** ns. */
  readonly maxAge?: bigint;
  readonly json?: boolean;
}

const WITNESSES = 'a file, a URL that begins with https://, or canister:ID for another Agent Service';

const PUBLISH_CODES = `
Needs no identity, but for canister:ID. A URL gets the environment's AGENT_SERVICE_WITNESS_TOKEN as a bearer token.
Exit codes: 0 = every witness has the tip, and it continues the last one; 1 = a witness has it not, or the log was forked or rolled
back; 2 = wrong usage.`;

const CHECK_CODES = `
Exit codes: 0 = every tip fits the log; 1 = a fork, a rollback, a tip that is not certified, or no tip at all; 2 = wrong usage; 3 = all
fit, but some are newer than the log of --log.`;

/** `witness`: hands the log's certified end to those who keep it, and holds the log against what they kept. */
export function addWitnessCommand(program: Command): void {
  const witness = program
    .command('witness')
    .description("keep the audit log's certified tips, and check them");
  addWitnessOptions(witness.command('publish'))
    .description('send the certified tip of the log to witnesses; run it by a timer such as cron')
    .requiredOption('--to <witness...>', WITNESSES)
    .option(...JSON_OPTION)
    .addHelpText('after', PUBLISH_CODES)
    .action(publish);
  addWitnessOptions(witness.command('check'))
    .description('find forks and rollbacks by comparing the log with the tips of witnesses')
    .requiredOption('--against <witness...>', WITNESSES)
    .option('--log <file>', 'a log from "audit-log"; by default the current log of the service')
    .option('--max-age <duration>', 'refuse witnesses whose newest tip is older, such as 24h', readDuration)
    .option(...JSON_OPTION)
    .addHelpText('after', CHECK_CODES)
    .action(check);
}

function addWitnessOptions(command: Command): Command {
  return addTimeoutOption(addServiceOptions(command))
    .option('--witness-network <name>', "the network of canister:ID; by default the service's", readNetwork)
    .option('--witness-root-key <hex>', 'public key of that network, DER, if it is a URL', readRootKey)
    .option(
      '--witness-identity <pem>',
      'PEM of the identity that writes and reads there; on local the agent by default',
    )
    .addOption(
      new Option('--witness-user <user>', 'the user_id under which the tips are stored').default(
        'audit-witness',
      ),
    );
}

async function publish(options: PublishOptions): Promise<void> {
  await printVerdict(options.json === true, async () => {
    const { service, client } = await connect(options);
    const witnesses = options.to.map((name) => findWitness(name, options));
    if (options.to.includes(`canister:${service.canisterId.toText()}`)) {
      throw new CommandError('A service cannot witness itself. Name another one.');
    }
    const { tip, failures, published } = await publishTip(client, service, witnesses);
    return {
      exitCode: failures.length === 0 ? 0 : 1,
      json: {
        verdict: failures.length === 0 ? 'published' : 'failed',
        canister_id: tip.canisterId.toText(),
        index: String(tip.index),
        published,
        failures,
      },
      lines: [
        ...published.map((name) => `The tip at entry ${tip.index} is kept by ${name}.`),
        ...failures.map(({ witness, message }) => `${witness}: ${message}`),
      ],
    };
  });
}

async function check(options: CheckOptions): Promise<void> {
  await printVerdict(options.json === true, async () => {
    const witnesses = options.against.map((name) => findWitness(name, options));
    const { log, maxAge } = options;
    const checked =
      log === undefined
        ? await checkWitnesses(witnesses, { ...(await connect(options)), maxAge })
        : await checkWitnesses(witnesses, { service: expectedService(options), file: log, maxAge });
    return { exitCode: checked.exitCode, json: checkJson(checked), lines: checked.lines };
  });
}

function checkJson({ exitCode, witnesses, lastIndex }: CheckedWitnesses): object {
  const verdict = exitCode === 0 ? 'proven' : exitCode === 1 ? 'refused' : 'partly_proven';
  return { verdict, last_index: String(lastIndex), witnesses };
}

/** Everybody may read the log's digests. */
async function connect(
  options: WitnessOptions,
): Promise<{ readonly service: ExpectedService; readonly client: AgentServiceClient }> {
  const service = expectedService(options);
  const place = findService({ ...options, canister: service.canisterId });
  await requireNetwork(place.host);
  const client = await AgentServiceClient.create({
    ...place,
    rootKey: service.rootKey,
    identity: new AnonymousIdentity(),
  });
  return { service, client };
}
