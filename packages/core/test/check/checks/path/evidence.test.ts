import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../../../src/check/checks/run.js';
import { evidenceReasons } from '../../../../src/check/path/reasons/evidence.js';
import { BALANCER, GROUP } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { alibaba, aws, awsWorld, type World } from '../world.js';
import { the } from './aws-rows.js';
import { createContext, driversOf } from '../../../../src/do/context.js';
import { probeRoutes } from '../../../../src/do/probe/probe-routes.js';
import { runProbe } from '../../../../src/do/probe/run-probe.js';
import { CLOUDS } from '../../../clouds.js';

const CHECKED = { enabled: true, protocol: 'HTTP' };
/** Health checks on the port of calls. */
const checked = { 'targetGroups.orders.healthCheck': CHECKED };
const closed = { 'securityGroups.sg-app.rules': [] };

/** Rules of the network ACL around the server of the CLB instance. */
const serverAcl = (cidrBlock: string) => ({
  networkAcls: [
    {
      id: 'nacl-1',
      networkId: 'vpc-h',
      entries: (['in', 'out'] as const).map((direction) => ({
        direction,
        order: 1,
        action: 'allow' as const,
        protocol: 'all' as const,
        fromPort: 0,
        toPort: 65_535,
        cidrBlock,
      })),
      raw: null,
    },
  ],
  'subnets.vsw-app.networkAclId': 'nacl-1',
});

/** The subnet of the second target has an ACL of its own, which lets nothing in; the load balancer has a node in both zones. */
function oneZoneOfTwo(world: World): void {
  world.copy('networkAcls', 'acl-1', { id: 'acl-node', entries: [] });
  const nodes = world.region.interfaces?.filter(({ attachedTo }) => attachedTo === BALANCER) ?? [];
  const [first] = nodes;
  world.the('subnets', first?.subnetId ?? '').networkAclId = 'acl-node';
}

it('is listed with its limits in docs/trust.md', () => {
  const page = readFileSync(new URL('../../../../../../docs/trust.md', import.meta.url), 'utf8');
  const codes = [...page.matchAll(/^\|.*\| `(\w+)` \|$/gm)].map(([, code]) => code);
  expect(codes).toEqual(Object.keys(evidenceReasons));
});

// docs/trust.md: each row of its table, and its limits.
describe('health of targets, against ways to them that seem closed', () => {
  checkTable(the('path/load-balancer'), {
    'checks on the port of calls arrive at targets whose group seems closed': [
      aws(checked, closed),
      'unknown HEALTH_CONTRADICTS',
      {
        says: [
          'no rule of sg-app allows inbound tcp 8080',
          'but i-1 of orders is healthy, so that health checks on port 8080 arrive',
        ],
        remedy: 'check again',
      },
    ],
    'the load balancer seems to let nothing out': [
      aws(checked, (world: World) => {
        const group = world.the('securityGroups', 'sg-lb');
        group.rules = group.rules.filter(({ direction }) => direction === 'in');
      }),
      'unknown HEALTH_CONTRADICTS',
    ],
    'the limit of another port': [
      aws(closed, { 'targetGroups.orders.healthCheck': { ...CHECKED, port: 9000 } }),
      'error NO_RULE',
    ],
    'the limit of checks that were not read': [aws(closed), 'error NO_RULE'],
    'the limit of targets without checks, which count as healthy': [
      aws(checked, closed, { 'targetGroups.orders.targets.*.health': 'unavailable' }),
      'error NO_RULE',
    ],
    'the limit of unhealthy targets, which get calls all the same': [
      aws(checked, closed, { 'targetGroups.orders.targets.*.health': 'unhealthy' }),
      'error NO_HEALTHY_TARGET',
    ],
    'the limit of another zone, whose node explains the health': [aws(checked, oneZoneOfTwo), 'error ACL_DENIES'],
    'the limit of the address of clients, which checks do not have': [
      aws(checked, {
        'targetGroups.orders.preservesClientAddress': true,
        'securityGroups.sg-app.rules': [
          { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.99.0/24' },
          { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.11.5/32' },
          { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, cidrBlock: '10.0.12.5/32' },
        ],
      }),
      'error NO_RULE',
    ],
    'a server of a CLB instance, around which a network ACL seems closed': [
      alibaba(serverAcl('10.0.0.0/16')),
      'unknown HEALTH_CONTRADICTS',
      { says: 'but i-1 of lb-1:80 is healthy' },
    ],
    'a server of a CLB instance that is not healthy': [
      alibaba(serverAcl('10.0.0.0/16'), { 'targetGroups.lb-1:80.targets.0.health': 'unhealthy' }),
      'error NO_HEALTHY_TARGET',
    ],
  });

  it('is older than what a plan changes', () => {
    const { snapshot, spec } = aws(checked, closed)();
    const verdicts = (planned: boolean) =>
      check(snapshot, spec, { clouds: CLOUDS, planned }).findings.find((one) => one.check === 'path/load-balancer')
        ?.verdict;
    expect([verdicts(false), verdicts(true)]).toEqual(['unknown', 'fail']);
  });

  it('is of a world in which all else passes', () => {
    const { snapshot, spec } = awsWorld((world) => {
      Object.assign(world.the('targetGroups', GROUP), { healthCheck: CHECKED });
    });
    expect(check(snapshot, spec, { clouds: CLOUDS }).failures).toEqual([]);
  });
});

// docs/trust.md: the row of calls. They have a verdict of their own, which names no finding.
describe('an answered call of a probe, against a path that seems closed', () => {
  const ANSWER = { status: 200, headers: {}, latencyMs: 12, body: '' };
  it.each<[string, () => World]>([
    ['AWS', aws(closed)],
    [
      'Alibaba Cloud',
      alibaba(serverAcl('10.0.0.0/16'), { 'targetGroups.lb-1:80.targets.0.health': 'unavailable' }, (world: World) => {
        const group = world.the('gateways', 'group-1');
        const domains = [{ name: 'group-1-cn-hangzhou.alicloudapi.com', kind: 'public' as const }];
        group.settings = { ...group.settings, domains };
      }),
    ],
  ])('works on %s, and does not change what check says', async (_, made) => {
    const { snapshot, spec } = made();
    const report = check(snapshot, spec, { clouds: CLOUDS, live: true });
    const failed = (): boolean =>
      check(snapshot, spec, { clouds: CLOUDS }).findings.some(
        (one) => one.check === 'path/load-balancer' && one.verdict === 'fail',
      );
    expect(failed()).toBe(true);
    const results = await runProbe(probeRoutes(snapshot, spec, { clouds: CLOUDS }), {
      clouds: CLOUDS,
      spec,
      report,
      drivers: driversOf(),
      context: createContext(),
      callGateway: () => Promise.resolve(ANSWER),
    });
    expect(results.map(({ verdict, finding }) => [verdict, finding])).toContainEqual(['works', undefined]);
    expect(results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(failed()).toBe(true);
  });
});
