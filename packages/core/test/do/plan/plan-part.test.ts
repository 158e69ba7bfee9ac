import { expect, it } from 'vitest';
import { checkArgument } from '../../../src/do/forms/check-argument.js';
import { joinParts, type PlanPart } from '../../../src/do/plan/plan-scope.js';
import { planOptionsForm } from '../../../src/do/plan/plan.js';

it('parts are joined in their order, with all that each comes to', () => {
  const part = (at: string): PlanPart => ({
    units: [{ unit: { id: at } } as never],
    notes: [at],
    unread: [at],
    unreadUses: [at],
    narrowing: [at],
  });
  const { units, ...lists } = joinParts([part('1'), {}, part('2')]);
  expect(units.map(({ unit }) => unit.id)).toEqual(['1', '2']);
  for (const list of Object.values(lists)) expect(list).toEqual(['1', '2']);
});

const place = { provider: 'aws', region: 'eu-west-1', gateways: [{ httpApi: 'a1b2c3' }] };

it.each([
  ['elsewhere', 'nowhere'],
  ['elsewhere[0]', ['eu-west-1']],
  ['elsewhere[0].region', [{ ...place, region: 7 }]],
  ['elsewhere[0].gateways[0]', [{ ...place, gateways: ['a1b2c3'] }]],
  ['elsewhere[0].gateways[0].httpApi', [{ ...place, gateways: [{ httpApi: 1 }] }]],
  ['elsewhere[0].zone', [{ ...place, zone: 'a' }]],
])('refuses options whose %s is not as a plan has it', (at, elsewhere) => {
  const check = (given: unknown) => () => checkArgument('diff', 'options', planOptionsForm, given);
  expect(check({ elsewhere: [place] })).not.toThrow();
  expect(check({ elsewhere })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', place: { path: at } }));
});
