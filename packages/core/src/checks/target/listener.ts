import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetListenerWords } from './words/listener.words.js';
import { balancerEvidence, listenerEvidence } from '../../findings/evidence.js';
import { listenersOf } from '../../network/balancers/backend.js';
import { balancedTargets } from '../../network/balancers/balancers.js';

const { fails, holds, unsure } = stating<(typeof targetListenerWords)['says']>();

/** `target/listener`. */
export const targetListener: Judgement = {
  id: 'target/listener',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const { integration, about, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const found = backend.listener;
      if (found.is === 'unknown') {
        said.push(
          unsure(
            about,
            'LISTENER_NOT_READ',
            { balancer: balancer.name || balancer.id, port: backend.port },
            found.missing,
            {
              evidence: [balancerEvidence(balancer)],
            },
          ),
        );
      } else if (found.is === 'absent') {
        const others = listenersOf(region, backend.id);
        said.push(
          fails(about, 'NO_LISTENER', {
            params: {
              balancer: balancer.name || balancer.id,
              port: backend.port,
              others: others.map(({ protocol, port }) => `${protocol} ${port}`),
              othersCount: others.length,
              balancerId: balancer.id,
            },
            evidence: [balancerEvidence(balancer), ...others.map((one) => listenerEvidence(one))],
          }),
        );
      } else if (found.value.state === 'stopped') {
        said.push(
          fails(about, 'LISTENER_STOPPED', {
            params: {
              protocol: found.value.protocol,
              port: found.value.port,
              balancer: balancer.name || balancer.id,
              balancerId: balancer.id,
            },
            evidence: [listenerEvidence(found.value, 'stopped'), balancerEvidence(balancer)],
          }),
        );
      } else if (found.value.state === 'other') {
        const { id, port } = found.value;
        const missing = {
          what: `the state of ${id}`,
          remedy: `Check the listener on port ${port} of ${balancer.id} in the console.`,
        };
        said.push(
          unsure(about, 'STATE_NOT_READ', { port, balancer: balancer.name || balancer.id }, missing, {
            evidence: [listenerEvidence(found.value)],
          }),
        );
      } else {
        said.push(
          holds(input, about, 'LISTENS', () => ({
            params: { balancer: balancer.name || balancer.id, protocol: found.value.protocol, port: found.value.port },
            evidence: [listenerEvidence(found.value)],
          })),
        );
      }
    }
    return said;
  },
};
