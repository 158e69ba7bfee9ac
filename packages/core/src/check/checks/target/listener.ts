import { balancerEvidence, listenerEvidence } from '../../../do/findings/evidence.js';
import { listenersOf } from '../../path/balancers/backend.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';

/** `target/listener`. */
export const targetListener = defineCheck({
  id: 'target/listener',
  severity: 'error',
  title: 'The load balancer has a running listener on the port',
  about: 'A load balancer accepts connections only on the ports of its listeners.',
  codes: ['LISTENER_NOT_READ', 'NO_LISTENER', 'LISTENER_STOPPED', 'STATE_NOT_READ', 'LISTENS'],
  *run(input, say) {
    for (const { integration, about, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const found = backend.listener;
      if (found.is === 'unknown') {
        yield say.unknown(
          about,
          'LISTENER_NOT_READ',
          { balancer: balancer.name || balancer.id, port: backend.port },
          found.missing,
          (p) => ({ whether: `${p.balancer} listens on ${portText(p.port)}`, evidence: [balancerEvidence(balancer)] }),
        );
      } else if (found.is === 'absent') {
        const others = listenersOf(region, backend.id);
        yield say.fail(
          about,
          'NO_LISTENER',
          {
            balancer: balancer.name || balancer.id,
            port: backend.port,
            others: others.map(({ protocol, port }) => `${protocol} ${port}`),
            othersCount: others.length,
            balancerId: balancer.id,
          },
          (p) => ({
            message: `${p.balancer} does not listen on ${portText(p.port)}; its listeners: ${p.others.join(', ') || 'none'}`,
            remedy:
              p.othersCount === 0
                ? `Create a listener for ${p.balancerId}.`
                : `Write the port of one of its listeners, or create a listener for ${p.balancerId} on this port.`,
            evidence: [balancerEvidence(balancer), ...others.map((one) => listenerEvidence(one))],
          }),
        );
      } else if (found.value.state === 'stopped') {
        yield say.fail(
          about,
          'LISTENER_STOPPED',
          {
            protocol: found.value.protocol,
            port: found.value.port,
            balancer: balancer.name || balancer.id,
            balancerId: balancer.id,
          },
          (p) => ({
            message: `the listener ${p.protocol} ${p.port} of ${p.balancer} is stopped`,
            remedy: `Start the listener on port ${p.port} of ${p.balancerId}.`,
            evidence: [listenerEvidence(found.value, 'stopped'), balancerEvidence(balancer)],
          }),
        );
      } else if (found.value.state === 'other') {
        const { id, port } = found.value;
        const missing = {
          what: `the state of ${id}`,
          remedy: `Check the listener on port ${port} of ${balancer.id} in the console.`,
        };
        yield say.unknown(about, 'STATE_NOT_READ', { port, balancer: balancer.name || balancer.id }, missing, (p) => ({
          whether: `the listener on port ${p.port} of ${p.balancer} is running`,
          evidence: [listenerEvidence(found.value)],
        }));
      } else {
        yield say.pass(
          about,
          'LISTENS',
          () => ({ balancer: balancer.name || balancer.id, protocol: found.value.protocol, port: found.value.port }),
          (p) => ({
            message: `${p.balancer} listens on ${p.protocol} ${p.port}`,
            evidence: [listenerEvidence(found.value)],
          }),
        );
      }
    }
  },
});

/** `port 443`, or `the named port` if the spec names no number. */
function portText(port: number | undefined): string {
  return port === undefined ? 'the named port' : `port ${port}`;
}
