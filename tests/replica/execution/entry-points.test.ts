import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/replica/messages/outcome.ts';
import type { EntryPoint } from '../../../src/replica/system-api/entry-point.ts';
import { importType, SYSTEM_API } from '../../../src/replica/system-api/table.ts';
import { canister, data, makeCall, query, update } from '../support/canister-wat.ts';
import { expectReject } from '../support/outcomes.ts';
import { setupNetwork, type TestNetwork } from '../support/setup-network.ts';

/** Functions by the entry points from which the specification's "Overview of imports" lets them be called. */
const OVERVIEW: Readonly<Record<string, string>> = {
  'I U RQ NRQ TQ CQ Ry CRy F': 'msg_arg_data_size msg_arg_data_copy',
  '*': `msg_caller_size msg_caller_copy canister_self_size canister_self_copy canister_cycle_balance128
    canister_liquid_cycle_balance128 canister_status canister_version subnet_self_size subnet_self_copy
    data_certificate_present time env_var_count env_var_name_size env_var_name_copy env_var_name_exists
    env_var_value_size env_var_value_copy canister_cycle_balance`,
  'U RQ NRQ CQ Ry Rt CRy CRt C CC F': `msg_caller_info_data_size msg_caller_info_data_copy
    msg_caller_info_signer_size msg_caller_info_signer_copy`,
  'Ry Rt CRy CRt C': 'msg_reject_code',
  'Rt CRt': 'msg_reject_msg_size msg_reject_msg_copy',
  'U RQ NRQ CQ Ry Rt CRy CRt': 'msg_deadline',
  'U RQ NRQ TQ CQ Ry Rt CRy CRt': 'msg_reply_data_append msg_reply msg_reject',
  'U RQ Rt Ry': 'msg_cycles_available128 msg_cycles_accept128 msg_cycles_available msg_cycles_accept',
  'Rt Ry': 'msg_cycles_refunded128 msg_cycles_refunded',
  'I G U RQ Ry Rt C T': 'cycles_burn128 root_key_size root_key_copy',
  F: 'msg_method_name_size msg_method_name_copy accept_message',
  'U CQ Ry Rt CRy CRt T': `call_new call_on_cleanup call_data_append call_with_best_effort_response
    call_perform`,
  'U Ry Rt T': 'call_cycles_add128 call_cycles_add',
  'I G U Ry Rt T': 'certified_data_set',
  'NRQ CQ': 'data_certificate_size data_certificate_copy',
  'I G U Ry Rt C T': 'global_timer_set',
  '* s': `stable64_size stable64_grow stable64_write stable64_read stable_size stable_grow stable_write
    stable_read performance_counter is_controller in_replicated_execution cost_call cost_create_canister
    cost_http_request cost_http_request_v2 cost_sign_with_ecdsa cost_sign_with_schnorr cost_vetkd_derive_key debug_print trap`,
};

const ALL = 'I G U RQ NRQ TQ CQ Ry Rt CRy CRt C CC F T'.split(' ');
const FUNCTIONS = Object.entries(OVERVIEW).flatMap(([from, names]) => {
  const points = new Set(from.split(' ').flatMap((point) => (point === '*' ? ALL : [point])));
  return names.split(/\s+/).map((name) => ({ name, points }));
});

/** Instructions that call the function with the same number for each argument, or for each pointer and size. */
function callWith(name: string, number: number, only: 'all' | 'pointers' = 'all'): string {
  const type = importType(name, 'i32');
  const declared = SYSTEM_API.get(name)?.params ?? [];
  const numbers = type?.params.map((each, i) => {
    const chosen = only === 'all' || declared[i] === 'I' ? number : 0;
    return `(${each}.const ${chosen})`;
  });
  const call = `(call $ic0.${name} ${numbers?.join(' ')})`;
  return type?.results.length === 0 ? call : `(drop ${call})`;
}

const MODES = [
  { mode: 'U', text: 'update' },
  { mode: 'RQ', text: 'replicated query' },
  { mode: 'NRQ', text: 'non replicated query' },
  { mode: 'CQ', text: 'composite query' },
  { mode: 'Ry', text: 'reply callback' },
  { mode: 'Rt', text: 'reject callback' },
  { mode: 'F', text: 'inspect message' },
  { mode: 'I', text: 'init' },
  { mode: 'G', text: 'pre upgrade' },
  { mode: 's', text: 'start' },
] as const;
type Mode = (typeof MODES)[number]['mode'];

/** Runs instructions in an entry point of a fresh canister, and gives the outcome. */
async function enter(network: TestNetwork, mode: Mode, body: string): Promise<Outcome> {
  const upgrade = { mode: 'upgrade' } as const;
  switch (mode) {
    case 'I':
    case 's': {
      const code = mode === 'I' ? `(func (export "canister_init") ${body})` : `(func $s ${body}) (start $s)`;
      return network.installCode(await network.create(), canister(code));
    }
    case 'G': {
      const id = await network.install(canister(`(func (export "canister_pre_upgrade") ${body})`));
      return network.installCode(id, canister(''), upgrade);
    }
    case 'F': {
      const code = `(func (export "canister_inspect_message") ${body}) ${update('m', '')}`;
      return network.call(await network.install(canister(code)), 'm');
    }
    case 'U':
      return network.call(await network.install(canister(update('m', body))), 'm');
    case 'RQ':
      return network.call(await network.install(canister(query('m', body))), 'm');
    case 'NRQ':
      return network.query(await network.install(canister(query('m', body))), 'm');
    case 'CQ':
      return network.query(
        await network.install(canister(`(func (export "canister_composite_query m") ${body})`)),
        'm',
      );
    case 'Ry':
    case 'Rt': {
      const id = await network.create();
      const answer = mode === 'Ry' ? '(call $reply_empty)' : 'unreachable';
      const code = `
        (table funcref (elem $callback)) (func $callback (param i32) ${body})
        ${data(100, id)} ${data(120, 'answer')} ${update('answer', answer)}
        ${update('m', makeCall({ callee: [100, id.length], method: [120, 6], onReject: 0 }))}`;
      await network.installCode(id, canister(code));
      return network.call(id, 'm');
    }
  }
}

describe('the System API', () => {
  it('has every function of the overview, and no other', () => {
    expect([...SYSTEM_API.keys()].sort()).toEqual(FUNCTIONS.map(({ name }) => name).sort());
  });

  it.each(FUNCTIONS)('lets $name be called from where the specification says', ({ name, points }) => {
    expect(new Set<EntryPoint>(SYSTEM_API.get(name)?.from)).toEqual(points);
  });

  it('offers the older functions to modules with a 32-bit memory only', () => {
    const only32 = [...SYSTEM_API.keys()].filter((name) => importType(name, 'i64') === undefined);
    expect(only32.sort()).toEqual(
      `call_cycles_add canister_cycle_balance msg_cycles_accept msg_cycles_available msg_cycles_refunded
       stable_grow stable_read stable_size stable_write`.split(/\s+/),
    );
  });

  it.each(MODES)(
    'traps in $text mode for each function that cannot be called there',
    async ({ mode, text }) => {
      const network = await setupNetwork();
      for (const { name, points } of FUNCTIONS) {
        const outcome = await enter(network, mode, callWith(name, 0));
        const refusal = `"ic0.${name}" cannot be executed in ${text} mode`;
        if (!points.has(mode)) expectReject(outcome, 'IC0504', refusal);
        else if (outcome.kind === 'rejected') expect(outcome.reject.message).not.toContain(refusal);
      }
    },
  );

  it.each(FUNCTIONS.filter(({ name }) => SYSTEM_API.get(name)?.params.includes('I')))(
    'refuses memory that $name cannot have, and numbers that name nothing',
    async ({ name, points }) => {
      const mode = MODES.find((each) => points.has(each.mode))?.mode;
      if (mode === undefined) throw new Error('there is a way to call each function');
      const outcome = await enter(await setupNetwork(), mode, callWith(name, 1_000_000, 'pointers'));
      if (outcome.kind === 'replied') throw new Error('it was not refused');
      expect(outcome.reject.errorCode).toBe('IC0504');
      expect(outcome.reject.message).toMatch(
        /out of bounds|exceeds|cannot be larger|at most|limit|not a principal|there is no|when no call/,
      );
    },
  );
});
