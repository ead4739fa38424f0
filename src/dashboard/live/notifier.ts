import { useRef } from 'react';
import type { AgentActivity } from '../../client/index.ts';
import { showToast } from '../components/toasts.tsx';
import icon from '../icon.svg';
import { wordsOf } from '../pages/activities/activity-words.ts';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { texts } from '../texts/en.ts';
import { useLiveEvents } from './live.tsx';

/** Of many events at once, so many are told; all of them are in the list. */
const MOST_TOLD = 4;
const BAD = /Error|Failed|Expired/;

/** Tells the person what happens of what they asked to hear of, by the channels that they chose. */
export function useNotifier(): void {
  const { client } = useService();
  const { userId } = useUser();
  const told = useRef(-1n);
  useLiveEvents((events) => {
    const first = events[0]?.index;
    if (first === undefined) return;
    void client.listNotifications({ userId, limit: events.length }).then(({ items }) => {
      const fresh = items.filter(({ index }) => index >= first && index > told.current);
      told.current = fresh[0]?.index ?? told.current;
      for (const { activity, channels } of fresh.slice(0, MOST_TOLD).reverse()) {
        if (channels.includes('toast')) tellHere(activity);
        if (channels.includes('browser')) tellByBrowser(activity);
      }
    });
  });
}

function tellHere(activity: AgentActivity): void {
  const { activityType, agentType } = activity;
  showToast({
    title: `${texts.records.agentTypes[agentType]}: ${texts.records.activityTypes[activityType]}`,
    text: wordsOf(activity),
    tone: BAD.test(activityType) ? 'bad' : 'plain',
  });
}

function tellByBrowser(activity: AgentActivity): void {
  const { id, activityType, agentType } = activity;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const title = `${texts.records.agentTypes[agentType]}: ${texts.records.activityTypes[activityType]}`;
  new Notification(title, { body: wordsOf(activity), tag: id, icon });
}
