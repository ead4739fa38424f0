import './sign-in-page.css';
import { Check, Fingerprint } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { Brand } from '../../components/brand.tsx';
import { Button } from '../../components/button.tsx';
import type { DashboardConfig } from '../../config/config.ts';
import { useSession } from '../../identity/session.tsx';
import { texts } from '../../texts/en.ts';

/** Where people sign in; what `config` names for development is offered beside Internet Identity. */
export function SignInPage({ config }: { readonly config: DashboardConfig }): ReactNode {
  const { signedOutBy, signInWithInternetIdentity, signInForDevelopment } = useSession();
  const [isPending, setIsPending] = useState(false);
  const [failure, setFailure] = useState<string>();
  const { signIn } = texts;
  useEffect(() => {
    document.title = `${signIn.heading} · ${texts.frame.name}`;
  }, [signIn.heading]);
  const run = async (way: () => Promise<void>) => {
    setIsPending(true);
    setFailure(undefined);
    try {
      await way();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
      setIsPending(false);
    }
  };
  return (
    <div className="sign-in">
      <section className="sign-in-pitch" aria-label={texts.frame.name}>
        <Brand />
        <div>
          <h1>{signIn.title}</h1>
          <p>{signIn.about}</p>
          <ul>
            {signIn.points.map((point) => (
              <li key={point}>
                <Check size={17} strokeWidth={2.2} aria-hidden />
                {point}
              </li>
            ))}
          </ul>
        </div>
      </section>
      <main className="sign-in-form">
        <div>
          <h2>{signIn.heading}</h2>
          <div role="status">
            {signedOutBy !== undefined && <p className="note">{signIn.signedOut[signedOutBy]}</p>}
          </div>
          <div className="sign-in-way">
            <Button
              tone="primary"
              icon={Fingerprint}
              isPending={isPending}
              onPress={() => void run(signInWithInternetIdentity)}
            >
              {signIn.internetIdentity}
            </Button>
            <p className="muted">{signIn.internetIdentityHelp}</p>
          </div>
          <div role="alert">
            {failure !== undefined && <p className="field-error">{signIn.failed(failure)}</p>}
          </div>
          {config.developmentIdentities.length > 0 && (
            <section className="sign-in-way" aria-label={signIn.development}>
              <h3>{signIn.development}</h3>
              <p className="muted">{signIn.developmentHelp}</p>
              <ul className="sign-in-identities">
                {config.developmentIdentities.map((identity) => (
                  <li key={identity.name}>
                    <button
                      type="button"
                      disabled={isPending}
                      onClick={() => void run(() => signInForDevelopment(identity))}
                    >
                      <span>{identity.name}</span>
                      <span className="muted">{signIn.roles[identity.role]}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </main>
    </div>
  );
}
