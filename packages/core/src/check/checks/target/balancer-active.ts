import { fail, pass, unknown } from '../../../do/findings/say.js';
import { balancerEvidence } from '../../../do/findings/evidence.js';
import { backends } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';

export const balancerActive = defineCheck({
  id: 'target/balancer-active',
  severity: 'error',
  title: 'The load balancer exists and is active',
  about: 'A load balancer does not answer calls while it is being created or after it has failed.',
  codes: {
    BALANCER_NOT_READ: unknown('load balancer {id} is active'),
    BALANCER_ABSENT: fail(
      'load balancer {id} does not exist in {region} of account {account}',
      'Write an existing load balancer as the target {target}, or create {id}.',
    ),
    ACTIVE: pass('{name} is {state|active}'),
    NOT_ACTIVE: fail(
      '{name} is {state|not active} and does not answer calls',
      'Bring {name} into the state active, or write another load balancer as the target {target}.',
    ),
    STATE_NOT_READ: unknown('{name} is active'),
  },
  *run(input, say) {
    for (const { integration, target, about, backend } of backends(input)) {
      if (backend.kind !== 'balancer') continue;

      const { region } = integration.link;
      const { balancer: found, id } = backend;
      if (found.is === 'unknown') {
        yield say.BALANCER_NOT_READ(about, { id }, found.missing);
      } else if (found.is === 'absent') {
        yield say.BALANCER_ABSENT(
          about,
          { id, region: region.region.region, account: region.region.account, target: target.name },
          [{ kind: 'load balancer', id, text: 'does not exist' }],
        );
      } else {
        const balancer = found.value;
        const name = balancer.name || id;
        const evidence = () => [balancerEvidence(balancer)];
        if (balancer.active === true) {
          yield say.ACTIVE(about, { name, state: balancer.state }, evidence());
        } else if (balancer.active === false) {
          yield say.NOT_ACTIVE(about, { name, state: balancer.state, target: target.name }, evidence());
        } else {
          const missing = region.missing('loadBalancers', id) ?? {
            what: `the meaning of the state ${JSON.stringify(balancer.state ?? '')} of ${name}`,
            remedy: `Check the state of ${name} in the console of the cloud.`,
          };
          yield say.STATE_NOT_READ(about, { name }, missing, evidence());
        }
      }
    }
  },
});
