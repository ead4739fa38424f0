import { utf8 } from '../../codec/bytes.ts';
import type { EntryPoint } from '../entry-point.ts';
import { EVERYWHERE } from '../entry-point.ts';
import { type ExecutionState, MAX_REPLY_BYTES } from '../execution-state.ts';
import { guestBytes, readGuestText } from '../guest-memory.ts';
import { bytesFunctions, type HostFunctions, hostFunction } from '../host-function.ts';
import { requireFits } from '../payload.ts';
import { violateContract } from '../trap.ts';

const ANSWERING: readonly EntryPoint[] = ['U', 'RQ', 'NRQ', 'TQ', 'CQ', 'Ry', 'Rt', 'CRy', 'CRt'];
const CALLER_INFO: readonly EntryPoint[] = ['U', 'RQ', 'NRQ', 'CQ', 'Ry', 'Rt', 'CRy', 'CRt', 'C', 'CC', 'F'];
const NOTHING = new Uint8Array();

function requireUnanswered(state: ExecutionState, name: string): void {
  if (state.responded) violateContract(`ic0.${name}: the call is already replied`);
}

/** The message itself, and the answer to it ("Inspecting message", "Responding"). */
export const messageFunctions: HostFunctions = {
  ...bytesFunctions(
    'msg_arg_data',
    ['I', 'U', 'RQ', 'NRQ', 'TQ', 'CQ', 'Ry', 'CRy', 'F'],
    ({ start }) => start.input.arg ?? NOTHING,
  ),
  ...bytesFunctions('msg_caller', EVERYWHERE, ({ start }) => start.input.caller),
  ...bytesFunctions(
    'msg_caller_info_data',
    CALLER_INFO,
    ({ start }) => start.input.callerInfo?.info ?? NOTHING,
  ),
  ...bytesFunctions(
    'msg_caller_info_signer',
    CALLER_INFO,
    ({ start }) => start.input.callerInfo?.signer ?? NOTHING,
  ),
  ...bytesFunctions('msg_reject_msg', ['Rt', 'CRt'], ({ start }) => utf8(start.input.reject?.message ?? '')),
  ...bytesFunctions('msg_method_name', ['F'], ({ start }) => utf8(start.input.methodName ?? '')),
  msg_reject_code: hostFunction({
    params: [],
    result: 'i32',
    from: ['Ry', 'Rt', 'CRy', 'CRt', 'C'],
    run: ({ start }) => start.input.reject?.code ?? 0,
  }),
  msg_deadline: hostFunction({
    params: [],
    result: 'i64',
    from: ['U', 'RQ', 'NRQ', 'CQ', 'Ry', 'Rt', 'CRy', 'CRt'],
    run: ({ start }) => start.input.deadline ?? 0n,
  }),
  msg_reply_data_append: hostFunction({
    params: ['I', 'I'],
    from: ANSWERING,
    size: 1,
    run: (state, source, size) => {
      requireUnanswered(state, 'msg_reply_data_append');
      state.reply.append('msg_reply_data_append', size, () => guestBytes(state, source, size));
    },
  }),
  msg_reply: hostFunction({
    params: [],
    from: ANSWERING,
    run: (state) => {
      requireUnanswered(state, 'msg_reply');
      state.response = { kind: 'reply', data: state.reply.toBytes() };
    },
  }),
  msg_reject: hostFunction({
    params: ['I', 'I'],
    from: ANSWERING,
    size: 1,
    run: (state, source, size) => {
      requireUnanswered(state, 'msg_reject');
      requireFits('msg_reject', size, MAX_REPLY_BYTES);
      state.response = { kind: 'reject', message: readGuestText(state, source, size) };
    },
  }),
  accept_message: hostFunction({
    params: [],
    from: ['F'],
    run: (state) => {
      if (state.accepted) violateContract('ic0.accept_message: the message is already accepted');
      state.accepted = true;
    },
  }),
};
