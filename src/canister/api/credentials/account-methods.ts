import { canisterSelf, query, update } from 'azle';
import { opt, record, text } from '../../codec/index.ts';
import { eraseConsent } from '../../services/consent/user-consents.ts';
import { ofRequest } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { exportResult, unitResult } from '../replies.ts';
import { erasures, exports } from '../services.ts';

const exportUser = endpoint({
  name: 'export_user',
  access: ofRequest('ownOrAdmin'),
  args: { request: record({ user_id: text, cursor: opt(text) }) },
  reply: exportResult(),
  run: (args, call, rights) => exports.page(args.request, rights, call.work),
});

const eraseUser = endpoint({
  name: 'erase_user',
  access: ofRequest('ownOrAdmin'),
  args: { request: record({ user_id: text }) },
  reply: unitResult(),
  consent: ({ request }) => eraseConsent(request),
  run: (args, call, rights) =>
    erasures.erase(args.request, call, { byUser: rights.owns, self: canisterSelf().toUint8Array() }),
});

/** All that is held about a user: to take along, and to remove. */
export class AccountMethods {
  @query(...exportUser.signature)
  export_user(): void {
    exportUser.serve();
  }

  @update(...eraseUser.signature)
  erase_user(): void {
    eraseUser.serve();
  }
}
