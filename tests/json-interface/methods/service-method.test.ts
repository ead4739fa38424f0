import { IDL } from '@dfinity/candid';
import { describe, expect, it } from 'vitest';
import { ARGUMENT_NAMES } from '../../../src/candid/argument-names.ts';
import { METHODS } from '../../../src/client/calls/canister-calls.ts';
import { ServiceMethod, serviceMethod } from '../../../src/json-interface/methods/service-method.ts';

describe('ARGUMENT_NAMES', () => {
  it.each(Object.entries(ARGUMENT_NAMES))('has a name for each argument of %s', (name, names) => {
    expect(names).toHaveLength(METHODS.get(name)?.argTypes.length ?? -1);
  });
});

describe('ServiceMethod', () => {
  const record = IDL.Record({ user_id: IDL.Text, request_id: IDL.Opt(IDL.Text) });

  it('takes the fields of one record as its parameters', () => {
    const method = new ServiceMethod('m', IDL.Func([record], [], []));
    expect(method.parameters.map(([name]) => name).sort()).toEqual(['request_id', 'user_id']);
    expect(method.read({ user_id: 'u' })).toEqual([{ user_id: 'u', request_id: [] }]);
    expect(method.takesRequestId).toBe(true);
  });

  it('takes several arguments by their names', () => {
    const type = IDL.Func([IDL.Text, IDL.Opt(IDL.Nat32)], [], ['query']);
    const method = new ServiceMethod('m', type, { argumentNames: ['user_id', 'limit'] });
    expect(method.read({ limit: 1, user_id: 'u' })).toEqual(['u', [1]]);
    expect(method).toMatchObject({ isQuery: true, takesRequestId: false });
  });

  it('needs no names where there are no arguments', () => {
    expect(new ServiceMethod('m', IDL.Func([], [], [])).read({})).toEqual([]);
  });

  it('is not made where arguments have no names', () => {
    expect(() => new ServiceMethod('m', IDL.Func([IDL.Text], [], []))).toThrow(
      'the arguments of m have no names',
    );
  });

  it('documents what the interface says of its arguments, and their limits', () => {
    const { documented, parameters } = serviceMethod('get_user_agent_interactions');
    const forms = new Map(documented);
    expect(forms.get('user_id')?.schema).toEqual({
      type: 'string',
      minLength: 1,
      maxLength: 128,
      description: 'The user whom the call is about; 1 to 128 characters.',
    });
    expect(forms.get('limit')?.schema).toEqual({
      anyOf: [
        { type: 'integer', minimum: 1, maximum: 500, description: '1 to 500; 50 when left out.' },
        { type: 'null' },
      ],
    });
    const agents = new Map(serviceMethod('get_agent_names').documented).get('agents');
    expect(agents?.schema).toMatchObject({ type: 'array', maxItems: 100 });
    expect(new Map(parameters).get('user_id')?.schema).toEqual({ type: 'string' });
  });

  it('names the parameter that is at fault', () => {
    expect(() => serviceMethod('add_admin').read({ admin: 'aaaaa-ab' })).toThrow(
      expect.objectContaining({ field: 'admin', message: 'admin must be the text of a principal' }),
    );
  });

  it('answers what Ok holds', () => {
    expect(serviceMethod('create_agent_session').answer?.schema).toEqual({ type: 'string' });
    expect(serviceMethod('log_agent_activity').answer).toBeUndefined();
  });
});
