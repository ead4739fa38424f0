import { query, update } from 'azle';
import { record, text } from '../../codec/index.ts';
import { redeemConsent, unlinkConsent } from '../../services/consent/user-consents.ts';
import { everyRight, identified, ofRequest } from '../access-rules.ts';
import { awaitingEndpoint, endpoint } from '../endpoint.ts';
import { linkCode, linkedUser, ownedUser } from '../interface-types.ts';
import { randomBytes } from '../randomness.ts';
import { listResult, recordResult, unitResult } from '../replies.ts';
import { links } from '../services.ts';

const createLinkCode = awaitingEndpoint({
  name: 'create_link_code',
  access: everyRight,
  args: { request: record({ user_id: text }) },
  reply: recordResult(linkCode),
  before: (args) => links.checkLinkable(args.request),
  ask: randomBytes,
  run: (args, call, random) => links.issueCode(args.request, call, random),
});

const redeemLinkCode = endpoint({
  name: 'redeem_link_code',
  access: identified,
  share: 'redemptions',
  args: { request: record({ code: text }) },
  reply: recordResult(linkedUser),
  consent: ({ request }) => redeemConsent(request),
  run: (args, call) => links.redeem(args.request, call),
});

const unlinkUser = endpoint({
  name: 'unlink_user',
  access: ofRequest('ownOrAdmin'),
  args: { request: record({ user_id: text }) },
  reply: unitResult(),
  consent: ({ request }) => unlinkConsent(request),
  run: (args, call) => links.unlink(args.request, call),
});

const listMyUsers = endpoint({
  name: 'list_my_users',
  access: identified,
  args: { request: record({}) },
  reply: listResult(ownedUser),
  run: (_args, call) => links.ownedBy(call.principal),
});

export class LinkMethods {
  @update(...createLinkCode.signature)
  create_link_code(): Promise<void> {
    return createLinkCode.serve();
  }

  @update(...redeemLinkCode.signature)
  redeem_link_code(): void {
    redeemLinkCode.serve();
  }

  @update(...unlinkUser.signature)
  unlink_user(): void {
    unlinkUser.serve();
  }

  @query(...listMyUsers.signature)
  list_my_users(): void {
    listMyUsers.serve();
  }
}
