import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { texts } from '../../texts/en.ts';

/** Whether the browser lets the page notify the person, and the way to ask it. */
export function BrowserPermission(): ReactNode {
  const [permission, setPermission] = useState(currentPermission);
  const { notifications } = texts;
  return (
    <div className="permission">
      <p className="muted">{notifications.permission[permission]}</p>
      {permission === 'default' && (
        <Button
          onPress={() => {
            void Notification.requestPermission().then(setPermission);
          }}
        >
          {notifications.allow}
        </Button>
      )}
    </div>
  );
}

function currentPermission(): NotificationPermission | 'missing' {
  return 'Notification' in globalThis ? Notification.permission : 'missing';
}
