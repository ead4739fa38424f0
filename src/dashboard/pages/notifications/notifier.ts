import { useRef } from 'react';
import type { Notification as ToldNotification } from '../../../client/index.ts';
import icon from '../../components/icon.svg';
import { showToast } from '../../components/toasts.tsx';
import { useLiveEvents } from '../../live/live.tsx';
import { useService } from '../../service/service.tsx';
import { useUser } from '../../service/user.tsx';
import { texts } from '../../texts/en.ts';
import { idOf, isNews, wordsWithCount } from './notification-groups.ts';

/** Of many events at once, so many are told; all of them are in the list. */
const MOST_TOLD = 4;
const BAD = /Error|Failed|Expired/;

/** Tells the person what happens of what they asked to hear of, by the channels that they chose. */
export function useNotifier(): void {
  const { client } = useService();
  const { userId } = useUser();
  const told = useRef(-1n);
  const counts = useRef(new Map<string, number>());
  useLiveEvents((events) => {
    const first = events[0]?.index;
    if (first === undefined) return;
    void client.listNotifications({ userId, limit: events.length }).then(({ items }) => {
      const fresh = items.filter(({ index }) => index >= first && index > told.current);
      told.current = fresh[0]?.index ?? told.current;
      const news = fresh.filter((item) => isNews(item, counts.current));
      for (const item of news.slice(0, MOST_TOLD).reverse()) {
        if (item.channels.includes('toast')) tellHere(item);
        if (item.channels.includes('browser')) tellByBrowser(item);
      }
    });
  });
}

function tellHere(item: ToldNotification): void {
  const { activityType, agentType } = item.activity;
  showToast({
    title: `${texts.records.agentTypes[agentType]}: ${texts.records.activityTypes[activityType]}`,
    text: wordsWithCount(item),
    tone: BAD.test(activityType) ? 'bad' : 'plain',
  });
}

/** The tag of a group is that of all its failures: a later one takes the place of the one before. */
function tellByBrowser(item: ToldNotification): void {
  const { activityType, agentType } = item.activity;
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const title = `${texts.records.agentTypes[agentType]}: ${texts.records.activityTypes[activityType]}`;
  new Notification(title, { body: wordsWithCount(item), tag: idOf(item), icon });
}
