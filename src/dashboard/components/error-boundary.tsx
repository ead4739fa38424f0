import { Component, type ReactNode } from 'react';
import { texts } from '../texts/en.ts';
import { Button } from './button.tsx';

interface Props {
  readonly children: ReactNode;
}

/** Shows a sentence in the place of what broke. */
export class ErrorBoundary extends Component<Props, { readonly isBroken: boolean }> {
  override state = { isBroken: false };

  static getDerivedStateFromError(): { readonly isBroken: boolean } {
    return { isBroken: true };
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    return (
      <div className="state state-bad" role="alert">
        <p className="state-title">{texts.errors.title}</p>
        <p className="state-help">{texts.errors.crashed}</p>
        <Button onPress={() => location.reload()}>{texts.errors.retry}</Button>
      </div>
    );
  }
}
