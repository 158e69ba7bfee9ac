import { stating, type Judgement } from '../../findings/statement.js';
import type { targetPrivateLinkWords } from './words/private-link.words.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetPrivateLinkWords)['says']>();

/** `target/private-link`. */
export const targetPrivateLink: Judgement = {
  id: 'target/private-link',
  severity: 'error',
  *run(input) {
    for (const { integration, target, balancer } of balancedTargets(input)) {
      if (kindTraitsOf(integration.link).callsFrom !== 'load balancer') continue;
      const about = aboutTarget(integration, target);
      const { name, securityGroupIds, privateLinkEnforced } = balancer;
      if (securityGroupIds.length === 0 || privateLinkEnforced === false) {
        yield holds(input, about, 'NOT_ENFORCED', () => ({
          params: { securityGroupIdsCount: securityGroupIds.length, name },
          evidence: [balancerEvidence(balancer)],
        }));
      } else if (privateLinkEnforced === undefined) {
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? {
          what: `the enforcement of the security groups of ${name} for PrivateLink`,
          remedy: `Check the security settings of ${name}.`,
        };
        yield unsure(about, 'SETTING_NOT_READ', { name }, missing, {
          evidence: [balancerEvidence(balancer)],
        });
      } else {
        yield fails(about, 'ENFORCED', {
          params: { name, balancer: balancer.id, securityGroupIds },
          evidence: [balancerEvidence(balancer, `groups ${securityGroupIds.join(', ')} enforced for PrivateLink`)],
        });
      }
    }
  },
};
