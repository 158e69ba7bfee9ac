import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { toolEdits } from '../../../src/moves/validate/checks/owner.js';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { migrationWorld, MOVE } from './world.js';

/** More routes, on the integration of the first route unless they have their own. */
function routes(world: World, ...keys: readonly (readonly [key: string, integrationId?: string])[]): void {
  const gateway = world.the('gateways', 'api-1');
  const [route] = gateway.routes;
  if (route === undefined) return;
  for (const [at, [key, integrationId = 'integration-1']] of keys.entries())
    gateway.routes.push({ ...structuredClone(route), id: `route-${at + 2}`, key, integrationId });
}

const judge = (change: (world: World) => void, move: object = {}) =>
  validateMigration(awsMigrationWorld(change).snapshot, { ...AWS_MOVE, ...move }, { clouds: CLOUDS }).findings.filter(
    ({ check }) => check === 'migrate/shared-integration',
  );

describe('migrate/shared-integration', () => {
  it('warns of a route that would also move, and names the integration', () => {
    const [finding, ...others] = judge((world) => routes(world, ['GET /other']), { route: 'ANY /orders' });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      integration: 'orders-api',
      subject: 'integration integration-1',
      message:
        'ANY /orders uses integration integration-1, which GET /other also uses: changing its link to vlink-2 moves both',
      remedy:
        'Move them together (without --route), or first create an integration for ANY /orders alone, with the same settings as integration-1.',
    });
    expect(finding?.evidence).toContainEqual({ kind: 'route', id: 'route-2', text: 'GET /other would move with it' });
  });

  it('names five of many, and how many more', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`GET /${name}`] as const);
    const [finding] = judge((world) => routes(world, ...keys), { route: 'ANY /orders' });
    expect(finding?.message).toContain('which GET /a, GET /b, GET /c, GET /d, GET /e and 2 more also use');
    expect(finding?.message).toMatch(/moves all of them$/);
  });

  it.each<[string, (world: World) => void, object, string[]]>([
    [
      'all routes of the integration move',
      (world) => routes(world, ['GET /other']),
      {},
      ['pass integration integration-1'],
    ],
    [
      'the other route has its own integration',
      (world) => routes(world, ['GET /other', 'integration-2']),
      { route: 'ANY /orders' },
      ['pass integration integration-1'],
    ],
    [
      'each integration is reported once',
      (world) => routes(world, ['GET /other', 'integration-2'], ['GET /more']),
      {},
      ['pass integration integration-1', 'pass integration integration-2'],
    ],
  ])('passes where %s', (_, change, move, expected) => {
    expect(judge(change, move).map(({ verdict, subject }) => `${verdict} ${subject}`)).toEqual(expected);
  });

  it('Low: is named in the edit for each tool that may declare it, postern.yaml included', () => {
    const { findings } = validateMigration(
      awsMigrationWorld((world) => routes(world, ['GET /other', 'integration-2'])).snapshot,
      AWS_MOVE,
      { clouds: CLOUDS },
    );
    expect(toolEdits(findings).map(({ lines }) => lines.join('; '))).toEqual([
      'id: vlink-1 → id: vlink-2 on the link of the integration (postern migrate finish --write); then postern plan must report "No changes"',
      'connection_id = "vlink-1" → connection_id = "vlink-2" on the resources whose ids are integration-1, integration-2; then terraform plan must replace nothing: at most it returns routes to that resource',
      'connectionId: "vlink-1" → connectionId: "vlink-2" on the resources whose ids are integration-1, integration-2; then pulumi preview must replace nothing',
      'ConnectionId: vlink-1 → ConnectionId: vlink-2 on the resources whose ids are integration-1, integration-2',
    ]);
  });

  it('does not apply to API groups', () => {
    const { findings } = validateMigration(migrationWorld().snapshot, MOVE, { clouds: CLOUDS });
    expect(findings.filter(({ check }) => check === 'migrate/shared-integration')).toEqual([]);
  });
});
