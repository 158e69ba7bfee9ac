import { describe } from 'vitest';
import { targetCertificate } from '../../../../src/check/checks/target/certificate.js';
import { targetHealthy } from '../../../../src/check/checks/target/healthy.js';
import type { RuleCondition } from '../../../../src/do/model/load-balancer.js';
import { BALANCER, GROUP, LISTENER } from '../aws-region.js';
import { checkTable } from '../run-check.js';
import { awsWorld, type World, aws } from '../world.js';
import { useNetworkBalancer } from './backends.js';
import { behind, BEHIND, FRONT, NLB } from './behind-balancer.js';

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
  checkTable(targetHealthy, [
    {
      why: 'IPv4 calls go to the group of the rule',
      world: ruled('ipv4', GROUP, UNHEALTHY),
      verdict: 'pass',
      evidence: [GROUP],
    },
    {
      why: 'and not to that of the default',
      world: ruled('ipv4', UNHEALTHY, GROUP),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
      evidence: [UNHEALTHY],
    },
    { why: 'a rule for IPv6 takes no call of a link', world: ruled('ipv6', UNHEALTHY, GROUP), verdict: 'pass' },
    {
      why: 'the default takes them',
      world: ruled('ipv6', GROUP, UNHEALTHY),
      verdict: 'fail',
      code: 'NONE_HEALTHY',
      evidence: [UNHEALTHY],
    },
    {
      why: 'the rules were not read',
      world: ruled('ipv4', GROUP, GROUP, ({ the }) => void (the('listeners', LISTENER).rules = undefined)),
      verdict: 'unknown',
      remedy: ['elasticloadbalancing:DescribeRules'],
    },
    {
      why: 'neither the rules nor the IP address type were read',
      world: ruled('ipv4', GROUP, GROUP, ({ the }) => {
        the('listeners', LISTENER).rules = undefined;
        the('loadBalancers', BALANCER).dualStack = undefined;
      }),
      verdict: 'unknown',
      remedy: ['Take the snapshot again'],
    },
    {
      why: 'a load balancer for IPv4 alone has none',
      world: ruled('ipv4', GROUP, GROUP, ({ the }) => {
        the('listeners', LISTENER).rules = undefined;
        the('loadBalancers', BALANCER).dualStack = false;
      }),
      verdict: 'pass',
    },
  ]);

  checkTable(targetCertificate, [
    {
      why: 'the load balancer behind the rule presents the certificate',
      world: aws((world) => {
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
      verdict: 'pass',
    },
  ]);
});
