import type { Principal } from '@dfinity/principal';
import type { Command } from 'commander';
import { readPrincipal } from '../options/read-principal.ts';
import { addCallerOptions } from '../options/service-options.ts';
import { text, time } from '../output/columns.ts';
import { JSON_OPTION, printDone, printRecords } from '../output/print-answers.ts';
import { type AnswerOptions, findCaller, tokenlessMethod } from '../service/service-caller.ts';

const COLUMNS = [text('ADMIN', 'admin'), time('ADDED', 'added_at'), text('BY', 'added_by')];

/** `admins`: who names agents, admins and settings, beside the canister's controllers. */
export function addAdminsCommand(program: Command): void {
  const admins = program.command('admins').description('list, add and remove the admins of the service');
  const add = (command: Command) => addCallerOptions(command, 'admin').option(...JSON_OPTION);
  add(admins.command('list', { isDefault: true }))
    .description('list the admins')
    .action(list);
  add(admins.command('add'))
    .description('make a principal an admin')
    .argument('<principal>', 'the new admin', readPrincipal)
    .action((principal: Principal, options: AnswerOptions) =>
      change('add_admin', { principal, told: 'is an admin', options }),
    );
  add(admins.command('remove'))
    .description('remove an admin; the last admin cannot remove themself')
    .argument('<principal>', 'the admin', readPrincipal)
    .action((principal: Principal, options: AnswerOptions) =>
      change('remove_admin', { principal, told: 'is no longer an admin', options }),
    );
}

async function list(options: AnswerOptions): Promise<void> {
  const answer = await (await findCaller(options)).call(tokenlessMethod('list_admins'), {});
  printRecords(options, COLUMNS, answer);
}

async function change(
  method: string,
  { principal, told, options }: { principal: Principal; told: string; options: AnswerOptions },
): Promise<void> {
  const admin = principal.toText();
  await (await findCaller(options)).call(tokenlessMethod(method), { admin });
  printDone(options, { admin }, `${admin} ${told}.`);
}
