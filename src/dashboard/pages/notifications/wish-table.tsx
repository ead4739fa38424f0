import type { ReactNode } from 'react';
import { texts } from '../../texts/en.ts';
import { GROUPS, type Wishes, withWish } from './wishes.ts';

const WAYS = ['list', 'toast', 'browser'] as const;
const GROUP_NAMES = ['access', 'credentials', 'sessions', 'work'] as const;

/** A line for each kind of activity, and a box for each way to hear of it. */
export function WishTable({
  wishes,
  onChange,
}: {
  readonly wishes: Wishes;
  readonly onChange: (wishes: Wishes) => void;
}): ReactNode {
  const { notifications, records } = texts;
  return (
    <table className="wishes">
      <thead>
        <tr>
          <th scope="col">{notifications.what}</th>
          {WAYS.map((way) => (
            <th key={way} scope="col">
              {notifications[way]}
            </th>
          ))}
        </tr>
      </thead>
      {GROUP_NAMES.map((group) => (
        <tbody key={group}>
          <tr className="wishes-group">
            <th scope="rowgroup" colSpan={WAYS.length + 1}>
              {notifications.groups[group]}
            </th>
          </tr>
          {GROUPS[group].map((type) => {
            const wish = wishes.of.get(type);
            return (
              <tr key={type}>
                <th scope="row">{records.activityTypes[type]}</th>
                {WAYS.map((way) => (
                  <td key={way}>
                    <input
                      type="checkbox"
                      aria-label={notifications.choice(records.activityTypes[type], notifications[way])}
                      checked={way === 'list' ? wish !== undefined : wish?.[way] === true}
                      onChange={({ target }) =>
                        onChange(withWish(wishes, { type, way, isOn: target.checked }))
                      }
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}
