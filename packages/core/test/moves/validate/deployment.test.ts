import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import type { World } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { migrationWorld, MOVE } from './world.js';
import { edit } from '../../check/checks/edits.js';

const judge = (change: (world: World) => void) =>
  validateMigration(awsMigrationWorld(change).snapshot, AWS_MOVE, { clouds: CLOUDS }).findings.filter(
    ({ check }) => check === 'migrate/deployment',
  );

describe('migrate/deployment', () => {
  it('warns of a stage that continues to serve its last deployment', () => {
    const findings = judge(
      edit({
        'gateways.api-1.stages': [
          { name: '$default', autoDeploy: true },
          { name: 'live', autoDeploy: false },
        ],
      }),
    );
    expect(findings.map(({ verdict, severity, subject }) => [verdict, severity, subject])).toEqual([
      ['fail', 'warning', 'stage live'],
      ['pass', undefined, 'stage $default'],
    ]);
    expect(findings[0]).toMatchObject({
      integration: 'orders-api',
      message: 'stage live is not deployed automatically: it calls through the old link until it is deployed',
      remedy: expect.stringContaining('Deploy live (CreateDeployment) once the integrations use vlink-2') as string,
    });
  });

  it('does not apply to API groups, which publish what they change', () => {
    const { findings } = validateMigration(migrationWorld(() => undefined).snapshot, MOVE, { clouds: CLOUDS });
    expect(findings.filter(({ check }) => check === 'migrate/deployment')).toEqual([]);
  });
});
