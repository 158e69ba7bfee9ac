import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { balancerActiveWords } from './words/balancer-active.words.js';
import { balancerEvidence } from '../../findings/evidence.js';
import { backends } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof balancerActiveWords)['says']>();

/** `target/balancer-active`. */
export const balancerActive: Judgement = {
  id: 'target/balancer-active',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const { integration, target, about, backend } of backends(input)) {
      if (backend.kind !== 'balancer') continue;
      const { region } = integration.link;
      const { balancer: found, id } = backend;
      if (found.is === 'unknown') {
        said.push(unsure(about, 'BALANCER_NOT_READ', { id }, found.missing));
      } else if (found.is === 'absent') {
        said.push(
          fails(about, 'BALANCER_ABSENT', {
            params: { id, region: region.region.region, account: region.region.account, target: target.name },
            evidence: [{ kind: 'load balancer', id, text: 'does not exist' }],
          }),
        );
      } else {
        const balancer = found.value;
        const name = balancer.name || id;
        const evidence = () => [balancerEvidence(balancer)];
        if (balancer.active === true) {
          said.push(
            holds(input, about, 'ACTIVE', () => ({
              params: { name, state: balancer.state },
              evidence: evidence(),
            })),
          );
        } else if (balancer.active === false) {
          said.push(
            fails(about, 'NOT_ACTIVE', {
              params: { name, state: balancer.state, target: target.name },
              evidence: evidence(),
            }),
          );
        } else {
          const missing = region.missing('loadBalancers', id) ?? {
            what: `the meaning of the state ${JSON.stringify(balancer.state ?? '')} of ${name}`,
            remedy: `Check the state of ${name} in the console of the cloud.`,
          };
          said.push(unsure(about, 'STATE_NOT_READ', { name }, missing, { evidence: evidence() }));
        }
      }
    }
    return said;
  },
};
