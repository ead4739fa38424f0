import './brand.css';
import type { ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import icon from './icon.svg';

/** The service's sign and name. */
export function Brand(): ReactNode {
  return (
    <span className="brand">
      <img src={icon} alt="" width={26} height={26} />
      {texts.frame.name}
    </span>
  );
}
