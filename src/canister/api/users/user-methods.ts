import { query } from 'azle';
import { nat32, opt, record, text } from '../../codec/index.ts';
import { adminsOnly } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { userInfo } from '../interface-types.ts';
import { pageResult } from '../replies.ts';
import { userList } from '../services.ts';

const listUsers = endpoint({
  name: 'list_users',
  access: adminsOnly,
  args: { request: record({ limit: opt(nat32), cursor: opt(text) }) },
  reply: pageResult(userInfo),
  run: (args, call) => userList.page(args.request, call.work),
});

export class UserMethods {
  @query(...listUsers.signature)
  list_users(): void {
    listUsers.serve();
  }
}
