import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

/** `target/intranet`. */
export const targetIntranet: Check = {
  id: 'target/intranet',
  title: 'The CLB instance is an internal one',
  severity: 'error',
  about:
    'An authorisation leads to ECS instances and to internal CLB instances only. One that faces the internet has no address in the ' +
    'VPC, and calls to it fail. (A load balancer of AWS that faces the internet can be called: see `target/exposed`.)',
  sources: ['https://www.alibabacloud.com/help/doc-detail/179362.htm'],
  *run(input) {
    for (const { integration, target, balancer } of balancedTargets(input)) {
      if (balancer.kind !== 'classic') continue;
      const about = aboutTarget(integration, target);
      const evidence = [balancerEvidence(balancer)];
      if (balancer.scheme === 'internal') {
        yield holds(input, about, () => ({ message: `${balancer.id} is an internal CLB instance`, evidence }));
      } else if (balancer.scheme === undefined) {
        const what = `whether ${balancer.id} is an internal CLB instance`;
        const remedy = `Look at the address type of ${balancer.id}.`;
        const missing = integration.link.region.missing('loadBalancers', balancer.id) ?? { what, remedy };
        yield unsure(about, `${balancer.id} is an internal CLB instance`, missing, { evidence });
      } else {
        yield fails(about, {
          message: `${balancer.id} faces the internet and has no address in the VPC`,
          evidence,
          remedy: `Write an internal CLB instance of ${integration.link.networkId ?? 'the VPC'} as the target ${target.name}.`,
        });
      }
    }
  },
};
