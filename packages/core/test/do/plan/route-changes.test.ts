import { expect, it } from 'vitest';
import { joinChanges, leavingUnits, routeKeyOf } from '../../../src/do/plan/references.js';
import { gatewayOf, OWN, routeOf } from './removal/owned.js';

const gateway = gatewayOf({ id: 'api-2', routes: [routeOf(OWN), routeOf(OWN, { id: 'r-2' })] });

it('routes of the same ID are distinguished by their gateway', () => {
  expect(routeKeyOf(gateway, 'r-1')).toBe('api-2 r-1');
});

it('changes are joined, and say after which units the routes of a gateway have left', () => {
  const [one, two] = ['1', '2'].map((at) => ({
    leaving: new Map([[`api-2 r-${at}`, `integration:${at}`]]),
    publishing: new Map([[at, ['RELEASE']]]),
    unpublished: new Set([at]),
    deploying: new Set([at]),
    shown: new Map([[at, 'mark']]),
  }));
  const changes = joinChanges([one!, {}, two!]);
  for (const member of ['publishing', 'unpublished', 'deploying', 'shown'] as const)
    expect([...changes[member].keys()], member).toEqual(['1', '2']);
  expect(leavingUnits(changes, gateway)).toEqual(['integration:1', 'integration:2']);
  expect(leavingUnits(changes, gatewayOf({ ...gateway, id: 'api-3' }))).toEqual([]);
});
