import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { GatewayUse } from '../../../src/do/model/gateway.js';
import type { Draft, World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';
import { edit } from '../../check/checks/edits.js';

const judge = (change: (world: World) => void) =>
  validateMigration(migrationWorld(change).snapshot, MOVE, {
    clouds: CLOUDS,
    assume: ASSUME,
    passes: false,
  }).findings.filter(({ check }) => check === 'migrate/known');
const also = (more: Draft<GatewayUse>) => edit({ 'gateways.group-1.uses.+': more });

describe('migrate/known', () => {
  it('reports nothing where every backend is known', () => {
    expect(judge(() => undefined)).toEqual([]);
  });

  it('names a plug-in whose body cannot be read, and the remedy is to fix the body', () => {
    const plugin = { kind: 'plugin', id: 'p-1', name: 'vip', routeIds: [], stage: 'PRE' } as const;
    expect(judge(also({ ...plugin, routeIds: [], unreadable: 'its body is neither YAML nor JSON' }))).toMatchObject([
      {
        verdict: 'unknown',
        severity: 'error',
        subject: 'plug-in vip (PRE)',
        message: 'cannot determine the backend of plug-in vip (PRE): its body is neither YAML nor JSON',
        remedy: 'Fix the body of vip, then validate the move again.',
      },
    ]);
  });

  it('names a route whose address has an unknown form, and the remedy is to change the address', () => {
    const { targetId, ...route } = use('api-9', 'GET /odd', 'x');
    expect(targetId).toBe('x');
    expect(judge(also({ ...route, unreadable: 'its address has an undocumented form' }))).toMatchObject([
      {
        verdict: 'unknown',
        message: 'cannot determine the backend of route GET /odd (RELEASE): its address has an undocumented form',
        remedy: 'Change the address of GET /odd to a URL, or to an address and a port, then validate the move again.',
      },
    ]);
  });

  it('an HTTP API that was read in part may have routes that were not read', () => {
    const gap = { what: 'routes of api-1', operation: 'GetRoutes', code: 'PERMISSION_DENIED', of: 'gateways' } as const;
    const { snapshot } = awsMigrationWorld(edit({ 'gaps.+': { ...gap, id: 'api-1', permission: 'apigateway:GET' } }));
    const { findings } = validateMigration(snapshot, AWS_MOVE, { clouds: CLOUDS, passes: false });
    const [finding] = findings.filter(({ check }) => check === 'migrate/known');
    expect(finding).toMatchObject({ verdict: 'unknown', severity: 'error', subject: 'gateway orders-api' });
    expect(finding?.remedy).toContain('apigateway:GET');
  });
});
