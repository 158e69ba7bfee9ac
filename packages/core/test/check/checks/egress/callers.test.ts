import { describe, expect, it } from 'vitest';
import { egressAdmitted } from '../../../../src/check/checks/egress/admitted.js';
import { egressWider } from '../../../../src/check/checks/egress/wider.js';
import { targetExposed } from '../../../../src/check/checks/target/exposed.js';
import { targetSameGroup } from '../../../../src/check/checks/target/same-group.js';
import { outcomesOf } from '../run-check.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { alibabaWorld, awsWorld, type World } from '../world.js';

/** The ECS instance is in its own group, with these rules. */
const appGroup =
  (rules: readonly object[], changes: object = {}) =>
  (world: World) => {
    const base = { direction: 'in', protocol: 'tcp', fromPort: 8080, toPort: 8080, action: 'allow', priority: 1 };
    const group = world.copy('securityGroups', 'sg-link', { id: 'sg-app', intraGroup: 'deny' });
    Object.assign(group, { rules: rules.map((rule, at) => ({ id: `sgr-${at}`, ...base, ...rule })), ...changes });
    for (const at of [world.the('instances', 'i-1'), world.the('interfaces', 'eni-app')]) {
      at.securityGroupIds = ['sg-app'];
    }
  };
/** Each zone has its own group. */
const groupPerZone = (world: World) => {
  world.copy('securityGroups', 'sg-link', { id: 'sg-k' });
  world.the('links', 'apigateway-hz-1').securityGroupIds = ['sg-link', 'sg-k'];
  world.the('interfaces', 'eni-link-k').securityGroupIds = ['sg-k'];
};
const advanced = (id: string) => (world: World) => {
  Object.assign(world.the('securityGroups', id), { kind: 'enterprise', intraGroup: 'deny' });
};
const remedyOf = (check: typeof egressWider, ...changes: readonly ((world: World) => void)[]): string | undefined => {
  const world = alibabaWorld((it) => {
    for (const change of changes) change(it);
  });
  return outcomesOf(check, world).find(({ verdict, subject }) => verdict === 'fail' && subject.includes('orders'))
    ?.remedy;
};
const WIDE = appGroup([{ cidrBlock: '10.0.0.0/16' }]);
const BLOCKS = '10.0.1.0/24 and 10.0.2.0/24';

describe('what an inbound rule for a link has to name', () => {
  it.each([
    ['the one group of the link', [WIDE], 'from sg-link.'],
    ['the groups of all zones', [WIDE, groupPerZone], 'from sg-link and sg-k.'],
    ['blocks in an enterprise group, which cannot name a group', [WIDE, advanced('sg-app')], `from ${BLOCKS}.`],
    [
      'blocks where the link has an enterprise group, which no rule can name',
      [WIDE, advanced('sg-link')],
      `from ${BLOCKS}.`,
    ],
    [
      'blocks where the groups of the zones are not known',
      [WIDE, groupPerZone, ({ withhold }: World) => withhold('interfaces', 'ecs:DescribeNetworkInterfaces')],
      `from ${BLOCKS}.`,
    ],
  ])('%s', (_, changes, text) => {
    expect(remedyOf(egressWider, ...changes)).toContain(`Narrow this rule of sg-app to tcp 8080 ${text}`);
    expect(remedyOf(targetExposed, ...changes)).toContain(
      `Restrict the inbound rules of sg-app to ${text.replace(/^from |\.$/g, '')}, or`,
    );
  });

  it('is the group of the zone that is not allowed', () => {
    const one = appGroup([{ securityGroupId: 'sg-link' }]);
    expect(remedyOf(egressAdmitted, one, groupPerZone)).toContain('allows tcp 8080 from sg-k.');
  });

  it('is the blocks of a link with an enterprise group', () => {
    expect(remedyOf(egressAdmitted, appGroup([]), advanced('sg-link'))).toContain(`allows tcp 8080 from ${BLOCKS}.`);
  });

  it.each([
    [1, 'Remove the rule sgr-0 of sg-app that drops these calls.'],
    [2, 'that drops these calls, or add an inbound rule of priority 1 that allows'],
    [40, 'that drops these calls, or add an inbound rule of priority 1 to 39 that allows'],
  ])('has priority over a drop of priority %i, if possible', (priority, text) => {
    const drop = appGroup([
      { cidrBlock: '10.0.0.0/16', action: 'drop', priority },
      { cidrBlock: '10.0.0.0/16', priority: 100 },
    ]);
    expect(remedyOf(egressAdmitted, drop)).toContain(text);
  });
});

/** A second link in its own vSwitch, with the targets of the first one. */
const secondLink = (admits?: readonly string[]) => (world: World) => {
  world.copy('subnets', 'vsw-i', { id: 'vsw-more', cidrBlock: '10.0.5.0/24' });
  world.copy('links', 'apigateway-hz-1', { id: 'apigateway-hz-2', subnetIds: ['vsw-more'], securityGroupIds: [] });
  world.spec.links['next'] = { ...world.linkSpec, id: 'apigateway-hz-2' };
  const targets = structuredClone(world.integration.targets);
  if (admits !== undefined) {
    Object.assign(targets['orders'] ?? {}, { admits });
    world.targetSpec.admits = [...admits];
  }
  world.spec.integrations['more'] = { ...world.integration, link: 'next', targets, routes: { 'ANY /more': 'orders' } };
};

describe('Show 5: a remedy that removes drops', () => {
  it('Show 5: names the rule that is missing after their removal', () => {
    const drop = appGroup([
      { cidrBlock: '10.0.1.0/24', action: 'drop', priority: 1 },
      { cidrBlock: '10.0.1.0/25', action: 'drop', priority: 1 },
    ]);
    expect(remedyOf(egressAdmitted, drop)).toBe(
      'Remove the rules sgr-0 of sg-app and sgr-1 of sg-app that drop these calls, and add to sg-app an inbound rule that allows tcp 8080 from sg-link.',
    );
  });
});

describe('H2: a remedy that narrows names every declared caller', () => {
  it('H2: of the list of the backend itself', () => {
    const world = alibabaWorld(secondLink(['10.0.0.0/16']));
    const remedies = outcomesOf(egressWider, world).flatMap(({ subject, remedy }) =>
      subject === 'target orders, admits' ? [remedy] : [],
    );
    expect(remedies).toHaveLength(2);
    for (const remedy of remedies) {
      for (const block of ['10.0.1.0/24', '10.0.2.0/24', '10.0.5.0/24']) expect(remedy).toContain(block);
    }
  });

  it('H2: of an instance behind a CLB instance that preserves the client address', () => {
    const behind = (world: World): void => {
      const group = world.the('targetGroups', 'lb-1:80');
      world.the('listeners', 'lb-1/http:80').protocol = 'TCP';
      Object.assign(group, {
        port: 9000,
        preservesClientAddress: true,
        targets: [{ id: 'i-1', port: 9000, health: 'healthy' }],
      });
    };
    expect(remedyOf(egressWider, WIDE, behind)).toContain(`tcp 8080 from sg-link, and tcp 9000 from ${BLOCKS}.`);
  });

  it('H2: of a load balancer behind another one, and of its targets', () => {
    const world = awsWorld(nested);
    const remedies = outcomesOf(egressWider, world).flatMap(({ remedy }) => remedy ?? []);
    expect(remedies.find((text) => text.includes('sg-lb'))).toContain('10.0.1.0/24');
    expect(remedies.find((text) => text.includes('sg-lb'))).toContain('sg-nlb');
  });
});

/** An NLB with the ALB of the world as its target, declared beside it; the ALB allows the whole network. */
function nested(world: World): void {
  const { copy, region, spec, integration, the } = world;
  copy('securityGroups', 'sg-lb', { id: 'sg-nlb' });
  const [first] = the('securityGroups', 'sg-lb').rules;
  the('securityGroups', 'sg-lb').rules.push({
    ...structuredClone(first ?? { direction: 'in', protocol: 'tcp', fromPort: 443, toPort: 443 }),
    id: 'sgr-wide',
    cidrBlock: '10.0.0.0/16',
    securityGroupId: undefined,
  });
  const arn = BALANCER.replace('/app/orders-alb/', '/net/orders-nlb/');
  const listener = LISTENER.replace('/app/orders-alb/', '/net/orders-nlb/');
  copy('loadBalancers', BALANCER, { id: arn, name: 'orders-nlb', kind: 'network', securityGroupIds: ['sg-nlb'] });
  copy('targetGroups', GROUP, {
    id: `${GROUP}-alb`,
    name: 'alb',
    kind: 'load-balancer',
    protocol: 'TCP',
    port: 443,
    loadBalancerIds: [arn],
    targets: [{ id: BALANCER, port: 443, health: 'healthy' }],
  });
  copy('listeners', LISTENER, {
    id: listener,
    loadBalancerId: arn,
    protocol: 'TCP',
    actions: [{ kind: 'forward', targetGroupIds: [`${GROUP}-alb`] }],
  });
  const of = { id: listener, name: 'orders-nlb', resourceId: arn, resourceType: 'network', protocol: 'TCP' };
  region.targets.push({ ...structuredClone(region.targets[0] ?? { kind: 'listener', raw: null }), ...of });
  spec.integrations['more'] = { ...structuredClone(integration), targets: { raw: { ref: { listener } } }, routes: {} };
}

describe('the group that the vendor requires', () => {
  it('cannot be added beside a group of the other type', () => {
    const text = remedyOf(targetSameGroup, appGroup([]), advanced('sg-link'));
    expect(text).toContain('accepts groups of only one type');
    expect(text).not.toContain('Add i-1');
    expect(remedyOf(targetSameGroup, appGroup([]))).toContain('Add i-1 to sg-link');
  });
});
