import { describe, expect, it } from 'vitest';
import { simulate, type AlibabaCallTarget } from '../../src/internal/simulation.js';

const who: AlibabaCallTarget = { product: 'Sts', action: 'GetCallerIdentity', region: 'cn-hangzhou' };
const role: AlibabaCallTarget = { product: 'Ram', action: 'GetRole', region: 'cn-hangzhou' };

describe('callAlibaba', () => {
  it('runs an action in this process', () => {
    const sim = simulate({ alibabaAccount: '5555666677778888' });
    expect(sim.callAlibaba(who, {})).toMatchObject({
      AccountId: '5555666677778888',
      Arn: 'acs:ram::5555666677778888:user/postern',
    });
  });

  it.each<[AlibabaCallTarget, Record<string, unknown>, object, string]>([
    [who, { Colour: 'red' }, { code: 'UnsupportedParameter' }, 'the action has no such parameter'],
    [role, {}, { code: 'MissingParameter' }, 'a required parameter is missing'],
    [role, { RoleName: '' }, { code: 'MissingParameter' }, 'a required parameter is empty'],
    [role, { RoleName: 7 }, { code: 'InvalidParameter' }, 'a parameter is of another type'],
    [role, { RoleName: 'a b' }, { code: 'InvalidParameter' }, 'a parameter breaks its pattern'],
    [role, { RoleName: 'nobody' }, { code: 'EntityNotExist.Role', status: 404 }, 'the role does not exist'],
  ])('%j refuses %j with %j: %s', (target, input, error) => {
    expect(() => simulate().callAlibaba(target, input)).toThrow(expect.objectContaining(error));
  });

  it('refuses an action that is not simulated', () => {
    expect(() => simulate().callAlibaba({ ...who, action: 'AssumeRoleWithSAML' }, {})).toThrow(
      'Sts AssumeRoleWithSAML is not simulated.',
    );
  });
});
