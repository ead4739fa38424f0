import type { ReactNode } from 'react';
import icon from '../icon.svg';
import { texts } from '../texts/en.ts';

/** The service's sign and name. */
export function Brand(): ReactNode {
  return (
    <span className="brand">
      <img src={icon} alt="" width={26} height={26} />
      {texts.frame.name}
    </span>
  );
}
