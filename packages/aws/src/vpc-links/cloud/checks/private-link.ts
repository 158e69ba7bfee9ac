import type { Outcome, RegionIndex, Say } from '@postern/core/internal/check';
import {
  aboutTarget,
  type BalancedTarget,
  balancedTargets,
  balancerEvidence,
  createWorld,
  defineCheck,
  fail,
  opennessOf,
  pass,
  unknown,
  type World,
} from '@postern/core/internal/checks';

const SWITCH_OFF =
  'Switch off the enforcement: aws elbv2 set-security-groups --load-balancer-arn {balancer} --security-groups {groups} --enforce-security-group-inbound-rules-on-private-link-traffic off';

const CODES = {
  NOT_ENFORCED: pass('{name} {hasGroups?does not enforce its security groups for PrivateLink:has no security groups}'),
  SETTING_NOT_READ: unknown('{name} allows inbound calls through PrivateLink'),
  RULES_NOT_READ: unknown('{name} allows inbound calls through PrivateLink'),
  RULES_ALLOW_ALL: pass('the security groups of {name} allow port {port|of the listener} from every address'),
  RULES_ALLOW_NONE: fail(
    '{name} enforces its security groups for PrivateLink, and no rule of theirs allows port {port|of the listener} from an address: every call fails',
    SWITCH_OFF,
  ),
  ENFORCED: fail(
    '{name} enforces its security groups for PrivateLink, but the address of the gateway cannot be determined',
    SWITCH_OFF,
  ),
};

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
  codes: CODES,
  *run(input, say) {
    const worlds = new Map<RegionIndex, World>();
    for (const one of balancedTargets(input)) {
      const { link } = one.integration;
      // `target/kind` reports a load balancer that such a link cannot call.
      if (link.traits.callsFrom !== 'load balancer' || one.balancer.kind !== 'network') continue;

      const world = worlds.get(link.region) ?? createWorld(link.region);
      worlds.set(link.region, world);
      yield ofTarget(say, one, world);
    }
  },
});

function ofTarget(say: Say<typeof CODES>, one: BalancedTarget, world: World): Outcome {
  const { integration, target, backend, balancer } = one;
  const { region } = integration.link;
  const about = aboutTarget(integration, target);
  const { name, securityGroupIds, privateLinkEnforced } = balancer;
  if (securityGroupIds.length === 0 || privateLinkEnforced === false) {
    return say.NOT_ENFORCED(
      about,
      { securityGroupIdsCount: securityGroupIds.length, name },
      { evidence: [balancerEvidence(balancer)], words: { hasGroups: securityGroupIds.length > 0 } },
    );
  }

  const listener = backend.listener;
  const port = backend.port ?? (listener.is === 'found' ? listener.value.port : undefined);
  const open = port === undefined ? 'some' : opennessOf(world, balancer, port);
  const evidence = [balancerEvidence(balancer, `groups ${securityGroupIds.join(', ')} enforced for PrivateLink`)];
  if (open === 'all') return say.RULES_ALLOW_ALL(about, { name, port }, evidence);
  if (privateLinkEnforced === undefined) {
    const missing = region.missing('loadBalancers', balancer.id) ?? {
      what: `the enforcement of the security groups of ${name} for PrivateLink`,
      remedy: `Check the security settings of ${name}.`,
    };
    return say.SETTING_NOT_READ(about, { name }, missing, [balancerEvidence(balancer)]);
  }
  if (typeof open === 'object') return say.RULES_NOT_READ(about, { name }, open, evidence);

  const params = { name, port, balancer: balancer.id, securityGroupIds };
  const said = { evidence, words: { groups: securityGroupIds.join(' ') } };
  return open === 'none' ? say.RULES_ALLOW_NONE(about, params, said) : say.ENFORCED(about, params, said);
}
