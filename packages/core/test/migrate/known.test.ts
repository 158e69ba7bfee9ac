import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../src/migrate/validate.js';
import type { GatewayUse } from '../../src/model/gateway.js';
import type { Draft, World } from '../checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';

const judge = (change: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, { assume: ASSUME, passes: false }).findings.filter(
    ({ check }) => check === 'migrate/known',
  );
const also = (more: Draft<GatewayUse>) => (world: World) => {
  world.the('gateways', 'group-1').uses?.push(more);
};

describe('migrate/known', () => {
  it('says nothing where every backend is known', () => {
    expect(judge(() => undefined)).toEqual([]);
  });

  it('says where a plug-in leads that nobody can read, and to mend its body', () => {
    const plugin = { kind: 'plugin', id: 'p-1', name: 'vip', routeIds: [], stage: 'PRE' } as const;
    expect(judge(also({ ...plugin, routeIds: [], unreadable: 'its body is neither YAML nor JSON' }))).toMatchObject([
      {
        verdict: 'unknown',
        severity: 'error',
        subject: 'plug-in vip (PRE)',
        message: 'nobody can say where plug-in vip (PRE) leads: its body is neither YAML nor JSON',
        remedy: 'Mend the body of vip, and look again.',
      },
    ]);
  });

  it('says where a route leads whose address has a strange form, and to write another one', () => {
    const { targetId, ...route } = use('api-9', 'GET /odd', 'x');
    expect(targetId).toBe('x');
    expect(judge(also({ ...route, unreadable: 'its address has an undocumented form' }))).toMatchObject([
      {
        verdict: 'unknown',
        message: 'nobody can say where route GET /odd (RELEASE) leads: its address has an undocumented form',
        remedy: 'Write an address of GET /odd that is a URL, or an address and a port, and look again.',
      },
    ]);
  });

  it('an HTTP API that was read in part may have routes that nobody saw', () => {
    const gap = { what: 'routes of api-1', operation: 'GetRoutes', code: 'PERMISSION_DENIED', of: 'gateways' } as const;
    const { snapshot } = awsMigrationWorld(({ region }) => {
      region.gaps.push({ ...gap, id: 'api-1', permission: 'apigateway:GET' });
    });
    const { findings } = validateMigration(snapshot, AWS_MOVE, { passes: false });
    const [finding] = findings.filter(({ check }) => check === 'migrate/known');
    expect(finding).toMatchObject({ verdict: 'unknown', severity: 'error', subject: 'gateway orders-api' });
    expect(finding?.remedy).toContain('apigateway:GET');
  });
});
