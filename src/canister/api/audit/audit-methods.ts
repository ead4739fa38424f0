import { dataCertificate, query } from 'azle';
import { nat32, nat64, opt, record } from '../../codec/index.ts';
import { anybody } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { auditPageResult, auditTipResult } from '../replies.ts';
import { access, auditLog } from '../services.ts';

const getAuditTip = endpoint({
  name: 'get_audit_tip',
  access: anybody,
  args: { request: record({}) },
  reply: auditTipResult(),
  run: () => ({ ...auditLog.tip(), certificate: dataCertificate() }),
});

const getAuditEntries = endpoint({
  name: 'get_audit_entries',
  access: anybody,
  args: { request: record({ from: opt(nat64), limit: opt(nat32) }) },
  reply: auditPageResult(),
  run: (args, call) => auditLog.entries(args.request, access.reader(call), call.work),
});

export class AuditMethods {
  @query(...getAuditTip.signature)
  get_audit_tip(): void {
    getAuditTip.serve();
  }

  @query(...getAuditEntries.signature)
  get_audit_entries(): void {
    getAuditEntries.serve();
  }
}
