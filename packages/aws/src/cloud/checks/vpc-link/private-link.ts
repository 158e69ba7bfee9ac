import type { Outcome, RegionIndex, SayText } from '@postern/core/check';
import {
  aboutTarget,
  type BalancedTarget,
  balancedTargets,
  balancerEvidence,
  createWorld,
  defineCheck,
  kindTraitsOf,
  opennessOf,
  type World,
} from '@postern/core/checks';

/** `target/private-link`. */
export const targetPrivateLink = defineCheck({
  id: 'target/private-link',
  severity: 'error',
  title: 'The security groups of a network load balancer allow the calls of a V1 link',
  about:
    'A VPC link V1 reaches its network load balancer through PrivateLink. If the load balancer has security groups, AWS by default ' +
    'enforces them for these calls, too. The rules are compared with an address of API Gateway, which cannot be determined. ' +
    'Calls then fail, always or intermittently, unless the rules allow the port from every address. Rules that name a security group do ' +
    'not match. AWS asks users to switch off the enforcement for such load balancers. Without enforcement, the groups do not matter. ' +
    'VPC links V2 do not use PrivateLink.',
  unsettled: [
    'A rule for every address allows the calls of a V1 link, where the rules of its NLB apply to them. A rule that names a group does not. [I]',
  ],
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  codes: ['NOT_ENFORCED', 'SETTING_NOT_READ', 'RULES_NOT_READ', 'RULES_ALLOW_ALL', 'RULES_ALLOW_NONE', 'ENFORCED'],
  *run(input, say) {
    const worlds = new Map<RegionIndex, World>();
    for (const one of balancedTargets(input)) {
      const { link } = one.integration;
      if (kindTraitsOf(link).callsFrom !== 'load balancer') continue;
      const world = worlds.get(link.region) ?? createWorld(link.region);
      worlds.set(link.region, world);
      yield ofTarget(say, one, world);
    }
  },
});

function ofTarget(say: SayText, one: BalancedTarget, world: World): Outcome {
  const { integration, target, backend, balancer } = one;
  const { region } = integration.link;
  const about = aboutTarget(integration, target);
  const { name, securityGroupIds, privateLinkEnforced } = balancer;
  if (securityGroupIds.length === 0 || privateLinkEnforced === false) {
    return say.pass(
      about,
      'NOT_ENFORCED',
      () => ({ securityGroupIdsCount: securityGroupIds.length, name }),
      (p) => ({
        message:
          p.securityGroupIdsCount === 0
            ? `${p.name} has no security groups`
            : `${p.name} does not enforce its security groups for PrivateLink`,
        evidence: [balancerEvidence(balancer)],
      }),
    );
  }
  const listener = backend.listener;
  const port = backend.port ?? (listener.is === 'found' ? listener.value.port : undefined);
  const open = port === undefined ? 'some' : opennessOf(world, balancer, port);
  const evidence = [balancerEvidence(balancer, `groups ${securityGroupIds.join(', ')} enforced for PrivateLink`)];
  if (open === 'all') {
    return say.pass(
      about,
      'RULES_ALLOW_ALL',
      () => ({ name, port }),
      (p) => ({
        message: `the security groups of ${p.name} allow port ${p.port ?? 'of the listener'} from every address`,
        evidence,
      }),
    );
  }
  if (privateLinkEnforced === undefined) {
    const missing = region.missing('loadBalancers', balancer.id) ?? {
      what: `the enforcement of the security groups of ${name} for PrivateLink`,
      remedy: `Check the security settings of ${name}.`,
    };
    return say.unknown(about, 'SETTING_NOT_READ', { name }, missing, (p) => ({
      whether: `${p.name} allows inbound calls through PrivateLink`,
      evidence: [balancerEvidence(balancer)],
    }));
  }
  if (typeof open === 'object')
    return say.unknown(about, 'RULES_NOT_READ', { name }, open, (p) => ({
      whether: `${p.name} allows inbound calls through PrivateLink`,
      evidence,
    }));
  const params = { name, port, balancer: balancer.id, securityGroupIds };
  if (open === 'none') {
    return say.fail(about, 'RULES_ALLOW_NONE', params, (p) => ({
      message: `${p.name} enforces its security groups for PrivateLink, and no rule of theirs allows port ${p.port ?? 'of the listener'} from an address: every call fails`,
      remedy: switchOff(p),
      evidence,
    }));
  }
  return say.fail(about, 'ENFORCED', params, (p) => ({
    message: `${p.name} enforces its security groups for PrivateLink, but the address of the gateway cannot be determined`,
    remedy: switchOff(p),
    evidence,
  }));
}

/** A load balancer that enforces its groups. */
interface Enforced {
  readonly balancer: string;
  readonly securityGroupIds: readonly string[];
}

function switchOff({ balancer, securityGroupIds }: Enforced): string {
  return `Switch off the enforcement: aws elbv2 set-security-groups --load-balancer-arn ${balancer} --security-groups ${securityGroupIds.join(' ')} --enforce-security-group-inbound-rules-on-private-link-traffic off`;
}
