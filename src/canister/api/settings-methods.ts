import { query, update } from 'azle';
import { record, strictOpt } from '../codec/index.ts';
import { adminsOnly } from './access-rules.ts';
import { endpoint } from './endpoint.ts';
import { queryTokensOption, settings } from './interface-types.ts';
import { recordResult, unitResult } from './replies.ts';
import { settings as service } from './services.ts';

const getSettings = endpoint({
  name: 'get_settings',
  access: adminsOnly,
  args: { request: record({}) },
  reply: recordResult(settings),
  run: () => service.get(),
});

const updateSettings = endpoint({
  name: 'update_settings',
  access: adminsOnly,
  args: { request: record({ query_tokens: strictOpt(queryTokensOption) }) },
  reply: unitResult(),
  run: (args, call) => service.update(args.request, call),
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
}
