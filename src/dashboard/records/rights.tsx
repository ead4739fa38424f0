import './rights.css';
import type { ReactNode } from 'react';
import type { AgentPermission, AgentType } from '../../client/index.ts';
import { CheckField } from '../components/fields.tsx';
import { texts } from '../texts/en.ts';
import { AgentTypeLabel } from './agent-type-label.tsx';

export const AGENT_TYPES: readonly AgentType[] = ['GitHub', 'Asana', 'Gmail', 'Calendar', 'InFoundr'];
export const PERMISSIONS: readonly AgentPermission[] = ['read', 'write', 'credentials'];

/** What an agent may do, and with which services. */
export interface Rights {
  readonly agentTypes: readonly AgentType[];
  readonly permissions: readonly AgentPermission[];
}

/** Rights in words. */
export function RightsLabel({ rights: { agentTypes, permissions } }: { readonly rights: Rights }): ReactNode {
  const { agents } = texts;
  return (
    <span className="rights">
      <span className="rights-may">{permissions.map((one) => agents.permissions[one]).join(' · ')}</span>
      {agentTypes.length === AGENT_TYPES.length ? (
        <span className="muted">{agents.everyService}</span>
      ) : (
        agentTypes.map((type) => <AgentTypeLabel key={type} type={type} />)
      )}
    </span>
  );
}

/** A box for each right. `error` says what is missing. */
export function RightsFields({
  rights,
  onChange,
  error,
}: {
  readonly rights: Rights;
  readonly onChange: (rights: Rights) => void;
  readonly error?: string | undefined;
}): ReactNode {
  const { agents, records } = texts;
  return (
    <>
      <fieldset className="rights-fields">
        <legend>{agents.may}</legend>
        {PERMISSIONS.map((one) => (
          <CheckField
            key={one}
            label={agents.permissionHelp[one]}
            isChecked={rights.permissions.includes(one)}
            onChange={(isOn) =>
              onChange({ ...rights, permissions: chosen(PERMISSIONS, rights.permissions, { one, isOn }) })
            }
          />
        ))}
      </fieldset>
      <fieldset className="rights-fields">
        <legend>{agents.services}</legend>
        {AGENT_TYPES.map((one) => (
          <CheckField
            key={one}
            label={records.agentTypes[one]}
            isChecked={rights.agentTypes.includes(one)}
            onChange={(isOn) =>
              onChange({ ...rights, agentTypes: chosen(AGENT_TYPES, rights.agentTypes, { one, isOn }) })
            }
          />
        ))}
      </fieldset>
      <div role="alert">{error !== undefined && <p className="field-note field-error">{error}</p>}</div>
    </>
  );
}

/** What is missing in rights; undefined where nothing is. */
export function missingRights({ agentTypes, permissions }: Rights): string | undefined {
  if (permissions.length === 0) return texts.agents.permissionsMissing;
  return agentTypes.length === 0 ? texts.agents.servicesMissing : undefined;
}

function chosen<T>(
  all: readonly T[],
  before: readonly T[],
  { one, isOn }: { readonly one: T; readonly isOn: boolean },
): readonly T[] {
  return all.filter((each) => (each === one ? isOn : before.includes(each)));
}
