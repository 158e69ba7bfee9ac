import { expect, it } from 'vitest';
import { joinChanges, leavingUnits, routeKeyOf } from '../../../src/do/plan/route-changes.js';
import { gatewayOf, OWN, routeOf } from './removal/owned.js';

const gateway = gatewayOf({ id: 'api-2', routes: [routeOf(OWN), routeOf(OWN, { id: 'r-2' })] });

it('routes of the same ID are distinguished by their gateway', () => {
  expect(routeKeyOf(gateway, 'r-1')).toBe('api-2 r-1');
});

it('changes are joined, and say after which units the routes of a gateway have left', () => {
  const changes = joinChanges([
    { leaving: new Map([['api-2 r-1', 'integration:a']]) },
    { unpublished: new Set(['x']) },
  ]);
  expect([...changes.unpublished, changes.deploying.size]).toEqual(['x', 0]);
  expect(leavingUnits(changes, gateway)).toEqual(['integration:a']);
  expect(leavingUnits(changes, gatewayOf({ ...gateway, id: 'api-3' }))).toEqual([]);
});
