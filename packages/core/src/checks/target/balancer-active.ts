import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { backends } from '../../network/balancers/balancers.js';

/** `target/balancer-active`. */
export const balancerActive: Check = {
  id: 'target/balancer-active',
  title: 'The load balancer is there, and active',
  severity: 'error',
  about:
    'A load balancer that is being made, has failed, or (on Alibaba Cloud) is stopped or locked answers nobody. `active_impaired` of AWS ' +
    'still answers. A CLB instance that an authorisation names may be gone: then the authorisation leads nowhere.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describeloadbalancerattribute',
  ],
  *run(input) {
    for (const { integration, target, backend } of backends(input)) {
      if (backend.kind !== 'balancer') continue;
      const about = aboutTarget(integration, target);
      const { region } = integration.link;
      const { balancer: found, id } = backend;
      if (found.is === 'unknown') {
        yield unsure(about, `load balancer ${id} is active`, found.missing);
      } else if (found.is === 'absent') {
        yield fails(about, {
          message: `there is no load balancer ${id} in ${region.region.region} of account ${region.region.account}`,
          evidence: [{ kind: 'load balancer', id, text: 'does not exist' }],
          remedy: `Write a load balancer that exists as the target ${target.name}, or make ${id}.`,
        });
      } else {
        const balancer = found.value;
        const name = balancer.name || id;
        const evidence = () => [balancerEvidence(balancer)];
        if (balancer.active === true) {
          yield holds(input, about, () => ({
            message: `${name} is ${balancer.state ?? 'active'}`,
            evidence: evidence(),
          }));
        } else if (balancer.active === false) {
          yield fails(about, {
            message: `${name} is ${balancer.state ?? 'not active'} and answers nobody`,
            evidence: evidence(),
            remedy: `Bring ${name} back to work, or write another load balancer as the target ${target.name}.`,
          });
        } else {
          const missing = region.missing('loadBalancers', id) ?? {
            what: `what ${JSON.stringify(balancer.state ?? '')}, the state of ${name}, means`,
            remedy: `Look at ${name} in the cloud's console.`,
          };
          yield unsure(about, `${name} is active`, missing, { evidence: evidence() });
        }
      }
    }
  },
};
