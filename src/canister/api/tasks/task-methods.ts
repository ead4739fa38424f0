import { query } from 'azle';
import { encodeUtf8, record, recordWriter, vec, vecWriter } from '../../codec/index.ts';
import type { TaskState } from '../../services/tasks/task.ts';
import { adminsOnly } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { taskState } from '../interface-types.ts';
import { type Reply, result } from '../replies.ts';
import { taskTimer } from '../services.ts';

/** `variant { Ok : vec TaskState; Err }`. */
function tasksResult(): Reply<readonly TaskState[]> {
  const write = recordWriter<TaskState>([
    ['name', (writer, { name }) => writer.text(encodeUtf8(name))],
    ['due_at', (writer, { dueAt }) => writer.optU64(dueAt)],
    ['traps', (writer, { traps }) => writer.safeU64(traps)],
    ['set_aside', (writer, { setAside }) => writer.safeU64(setAside)],
    ['work_limit', (writer, { workLimit }) => writer.safeU64(workLimit)],
    ['stuck_since', (writer, { stuckSince }) => writer.optU64(stuckSince)],
  ]);
  return result(vec(taskState).type, vecWriter(write));
}

const listTasks = endpoint({
  name: 'list_tasks',
  access: adminsOnly,
  args: { request: record({}) },
  reply: tasksResult(),
  run: () => taskTimer.states,
});

/** What the service does by itself. */
export class TaskMethods {
  @query(...listTasks.signature)
  list_tasks(): void {
    listTasks.serve();
  }
}
