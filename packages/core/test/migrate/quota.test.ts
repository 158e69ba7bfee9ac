import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../src/migrate/validate.js';
import type { World } from '../checks/world.js';
import { addIntegrations, AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { migrationWorld, MOVE } from './world.js';

const PERMISSION = 'servicequotas:ListServiceQuotas';

const judge = (change?: (world: World) => void, move: object = {}) => {
  const report = validateMigration(awsMigrationWorld(change).snapshot, { ...AWS_MOVE, ...move });
  return report.findings.filter(({ check }) => check === 'migrate/quota');
};

/** A second route, on an integration of its own or on that of the first. */
function secondRoute(world: World, integrationId = 'integration-2'): void {
  const gateway = world.the('gateways', 'api-1');
  const [route] = gateway.routes;
  if (route === undefined) return;
  gateway.routes.push({ ...structuredClone(route), id: 'route-2', key: 'ANY /more', integrationId });
  if (integrationId !== 'integration-1') (gateway.integrations ??= []).push({ id: integrationId, linkId: 'vlink-1' });
}

describe('migrate/quota', () => {
  it('passes where there is room for each integration beside the old one', () => {
    const [finding, ...others] = judge((world) => addIntegrations(world, 298));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'pass',
      subject: 'gateway orders-api',
      message: 'api-1 has 299 of 300 integrations, and the move makes 1',
    });
  });

  it('fails where there is none, and names what no route uses', () => {
    const [finding] = judge((world) => addIntegrations(world, 299));
    expect(finding).toMatchObject({
      verdict: 'fail',
      severity: 'error',
      message: 'api-1 has 300 of 300 integrations, and the move makes 1: the first would be refused',
      remedy:
        'Delete one integration that no route uses, such as spare-000, spare-001, spare-002, spare-003, spare-004.',
    });
    expect(finding?.evidence).toContainEqual({ kind: 'integration', id: 'integration-1', text: 'of routes that move' });
    expect(finding?.evidence).toContainEqual({ kind: 'integration', id: 'spare-000', text: 'of no route' });
  });

  it('counts an integration that routes share once, and one of a route that stays not at all', () => {
    const limit = (world: World, most: number) => (world.region.quotas = { 'integrations-per-api': most });
    const verdicts = (change: (world: World) => void, move?: object) =>
      judge(change, move).map(({ verdict }) => verdict);
    const shared = (most: number) => (world: World) => {
      secondRoute(world, 'integration-1');
      limit(world, most);
    };
    expect(verdicts(shared(2))).toEqual(['pass']);
    expect(verdicts(shared(1))).toEqual(['fail']);
    const apart = (most: number) => (world: World) => {
      secondRoute(world);
      limit(world, most);
    };
    expect(verdicts(apart(4))).toEqual(['pass']);
    const [half] = judge(apart(3));
    expect(half).toMatchObject({
      verdict: 'fail',
      message: 'api-1 has 2 of 3 integrations, and the move makes 2: all after one integration would be refused',
    });
    expect(half?.remedy).toContain('one after the other (--route)');
    expect(verdicts(apart(3), { route: 'ANY /more' })).toEqual(['pass']);
    expect(judge(apart(2))[0]?.remedy).toContain('share an integration');
  });

  it.each<[string, (world: World) => void, string, string]>([
    ['was not allowed', (world) => world.withhold('quotas', PERMISSION), 'warning', PERMISSION],
    ['was not asked for', (world) => (world.region.quotas = undefined), 'warning', PERMISSION],
    ['is of links alone', (world) => (world.region.quotas = { 'vpc-links': 10 }), 'warning', PERMISSION],
    [
      'was not allowed, and what every API has leaves no room',
      (world) => {
        addIntegrations(world, 299);
        world.withhold('quotas', PERMISSION);
      },
      'error',
      PERMISSION,
    ],
  ])('nobody can say where the quota %s', (_, change, severity, permission) => {
    const [finding, ...others] = judge(change);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'unknown', severity });
    expect(finding?.evidence.at(-1)).toMatchObject({ kind: 'missing fact', id: permission });
    expect(finding?.remedy).toContain(permission);
  });

  it('nobody can say where the integrations were not read', () => {
    const [finding] = judge((world) => {
      world.the('gateways', 'api-1').integrations = undefined;
    });
    expect(finding).toMatchObject({ verdict: 'unknown', severity: 'error' });
  });

  it('is no matter of API groups', () => {
    const { findings } = validateMigration(migrationWorld().snapshot, MOVE);
    expect(findings.filter(({ check }) => /^migrate\/(?:quota|zones)$/.test(check))).toEqual([]);
  });
});
