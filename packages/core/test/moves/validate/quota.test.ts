import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { type World, withhold } from '../../check/checks/world.js';
import { addIntegrations, AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { migrationWorld, MOVE } from './world.js';
import { edit } from '../../check/checks/edits.js';

const PERMISSION = 'servicequotas:ListServiceQuotas';

const judge = (change?: (world: World) => void, move: object = {}) => {
  const report = validateMigration(awsMigrationWorld(change).snapshot, { ...AWS_MOVE, ...move }, { clouds: CLOUDS });
  return report.findings.filter(({ check }) => check === 'migrate/quota');
};

/** A second route, on its own integration or on that of the first. */
function secondRoute(world: World, integrationId = 'integration-2'): void {
  const gateway = world.the('gateways', 'api-1');
  const [route] = gateway.routes;
  if (route === undefined) return;
  gateway.routes.push({ ...structuredClone(route), id: 'route-2', key: 'ANY /more', integrationId });
  if (integrationId !== 'integration-1') (gateway.integrations ??= []).push({ id: integrationId, linkId: 'vlink-1' });
}

const limit = (world: World, most: number) => (world.region.quotas = { 'integrations-per-api': most });

describe('migrate/quota', () => {
  it('passes where the quota allows one more integration, and reports that the move needs none', () => {
    const [finding, ...others] = judge((world) => addIntegrations(world, 298));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'pass',
      subject: 'gateway orders-api',
      message: 'api-1 has 299 of 300 integrations, and the move needs no new one',
    });
  });

  it('warns where the quota is used up, because no trial is possible, and names integrations without a route', () => {
    const [finding] = judge((world) => addIntegrations(world, 299));
    expect(finding).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      message:
        'api-1 has 300 of 300 integrations: the move changes them in place, and cannot be tried with another integration first',
      remedy:
        'Delete 1 integration that no route uses, such as spare-000, spare-001, spare-002, spare-003, spare-004, or move without a trial.',
    });
    expect(finding?.evidence).toContainEqual({ kind: 'integration', id: 'spare-000', text: 'used by no route' });
  });

  it.each<[string, number, object, string]>([
    ['one route of a shared integration is to move, and one more is allowed', 2, { route: 'ANY /more' }, 'pass'],
    ['one route of a shared integration is to move, and the quota is used up', 1, { route: 'ANY /more' }, 'fail error'],
    ['all routes of a shared integration move', 1, {}, 'fail warning'],
  ])('%s', (_, most, move, expected) => {
    const [finding] = judge((world) => {
      secondRoute(world, 'integration-1');
      limit(world, most);
    }, move);
    const { verdict, severity, message, remedy } = finding ?? {};
    expect([verdict, severity].filter((text) => text !== undefined).join(' ')).toBe(expected);
    if (expected === 'fail error') {
      expect(message).toBe(
        'api-1 has 1 of 1 integrations: ANY /more cannot move alone without an integration of its own, which would be refused',
      );
      expect(remedy).toContain('move the routes together (without --route)');
      expect(finding?.evidence).toContainEqual({
        kind: 'integration',
        id: 'integration-1',
        text: 'also used by ANY /orders',
      });
    }
  });

  it('requires no new integration for a route that moves alone on its own integration', () => {
    const change = (world: World): void => {
      secondRoute(world);
      limit(world, 2);
    };
    expect(judge(change, { route: 'ANY /more' })).toMatchObject([{ verdict: 'fail', severity: 'warning' }]);
  });

  it.each<[string, (world: World) => void, string, string]>([
    ['could not be read', withhold('quotas', PERMISSION), 'warning', PERMISSION],
    ['was not requested', edit({ quotas: undefined }), 'warning', PERMISSION],
    ['is for links only', edit({ quotas: { 'vpc-links': 10 } }), 'warning', PERMISSION],
    [
      'could not be read, and the default quota is used up',
      (world) => {
        addIntegrations(world, 299);
        world.withhold('quotas', PERMISSION);
      },
      'warning',
      PERMISSION,
    ],
  ])('is undecided where the quota %s', (_, change, severity, permission) => {
    const [finding, ...others] = judge(change);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ verdict: 'unknown', severity });
    expect(finding?.evidence.at(-1)).toMatchObject({ kind: 'missing fact', id: permission });
    expect(finding?.remedy).toContain(permission);
  });

  it('is undecided with severity error where one route is to move alone and the default quota is used up', () => {
    const change = (world: World): void => {
      secondRoute(world, 'integration-1');
      addIntegrations(world, 299);
      world.withhold('quotas', PERMISSION);
    };
    expect(judge(change, { route: 'ANY /more' })).toMatchObject([{ verdict: 'unknown', severity: 'error' }]);
    expect(judge(change)).toMatchObject([{ verdict: 'unknown', severity: 'warning' }]);
  });

  it('is undecided where the integrations were not read', () => {
    const change = (world: World): void => {
      secondRoute(world, 'integration-1');
      world.the('gateways', 'api-1').integrations = undefined;
    };
    expect(judge(change)).toMatchObject([{ verdict: 'unknown', severity: 'warning' }]);
    expect(judge(change, { route: 'ANY /more' })).toMatchObject([{ verdict: 'unknown', severity: 'error' }]);
  });

  it('does not apply to API groups', () => {
    const { findings } = validateMigration(migrationWorld().snapshot, MOVE, { clouds: CLOUDS });
    expect(findings.filter(({ check }) => /^migrate\/(?:quota|zones)$/.test(check))).toEqual([]);
  });
});
