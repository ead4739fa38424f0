import { useQueryClient } from '@tanstack/react-query';
import { ChevronDown, LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button as PageButton } from '../components/button.tsx';
import { SelectField } from '../components/fields.tsx';
import { Identifier } from '../components/identifier.tsx';
import { chooseTheme, THEMES, useTheme } from '../components/theme.ts';
import { useSession } from '../identity/session.tsx';
import { useService } from '../service/service.tsx';
import { useUser } from '../service/user.tsx';
import { texts } from '../texts/en.ts';

/** Who is signed in, whose records are shown, the colours, and the way out. */
export function AccountMenu(): ReactNode {
  const { principal } = useService();
  const { name, signOut } = useSession();
  const { userId, owned, choose } = useUser();
  const { theme } = useTheme();
  const queries = useQueryClient();
  const { frame } = texts;
  const nameOf = (id: string) => (id === principal ? frame.ownPrincipal : id);
  return (
    <DialogTrigger>
      <Button className="account-button">
        <span className="account-initial" aria-hidden>
          {(name ?? nameOf(userId)).slice(0, 1).toUpperCase()}
        </span>
        <span className="account-name">{name ?? nameOf(userId)}</span>
        <ChevronDown size={14} aria-hidden />
        <span className="visually-hidden">{frame.account}</span>
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="account" aria-label={frame.account}>
          <div>
            <p className="muted">{frame.signedInAs}</p>
            <Identifier text={principal} what={frame.signedInAs} />
          </div>
          {owned.length > 1 && (
            <SelectField
              label={frame.showing}
              value={userId}
              options={owned.map((user) => ({ value: user.userId, label: nameOf(user.userId) }))}
              onChange={choose}
            />
          )}
          <SelectField
            label={frame.theme}
            value={theme}
            options={THEMES.map((value) => ({ value, label: frame.themes[value] }))}
            onChange={chooseTheme}
          />
          <PageButton
            icon={LogOut}
            onPress={() => {
              queries.clear();
              signOut();
            }}
          >
            {frame.signOut}
          </PageButton>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
