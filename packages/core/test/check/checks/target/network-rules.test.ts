import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import { targetHealthy } from '../../../../src/check/checks/target/healthy.js';
import type { RuleCondition } from '../../../../src/do/model/load-balancer.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type World, aws } from '../world.js';
import { useNetworkBalancer } from './backends.js';
import { behind, BEHIND, FRONT, NLB } from './behind-balancer.js';
import { edit } from '../edits.js';

const UNHEALTHY = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/unhealthy/dddd';

/** A dual-stack network load balancer whose listener has one rule to `rule`, and forwards all other calls to `others`. */
const ruled =
  (family: RuleCondition['family'], rule: string, others: string, more: (world: World) => void = () => undefined) =>
  () =>
    awsWorld((world) => {
      useNetworkBalancer(world);
      world.copy('targetGroups', GROUP, { id: UNHEALTHY, name: 'unhealthy' });
      const group = world.the('targetGroups', UNHEALTHY);
      group.targets = group.targets?.map((one) => ({ ...one, health: 'unhealthy' as const }));
      world.the('loadBalancers', BALANCER).dualStack = true;
      Object.assign(world.the('listeners', LISTENER), {
        actions: [{ kind: 'forward', targetGroupIds: [others] }],
        rules: [
          {
            id: 'rule-1',
            priority: 1,
            conditions: [{ kind: 'source', family }],
            actions: [{ kind: 'forward', targetGroupIds: [rule] }],
          },
        ],
      });
      more(world);
    });

describe('the rules of a dual-stack network load balancer', () => {
  checkTable(targetHealthy, {
    'IPv4 calls go to the group of the rule': [ruled('ipv4', GROUP, UNHEALTHY), 'pass HEALTHY', { evidence: GROUP }],
    'and not to that of the default': [ruled('ipv4', UNHEALTHY, GROUP), 'error NONE_HEALTHY', { evidence: UNHEALTHY }],
    'a rule for IPv6 takes no call of a link': [ruled('ipv6', UNHEALTHY, GROUP), 'pass HEALTHY'],
    'the default takes them': [ruled('ipv6', GROUP, UNHEALTHY), 'error NONE_HEALTHY', { evidence: UNHEALTHY }],
    'the rules were not read': [
      ruled('ipv4', GROUP, GROUP, edit({ 'listeners.orders-alb.rules': undefined })),
      'unknown HEALTH_NOT_READ',
      { remedy: 'elasticloadbalancing:DescribeRules' },
    ],
    'neither the rules nor the IP address type were read': [
      ruled(
        'ipv4',
        GROUP,
        GROUP,
        edit({ 'listeners.orders-alb.rules': undefined, 'loadBalancers.orders-alb.dualStack': undefined }),
      ),
      'unknown HEALTH_NOT_READ',
      { remedy: 'Take the snapshot again' },
    ],
    'a load balancer for IPv4 alone has none': [
      ruled(
        'ipv4',
        GROUP,
        GROUP,
        edit({ 'listeners.orders-alb.rules': undefined, 'loadBalancers.orders-alb.dualStack': false }),
      ),
      'pass HEALTHY',
    ],
  });

  checkTable(targetCertificate, {
    'the load balancer behind the rule presents the certificate': [
      aws((world) => {
        behind(world);
        world.the('loadBalancers', NLB).dualStack = true;
        const listener = world.the('listeners', FRONT);
        listener.rules = [
          {
            id: 'rule-1',
            priority: 1,
            conditions: [{ kind: 'source', family: 'ipv4' }],
            actions: [{ kind: 'forward', targetGroupIds: [BEHIND] }],
          },
        ];
        listener.actions = [{ kind: 'forward', targetGroupIds: ['elsewhere'] }];
      }),
      'pass COVERED',
    ],
  });
});
