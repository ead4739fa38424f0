import { query, update } from 'azle';
import { nat32, nat64, opt, principal, record, strictOpt, text, vec } from '../../codec/index.ts';
import { retention } from '../../models/retention/retention.ts';
import { adminsOnly, ofRequest } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import {
  queryTokensOption,
  sealingMode,
  serviceLimitChange,
  someLimits,
  someRetention,
} from '../interface-types.ts';
import { unitResult } from '../replies.ts';
import { retentionPreview, serviceLimits, settings, usage, userRetention } from '../services.ts';
import {
  agentLimitsResult,
  retentionPreviewResult,
  serviceLimitsResult,
  settingsResult,
  usageResult,
  userRetentionResult,
} from './settings-replies.ts';

const getSettings = endpoint({
  name: 'get_settings',
  access: adminsOnly,
  args: { request: record({}) },
  reply: settingsResult(),
  run: () => settings.get(),
});

const updateSettings = endpoint({
  name: 'update_settings',
  access: adminsOnly,
  args: {
    request: record({
      limits: strictOpt(someLimits),
      retention: strictOpt(someRetention),
      query_tokens: strictOpt(queryTokensOption),
    }),
  },
  reply: unitResult(),
  run: (args, call) => settings.update(args.request, call),
});

const updateSealing = endpoint({
  name: 'update_sealing',
  access: adminsOnly,
  args: { request: record({ sealing: sealingMode }) },
  reply: unitResult(),
  run: (args, call) => settings.updateSealing(args.request, call),
});

const previewRetention = endpoint({
  name: 'preview_retention',
  access: adminsOnly,
  args: {
    request: record({ ...retention.each(() => strictOpt(nat64)), limit: opt(nat32), cursor: opt(text) }),
  },
  reply: retentionPreviewResult(),
  run: (args, call) => retentionPreview.page(args.request, call),
});

const listServiceLimits = endpoint({
  name: 'list_service_limits',
  access: adminsOnly,
  args: { request: record({}) },
  reply: serviceLimitsResult(),
  run: () => serviceLimits.list(),
});

const updateServiceLimits = endpoint({
  name: 'update_service_limits',
  access: adminsOnly,
  args: { request: record({ changes: vec(serviceLimitChange) }) },
  reply: unitResult(),
  run: (args, call) => serviceLimits.update(args.request, call),
});

const setAgentLimits = endpoint({
  name: 'set_agent_limits',
  access: adminsOnly,
  args: { request: record({ agent: principal, limits: someLimits }) },
  reply: unitResult(),
  run: (args, call) => settings.setAgentLimits(args.request, call),
});

const getAgentLimits = endpoint({
  name: 'get_agent_limits',
  access: adminsOnly,
  args: { request: record({ agent: principal }) },
  reply: agentLimitsResult(),
  run: (args) => settings.agentLimits(args.request),
});

const getUsage = endpoint({
  name: 'get_usage',
  access: ofRequest('readEveryType'),
  args: { request: record({ user_id: text }) },
  reply: usageResult(),
  run: (args, call) => usage.get(args.request.user_id, call),
});

const getUserRetention = endpoint({
  name: 'get_user_retention',
  access: ofRequest('readEveryType'),
  args: { request: record({ user_id: text }) },
  reply: userRetentionResult(),
  run: (args, call) => userRetention.get(args.request.user_id, call),
});

export class SettingsMethods {
  @query(...getSettings.signature)
  get_settings(): void {
    getSettings.serve();
  }

  @update(...updateSettings.signature)
  update_settings(): void {
    updateSettings.serve();
  }

  @update(...updateSealing.signature)
  update_sealing(): void {
    updateSealing.serve();
  }

  @query(...previewRetention.signature)
  preview_retention(): void {
    previewRetention.serve();
  }

  @query(...listServiceLimits.signature)
  list_service_limits(): void {
    listServiceLimits.serve();
  }

  @update(...updateServiceLimits.signature)
  update_service_limits(): void {
    updateServiceLimits.serve();
  }

  @update(...setAgentLimits.signature)
  set_agent_limits(): void {
    setAgentLimits.serve();
  }

  @query(...getAgentLimits.signature)
  get_agent_limits(): void {
    getAgentLimits.serve();
  }

  @query(...getUsage.signature)
  get_usage(): void {
    getUsage.serve();
  }

  @query(...getUserRetention.signature)
  get_user_retention(): void {
    getUserRetention.serve();
  }
}
