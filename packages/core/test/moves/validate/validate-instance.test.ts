import { CLOUDS } from '../../clouds.js';
import { expect, it } from 'vitest';
import { blockersOf, parseAccepted } from '../../../src/moves/validate/accept.js';
import { validateInstance, type InstanceMigration } from '../../../src/moves/validate/validate-instance.js';
import { type World, withhold } from '../../check/checks/world.js';
import { ASSUME, migrationWorld } from './world.js';
import { edit } from '../../check/checks/edits.js';

const ALL = { from: 'apigateway-hz-1', to: 'apigateway-hz-2' };

/** Two groups on the instance, and one on another. */
const groups = (change?: (world: World) => void) =>
  migrationWorld((world) => {
    world.copy('gateways', 'group-1', { id: 'group-2', name: 'stock' });
    world.copy('gateways', 'group-1', { id: 'group-3', name: 'far', linkId: 'api-shared-vpc-001' });
    change?.(world);
  });

const judge = ({ snapshot }: World, accept: readonly string[] = []) =>
  validateInstance(snapshot, ALL, {
    clouds: CLOUDS,
    assume: ASSUME,
    accept: accept.map((text) => parseAccepted(text, CLOUDS)),
  });

const said = (world: World) =>
  judge(world).map(({ gateway, mayGo, report }) => [gateway, mayGo, ...blockersOf(report).map((one) => one.message)]);

const gap = (more: object) => ({
  what: 'API groups',
  operation: 'DescribeApiGroups',
  code: 'PERMISSION_DENIED',
  ...more,
});

it('judges the groups that are on the instance', () => {
  expect(said(groups())).toEqual([
    ['group-1', true],
    ['group-2', true],
  ]);
});

it('lists a group that could not be read, and may be on the instance, as one that must not move', () => {
  const world = groups(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-2'));
  expect(said(world)).toEqual([
    ['group-1', true],
    [
      'group-2',
      false,
      'cannot determine whether group-2 is on apigateway-hz-1 and may move: gateways group-2 could not be read',
    ],
  ]);
  const [, hidden] = judge(world);
  expect(hidden?.report.findings[0]).toMatchObject({
    check: 'migrate/known',
    severity: 'error',
    remedy:
      'Allow apigateway:DescribeApiGroup for these credentials, then run the check again, with a new snapshot where it reads one.',
  });
});

it('does not report that no group is on the instance where groups could not be listed', () => {
  const message = 'cannot determine which groups are on apigateway-hz-1: API groups could not be read';
  const none = groups(edit({ gateways: [], 'gaps.+': gap({ of: 'gateways' }) }));
  expect(said(none)).toEqual([['apigateway-hz-1', false, message]]);
  const some = groups(edit({ 'gaps.+': gap({ of: 'gateways' }) }));
  expect(said(some)).toContainEqual(['apigateway-hz-1', false, message]);
  const everything = groups(edit({ 'gaps.+': gap({}) }));
  expect(said(everything)).toContainEqual(['apigateway-hz-1', false, message]);
});

it('allows a group that could not be read to move where its finding is accepted', () => {
  const world = groups(withhold('gateways', 'apigateway:DescribeApiGroup', 'group-2'));
  expect(judge(world, ['migrate/known']).map(({ mayGo }) => mayGo)).toEqual([true, true]);
});

it('reports that no group is on the instance where all were read', () => {
  const { snapshot } = groups();
  const none: InstanceMigration = { from: 'apigateway-hz-2', to: 'apigateway-hz-1' };
  expect(() => validateInstance(snapshot, none, { clouds: CLOUDS })).toThrow(
    expect.objectContaining({ code: 'NOT_FOUND' }),
  );
});

it.each<unknown>([null, {}, { from: 'a' }, { to: 'b' }, { from: '', to: 'b' }, { ...ALL, provider: 'aws' }])(
  'refuses %j',
  (given) => {
    expect(() => validateInstance(groups().snapshot, given as InstanceMigration, { clouds: CLOUDS })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', remedy: expect.any(String) }),
    );
  },
);
