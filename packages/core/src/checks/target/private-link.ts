import type { Check } from '../../findings/check.js';
import { kindOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

/** `target/private-link`. */
export const targetPrivateLink: Check = {
  id: 'target/private-link',
  title: 'The groups of a network load balancer do not filter the calls of a V1 link',
  severity: 'error',
  about:
    'A VPC link V1 reaches its network load balancer through PrivateLink. Where the balancer has security groups, they are by default ' +
    "enforced for such calls, too, and compared with an address of API Gateway's own, which nobody can name: calls then fail, or " +
    'fail now and then. AWS asks to switch the enforcement off for such balancers. Links V2 are no PrivateLink.',
  sources: [
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html',
  ],
  *run(input) {
    for (const { integration, target, balancer } of balancedTargets(input)) {
      if (kindOf(integration.link) !== 'vpc-link-v1') continue;
      const about = aboutTarget(integration, target);
      const { name, securityGroupIds, privateLinkEnforced } = balancer;
      if (securityGroupIds.length === 0 || privateLinkEnforced === false) {
        yield holds(input, about, () => ({
          message:
            securityGroupIds.length === 0
              ? `${name} has no security groups`
              : `${name} does not enforce its groups for PrivateLink`,
          evidence: [balancerEvidence(balancer)],
        }));
      } else if (privateLinkEnforced === undefined) {
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? {
          what: `whether ${name} enforces its groups for PrivateLink`,
          remedy: `Look at the security settings of ${name}.`,
        };
        yield unsure(about, `${name} lets calls through PrivateLink in`, missing, {
          evidence: [balancerEvidence(balancer)],
        });
      } else {
        yield fails(about, {
          message: `${name} enforces its security groups for PrivateLink, and cannot know the address of the gateway`,
          evidence: [balancerEvidence(balancer, `groups ${securityGroupIds.join(', ')} enforced for PrivateLink`)],
          remedy: `Switch it off: aws elbv2 set-security-groups --load-balancer-arn ${balancer.id} --security-groups ${securityGroupIds.join(' ')} --enforce-security-group-inbound-rules-on-private-link-traffic off`,
        });
      }
    }
  },
};
