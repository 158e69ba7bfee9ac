import type { Check } from '../../findings/check.js';
import { aboutTarget } from '../../findings/about.js';
import { balancerEvidence, listenerEvidence } from '../../findings/evidence.js';
import { listenerOf, listenersOf } from '../../network/balancers/backend.js';
import { fails, holds, unsure } from '../../findings/outcome.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

/** `target/listener`. */
export const targetListener: Check = {
  id: 'target/listener',
  title: 'The load balancer listens on the port, and the listener runs',
  severity: 'error',
  about:
    'A load balancer answers on the ports of its listeners only. On Alibaba Cloud a listener of a CLB instance can be stopped, and ' +
    'then answers nobody.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html',
    'https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/listener-overview',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      const about = aboutTarget(integration, target);
      const { region } = integration.link;
      const found = listenerOf(region, target, backend);
      if (found.is === 'unknown') {
        yield unsure(
          about,
          `${balancer.name || balancer.id} listens on port ${backend.port ?? 'named'}`,
          found.missing,
          {
            evidence: [balancerEvidence(balancer)],
          },
        );
      } else if (found.is === 'absent') {
        const others = listenersOf(region, backend.id);
        const has = others.map(({ protocol, port }) => `${protocol} ${port}`).join(', ');
        yield fails(about, {
          message: `${balancer.name || balancer.id} does not listen on port ${backend.port ?? 'named'}; it has ${has || 'no listener'}`,
          evidence: [balancerEvidence(balancer), ...others.map((one) => listenerEvidence(one))],
          remedy:
            others.length === 0
              ? `Give ${balancer.id} a listener.`
              : `Write a port that it listens on, or give ${balancer.id} a listener on this one.`,
        });
      } else if (found.value.state === 'stopped') {
        yield fails(about, {
          message: `the listener ${found.value.protocol} ${found.value.port} of ${balancer.name || balancer.id} is stopped`,
          evidence: [listenerEvidence(found.value, 'stopped'), balancerEvidence(balancer)],
          remedy: `Start the listener on port ${found.value.port} of ${balancer.id}.`,
        });
      } else if (found.value.state === 'other') {
        const { id, port } = found.value;
        const missing = {
          what: `the state of ${id}`,
          remedy: `Look at port ${port} of ${balancer.id} in the console.`,
        };
        const whether = `the listener on port ${port} of ${balancer.name || balancer.id} runs`;
        yield unsure(about, whether, missing, { evidence: [listenerEvidence(found.value)] });
      } else {
        yield holds(input, about, () => ({
          message: `${balancer.name || balancer.id} listens on ${found.value.protocol} ${found.value.port}`,
          evidence: [listenerEvidence(found.value)],
        }));
      }
    }
  },
};
