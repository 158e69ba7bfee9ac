import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { validateMigration } from '../../../src/moves/validate/validate.js';
import { type World, withhold } from '../../check/checks/world.js';
import { AWS_MOVE, awsMigrationWorld } from './aws-world.js';
import { ASSUME, migrationWorld, MOVE, use } from './world.js';
import { edit } from '../../check/checks/edits.js';

const OLD = 'apigateway-hz-1';

function wayBack(change: (world: World) => unknown) {
  const { snapshot } = migrationWorld(change);
  const { findings } = validateMigration(snapshot, MOVE, { clouds: CLOUDS, assume: ASSUME });
  const finding = findings.find(({ check }) => check === 'migrate/rollback');
  if (finding === undefined) throw new Error('migrate/rollback reports nothing');
  return { ...finding, stops: findings.some(({ verdict, severity }) => verdict === 'fail' && severity === 'error') };
}

/** The current instance is in its own vSwitch. */
function apart({ the, region }: World): void {
  the('links', OLD).subnetIds = ['vsw-i'];
  region.interfaces = region.interfaces.filter(({ linkId }) => linkId !== OLD);
  the('listeners', 'lb-1/http:80').accessControl?.cidrBlocks?.push('10.0.3.0/24');
}

describe('a move back', () => {
  it('would work where nothing changed', () => {
    expect(wayBack(() => undefined)).toMatchObject({ verdict: 'pass', stops: false });
    expect(wayBack(apart)).toMatchObject({ verdict: 'pass', stops: false });
  });

  it.each<[string, (world: World) => unknown]>([
    ['an instance is stopped', edit({ 'instances.i-1.state': 'stopped' })],
    ['the authorization does not exist', ({ remove }) => remove('targets', 'shop-stock')],
    ['the listener does not exist', ({ remove }) => remove('listeners', 'lb-1/http:80')],
    ['no target is healthy', edit({ 'targetGroups.lb-1:80.targets.0.health': 'unhealthy' })],
    ['the load balancer is locked', edit({ 'loadBalancers.lb-1.active': false })],
  ])('passes where %s: the move itself reports it', (_, change) => {
    for (const both of [change, (world: World) => (apart(world), change(world))]) {
      expect(wayBack(both)).toMatchObject({
        verdict: 'pass',
        stops: true,
        message: `a move back to ${OLD} has no problems that the move itself does not have`,
      });
    }
  });

  it.each<[string, (world: World) => unknown, RegExp]>([
    [
      'an accessible block of the current instance was removed',
      ({ region }) => region.allowlists.find(({ linkId }) => linkId === OLD)?.entries.pop(),
      /^a move back to apigateway-hz-1 would fail: .* outside the accessible blocks of apigateway-hz-1/,
    ],
    [
      'the current instance failed',
      ({ the }) => Object.assign(the('links', OLD), { state: 'failed', nativeState: 'CREATE_FAILED' }),
      /^a move back to apigateway-hz-1 would fail: .*in a failed state and does not recover/,
    ],
    [
      'an access control list has the new source only',
      (world) => {
        apart(world);
        world.the('listeners', 'lb-1/http:80').accessControl?.cidrBlocks?.pop();
      },
      /^after a move back to apigateway-hz-1, calls would fail: access control list: .*10\.0\.3\.0\/24/,
    ],
    [
      'the current instance needs an authorization',
      ({ the, region }) => {
        Object.assign(the('links', OLD), { kind: 'dedicated-instance', subnetIds: [], securityGroupIds: [] });
        the('listeners', 'lb-1/http:80').accessControl?.cidrBlocks?.push('10.0.1.0/24');
        region.egress.forEach((one) => one.linkId === OLD && (one.prefixes = ['10.0.1.0/24']));
        const more = { targetId: undefined, host: '10.0.20.5', port: 8080 };
        the('gateways', 'group-1').uses?.push(use('api-3', 'GET /more', '', more));
      },
      /^after a move back to apigateway-hz-1, calls would fail: .*without an authorization/,
    ],
  ])('is a warning where %s', (_, change, message) => {
    expect(wayBack(change)).toMatchObject({ verdict: 'fail', severity: 'warning', stops: false });
    expect(wayBack(change).message).toMatch(message);
  });

  it('is undecided where a fact of it could not be read, and the remedy is that of the fact', () => {
    const found = wayBack((world) => {
      apart(world);
      world.withhold('subnets', 'vpc:DescribeVSwitches', 'vsw-i');
    });
    expect(found).toMatchObject({ verdict: 'unknown', severity: 'warning', stops: false });
    expect(found.message).toMatch(/^cannot determine whether a move back to apigateway-hz-1 would work: /);
    expect(found.remedy).toContain('vpc:DescribeVSwitches');
  });

  it('is undecided where the current instance could not be read, and is not reported as a shared instance', () => {
    const found = wayBack(withhold('links', 'apigateway:DescribeInstances', OLD));
    expect(found).toMatchObject({ verdict: 'unknown', remedy: expect.stringContaining('DescribeInstances') });
    expect(found.message).toContain('could not be read');
    const shared = wayBack(edit({ 'gateways.group-1.linkId': 'api-shared-vpc-001' }));
    expect(shared).toMatchObject({ verdict: 'unknown', message: expect.stringContaining('is a shared instance') });
  });

  it('is also judged on AWS', () => {
    const said = (change: (world: World) => void) =>
      validateMigration(awsMigrationWorld(change).snapshot, AWS_MOVE, { clouds: CLOUDS }).findings.find(
        ({ check }) => check === 'migrate/rollback',
      );
    expect(said(() => undefined)).toMatchObject({ verdict: 'pass' });
    // The old link has a group that no longer allows anything outbound.
    const closed = said((world) => {
      world.copy('securityGroups', 'sg-link', { id: 'sg-old', rules: [] });
      world.the('links', 'vlink-1').securityGroupIds = ['sg-old'];
      for (const one of world.region.interfaces) if (one.linkId === 'vlink-1') one.securityGroupIds = ['sg-old'];
    });
    expect(closed).toMatchObject({
      verdict: 'fail',
      message: expect.stringMatching(/^after a move back to vlink-1, /),
    });
  });
});
