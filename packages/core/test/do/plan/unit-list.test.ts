import { it, expect } from 'vitest';
import { regionOf } from './removal/owned.js';
import type { Unit } from '../../../src/do/plan/plan.js';
import { unitRef, type UnitRef } from '../../../src/do/plan/references.js';
import { type UnitPart, unitsOf } from '../../../src/do/plan/plan-scope.js';

const step = (id: string) => ({ id }) as never;
const region = regionOf();
const ids = (units: readonly Unit[]) =>
  units.map(({ id, dependsOn, steps }) => [id, dependsOn, steps.map((one) => one.id)]);

it('follow what they await, which has steps; steps may come first', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => unitRef('link', name)) as [UnitRef, UnitRef, UnitRef];
  const list: UnitPart[] = [
    { unit: a, region, steps: [step('a1')], dependsOn: ['link:b', 'link:none', 'link:a'] },
    { unit: b, region, steps: [step('b1')] },
    { unit: b, region, steps: [step('b2')], dependsOn: ['link:c'] },
    { unit: b, region, steps: [step('b0')], first: true },
    { unit: c, region, steps: [] },
    { unit: c, region, steps: [], first: true },
  ];
  expect(ids(unitsOf(list))).toEqual([
    ['link:b', [], ['b0', 'b1', 'b2']],
    ['link:a', ['link:b'], ['a1']],
  ]);
  const more = unitsOf([...list, { unit: c, region: { ...region, product: 'p' }, steps: [step('c1')] }]);
  expect(ids(more).map(([id]) => id)).toEqual(['link:c', 'link:b', 'link:a']);
  expect(more[0]).toMatchObject({ product: 'p', provider: 'aws', region: 'eu-west-1', account: '111122223333' });
  expect(more[1]).not.toHaveProperty('product');
});

it('never await each other', () => {
  const list: UnitPart[] = [
    { unit: unitRef('link', 'a'), region, steps: [step('x')], dependsOn: ['link:b'] },
    { unit: unitRef('link', 'b'), region, steps: [step('y')], dependsOn: ['link:a'] },
  ];
  expect(() => unitsOf(list)).toThrow('units await each other: link:a → link:b → link:a');
});
