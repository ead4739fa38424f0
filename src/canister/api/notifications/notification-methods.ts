import { query, update } from 'azle';
import { nat32, nat64, opt, record, text, vec } from '../../codec/index.ts';
import { notificationSettingsBody } from '../../models/notifications/notifications.ts';
import { ofRequest } from '../access-rules.ts';
import { endpoint } from '../endpoint.ts';
import { notificationRule, notificationSettings } from '../interface-types.ts';
import { notificationPageResult, recordResult, unitResult } from '../replies.ts';
import { notifications } from '../services.ts';

const getNotificationSettings = endpoint({
  name: 'get_notification_settings',
  access: ofRequest('own'),
  args: { request: record({ user_id: text }) },
  reply: recordResult(notificationSettings),
  run: (args) => notificationSettingsBody(notifications.rules(args.request)),
});

const updateNotificationSettings = endpoint({
  name: 'update_notification_settings',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, rules: vec(notificationRule) }) },
  reply: recordResult(notificationSettings),
  run: (args, call) => notificationSettingsBody(notifications.update(args.request, call)),
});

const listNotifications = endpoint({
  name: 'list_notifications',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, limit: opt(nat32), cursor: opt(text) }) },
  reply: notificationPageResult(),
  run: (args, call) => notifications.page(args.request, call.work),
});

const markNotificationsRead = endpoint({
  name: 'mark_notifications_read',
  access: ofRequest('own'),
  args: { request: record({ user_id: text, up_to: nat64 }) },
  reply: unitResult(),
  run: (args) => notifications.markRead(args.request),
});

export class NotificationMethods {
  @query(...getNotificationSettings.signature)
  get_notification_settings(): void {
    getNotificationSettings.serve();
  }

  @update(...updateNotificationSettings.signature)
  update_notification_settings(): void {
    updateNotificationSettings.serve();
  }

  @query(...listNotifications.signature)
  list_notifications(): void {
    listNotifications.serve();
  }

  @update(...markNotificationsRead.signature)
  mark_notifications_read(): void {
    markNotificationsRead.serve();
  }
}
