import { stating, type Judgement } from '../../findings/statement.js';
import type { targetIntranetWords } from './words/intranet.words.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { classicTargets } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetIntranetWords)['says']>();

/** `target/intranet`. */
export const targetIntranet: Judgement = {
  id: 'target/intranet',
  severity: 'error',
  *run(input) {
    for (const { integration, target, balancer } of classicTargets(input)) {
      const about = aboutTarget(integration, target);
      const evidence = [balancerEvidence(balancer)];
      if (balancer.scheme === 'internal') {
        yield holds(input, about, 'INTERNAL', () => ({ params: { balancer: balancer.id }, evidence }));
      } else if (balancer.scheme === undefined) {
        const what = `the address type of ${balancer.id}`;
        const remedy = `Check the address type of ${balancer.id}.`;
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? { what, remedy };
        yield unsure(about, 'SCHEME_NOT_READ', { balancer: balancer.id }, missing, { evidence });
      } else {
        yield fails(about, 'PUBLIC', {
          params: { balancer: balancer.id, networkId: integration.link.networkId, target: target.name },
          evidence,
        });
      }
    }
  },
};
