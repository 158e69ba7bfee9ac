import { balancerEvidence } from '../../../do/findings/evidence.js';
import { backends } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';

/** `target/balancer-active`. */
export const balancerActive = defineCheck({
  id: 'target/balancer-active',
  severity: 'error',
  title: 'The load balancer exists and is active',
  about: 'A load balancer does not answer calls while it is being created or after it has failed.',
  codes: ['BALANCER_NOT_READ', 'BALANCER_ABSENT', 'ACTIVE', 'NOT_ACTIVE', 'STATE_NOT_READ'],
  *run(input, say) {
    for (const { integration, target, about, backend } of backends(input)) {
      if (backend.kind !== 'balancer') continue;
      const { region } = integration.link;
      const { balancer: found, id } = backend;
      if (found.is === 'unknown') {
        yield say.unknown(about, 'BALANCER_NOT_READ', { id }, found.missing, (p) => `load balancer ${p.id} is active`);
      } else if (found.is === 'absent') {
        yield say.fail(
          about,
          'BALANCER_ABSENT',
          { id, region: region.region.region, account: region.region.account, target: target.name },
          (p) => ({
            message: `load balancer ${p.id} does not exist in ${p.region} of account ${p.account}`,
            remedy: `Write an existing load balancer as the target ${p.target}, or create ${p.id}.`,
            evidence: [{ kind: 'load balancer', id, text: 'does not exist' }],
          }),
        );
      } else {
        const balancer = found.value;
        const name = balancer.name || id;
        const evidence = () => [balancerEvidence(balancer)];
        if (balancer.active === true) {
          yield say.pass(
            about,
            'ACTIVE',
            () => ({ name, state: balancer.state }),
            (p) => ({ message: `${p.name} is ${p.state ?? 'active'}`, evidence: evidence() }),
          );
        } else if (balancer.active === false) {
          yield say.fail(about, 'NOT_ACTIVE', { name, state: balancer.state, target: target.name }, (p) => ({
            message: `${p.name} is ${p.state ?? 'not active'} and does not answer calls`,
            remedy: `Bring ${p.name} into the state active, or write another load balancer as the target ${p.target}.`,
            evidence: evidence(),
          }));
        } else {
          const missing = region.missing('loadBalancers', id) ?? {
            what: `the meaning of the state ${JSON.stringify(balancer.state ?? '')} of ${name}`,
            remedy: `Check the state of ${name} in the console of the cloud.`,
          };
          yield say.unknown(about, 'STATE_NOT_READ', { name }, missing, (p) => ({
            whether: `${p.name} is active`,
            evidence: evidence(),
          }));
        }
      }
    }
  },
});
