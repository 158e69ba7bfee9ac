import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetPrivateLinkWords } from './words/private-link.words.js';
import type { CheckInput, RegionIndex } from '../../world/views.js';
import { kindTraitsOf } from '../../world/link-facts.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { balancedTargets, type BalancedTarget } from '../../network/balancers/balancers.js';
import { opennessOf } from '../../network/balancers/private-link.js';
import { createWorld, type World } from '../../network/world.js';

const { fails, holds, unsure } = stating<(typeof targetPrivateLinkWords)['says']>();

/** `target/private-link`. */
export const targetPrivateLink: Judgement = {
  id: 'target/private-link',
  severity: 'error',
  *run(input) {
    const worlds = new Map<RegionIndex, World>();
    for (const one of balancedTargets(input)) {
      const { link } = one.integration;
      if (kindTraitsOf(link).callsFrom !== 'load balancer') continue;
      const world = worlds.get(link.region) ?? createWorld(link.region);
      worlds.set(link.region, world);
      yield ofTarget(input, one, world);
    }
  },
};

function ofTarget(input: CheckInput, one: BalancedTarget, world: World): Statement {
  const { integration, target, backend, balancer } = one;
  const { region } = integration.link;
  const about = aboutTarget(integration, target);
  const { name, securityGroupIds, privateLinkEnforced } = balancer;
  if (securityGroupIds.length === 0 || privateLinkEnforced === false) {
    return holds(input, about, 'NOT_ENFORCED', () => ({
      params: { securityGroupIdsCount: securityGroupIds.length, name },
      evidence: [balancerEvidence(balancer)],
    }));
  }
  const listener = backend.listener;
  const port = backend.port ?? (listener.is === 'found' ? listener.value.port : undefined);
  const open = port === undefined ? 'some' : opennessOf(world, balancer, port);
  const evidence = [balancerEvidence(balancer, `groups ${securityGroupIds.join(', ')} enforced for PrivateLink`)];
  if (open === 'all') {
    return holds(input, about, 'RULES_ALLOW_ALL', () => ({ params: { name, port }, evidence }));
  }
  if (privateLinkEnforced === undefined) {
    const missing = region.missing('loadBalancers', balancer.id) ?? {
      what: `the enforcement of the security groups of ${name} for PrivateLink`,
      remedy: `Check the security settings of ${name}.`,
    };
    return unsure(about, 'SETTING_NOT_READ', { name }, missing, { evidence: [balancerEvidence(balancer)] });
  }
  if (typeof open === 'object') return unsure(about, 'RULES_NOT_READ', { name }, open, { evidence });
  const params = { name, port, balancer: balancer.id, securityGroupIds };
  return fails(about, open === 'none' ? 'RULES_ALLOW_NONE' : 'ENFORCED', { params, evidence });
}
