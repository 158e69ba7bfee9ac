import { expect, it } from 'vitest';
import { joinParts, type PlanPart } from '../../../src/do/plan/plan-part.js';

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
