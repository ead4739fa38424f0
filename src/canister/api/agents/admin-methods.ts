import { query, update } from 'azle';
import { principal, record } from '../../codec/index.ts';
import { adminsOnly } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { admin } from '../interface-types.ts';
import { listResult, unitResult } from '../replies.ts';
import { admins } from '../services.ts';

const addAdmin = endpoint({
  name: 'add_admin',
  access: adminsOnly,
  args: { request: record({ admin: principal }) },
  reply: unitResult(),
  run: (args, call) => admins.add(args.request, call),
});

const removeAdmin = endpoint({
  name: 'remove_admin',
  access: adminsOnly,
  args: { request: record({ admin: principal }) },
  reply: unitResult(),
  run: (args, call) => admins.remove(args.request, call),
});

const listAdmins = endpoint({
  name: 'list_admins',
  access: adminsOnly,
  args: { request: record({}) },
  reply: listResult(admin),
  run: () => admins.list(),
});

export class AdminMethods {
  @update(...addAdmin.signature)
  add_admin(): void {
    addAdmin.serve();
  }

  @update(...removeAdmin.signature)
  remove_admin(): void {
    removeAdmin.serve();
  }

  @query(...listAdmins.signature)
  list_admins(): void {
    listAdmins.serve();
  }
}
