import './button.css';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components';

/** How much a button asks for: one `primary` a view at most, `danger` for what cannot be taken back. */
export type ButtonTone = 'plain' | 'primary' | 'danger' | 'quiet';

/** A button with a text. */
export function Button({
  tone = 'plain',
  icon: Icon,
  isDisabled = false,
  isPending = false,
  children,
  ...rest
}: {
  readonly tone?: ButtonTone;
  readonly icon?: LucideIcon;
  readonly onPress?: () => void;
  readonly isDisabled?: boolean;
  /** What it began is under way: it cannot be pressed again. */
  readonly isPending?: boolean;
  readonly type?: 'button' | 'submit';
  /** Closes the dialog that it is in. */
  readonly slot?: 'close';
  readonly children: ReactNode;
}): ReactNode {
  return (
    <AriaButton className={`button button-${tone}`} isDisabled={isDisabled || isPending} {...rest}>
      {Icon && <Icon size={16} strokeWidth={1.9} aria-hidden />}
      {children}
    </AriaButton>
  );
}

/** A button that is an icon alone; its label is shown when it is pointed at or focused. */
export function IconButton({
  icon: Icon,
  label,
  onPress,
  slot,
}: {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly onPress?: () => void;
  readonly slot?: 'close';
}): ReactNode {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton
        className="icon-button"
        aria-label={label}
        {...(onPress && { onPress })}
        {...(slot && { slot })}
      >
        <Icon size={18} strokeWidth={1.8} aria-hidden />
      </AriaButton>
      <Tooltip className="tooltip" offset={6}>
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
