import { describe, it, expect } from 'vitest';
import { egressWider } from '../../../../src/check/checks/egress/wider.js';
import { BALANCER, LISTENER, GROUP } from '../aws-region.js';
import { remedyOf, WIDE, BLOCKS } from './callers.js';
import { byBlock, lbRule, admits } from './egress.js';
import { outcomesOf, checkTable } from '../run-check.js';
import { type World, alibabaWorld, awsWorld, aws, alibaba, withhold } from '../world.js';

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

describe('a remedy that narrows names every declared caller', () => {
  it('of the list of the backend itself', () => {
    const world = alibabaWorld(secondLink(['10.0.0.0/16']));
    const remedies = outcomesOf(egressWider, world).flatMap(({ subject, remedy }) =>
      subject === 'target orders, admits' ? [remedy] : [],
    );
    expect(remedies).toHaveLength(2);
    for (const remedy of remedies) {
      for (const block of ['10.0.1.0/24', '10.0.2.0/24', '10.0.5.0/24']) expect(remedy).toContain(block);
    }
  });

  it('of an instance behind a CLB instance that preserves the client address', () => {
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

  it('of a load balancer behind another one, and of its targets', () => {
    const world = awsWorld(nested);
    const remedies = outcomesOf(egressWider, world).flatMap(({ remedy }) => remedy ?? []);
    expect(remedies.find((text) => text.includes('sg-lb'))).toContain('10.0.1.0/24');
    expect(remedies.find((text) => text.includes('sg-lb'))).toContain('sg-nlb');
  });
});

describe('egress/wider', () => {
  checkTable(egressWider, {
    'the group of the link, one port': [aws(), 'pass RULES_NARROW'],
    'one block that is exactly the two of the link': [
      aws(
        { 'subnets.subnet-a.cidrBlock': '10.0.2.0/24', 'subnets.subnet-b.cidrBlock': '10.0.3.0/24' },
        byBlock('10.0.2.0/23'),
      ),
      'pass RULES_NARROW',
    ],
    'the blocks of the link': [aws(byBlock('10.0.1.0/24')), 'pass RULES_NARROW'],
    'a wider block': [
      aws(byBlock('10.0.0.0/16')),
      'warning RULES_WIDER',
      { says: 'in tcp 443 from 10.0.0.0/16', evidence: 'sgr-lb-in', remedy: ['sg-lb', 'tcp 443 from sg-link'] },
    ],
    'more ports': [aws(lbRule({ fromPort: 0, toPort: 65_535 })), 'warning RULES_WIDER', { evidence: 'sgr-lb-in' }],
    'a rule that does not allow the link is reported by target/exposed': [
      aws(byBlock('10.9.0.0/16')),
      'pass RULES_NARROW',
    ],
    'groups could not be read': [
      aws(withhold('securityGroups', 'ec2:DescribeSecurityGroups')),
      'unknown RULES_NOT_READ',
    ],
    'the access control list of a CLB instance': [
      alibaba({
        'listeners.lb-1/http:80.accessControl': { kind: 'allow', ids: ['acl-1'], cidrBlocks: ['10.0.0.0/16'] },
      }),
      'warning LIST_WIDER',
      { subject: 'target stock', evidence: 'acl-1', remedy: '10.0.1.0/24 and 10.0.2.0/24' },
    ],
    'as narrow as possible': [alibaba(), 'pass RULES_NARROW'],
    'the list of the spec': [
      aws(admits(['10.0.0.0/8'])),
      'warning LIST_WIDER',
      { evidence: 'integrations.orders.targets.orders.admits' },
    ],
  });
});
