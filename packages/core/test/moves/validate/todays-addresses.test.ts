import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { AWS_MOVE, awsMigrationWorld, standIn } from './aws-world.js';

/** A move to a link in another subnet, where the load balancer's group allows only `cidrBlock` of the new addresses. */
function moved(cidrBlock: string) {
  const world = awsMigrationWorld((made) => {
    standIn(made, ['subnet-c']);
    const group = made.the('securityGroups', 'sg-lb');
    const rest = group.rules.filter(({ direction }) => direction === 'out');
    const rule = { direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlock } as const;
    group.rules = [...rest, rule];
  });
  const { findings } = validateMigration(world.snapshot, AWS_MOVE, { clouds: CLOUDS, passes: false });
  return findings.filter(({ check }) => check === 'path/security-group').map(({ verdict }) => verdict);
}

describe('a move to a link of which only the current addresses are allowed', () => {
  it('is undecided', () => expect(moved('10.0.3.12/32')).toEqual(['unknown']));
  it('may proceed where its subnet is allowed', () => expect(moved('10.0.3.0/24')).toEqual([]));
  it('must not proceed where neither is allowed', () => expect(moved('10.0.9.0/24')).toEqual(['fail']));
});
