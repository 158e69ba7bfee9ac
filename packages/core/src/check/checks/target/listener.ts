import { fail, pass, unknown } from '../../../do/findings/say.js';
import { balancerEvidence, listenerEvidence } from '../../../do/findings/evidence.js';
import { listenersOf } from '../../path/balancers/backend.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { defineCheck } from '../define-check.js';

export const targetListener = defineCheck({
  id: 'target/listener',
  severity: 'error',
  title: 'The load balancer has a running listener on the port',
  about: 'A load balancer accepts connections only on the ports of its listeners.',
  codes: {
    LISTENER_NOT_READ: unknown('{balancer} listens on [port {port}|the named port]'),
    NO_LISTENER: fail(
      '{balancer} does not listen on [port {port}|the named port]; its listeners: {others|none}',
      '[if others: Write the port of one of its listeners, or create a listener for {balancerId} on this port|Create a listener for {balancerId}].',
    ),
    LISTENER_STOPPED: fail(
      'the listener {protocol} {port} of {balancer} is stopped',
      'Start the listener on port {port} of {balancerId}.',
    ),
    STATE_NOT_READ: unknown('the listener on port {port} of {balancer} is running'),
    LISTENS: pass('{balancer} listens on {protocol} {port}'),
  },
  *run(input, say) {
    for (const { integration, about, backend, balancer } of balancedTargets(input)) {
      const { region } = integration.link;
      const name = balancer.name || balancer.id;
      const found = backend.listener;
      const evidence = [balancerEvidence(balancer)];
      if (found.is === 'unknown') {
        const params = { balancer: name, port: backend.port };
        yield say.LISTENER_NOT_READ(about, params, found.missing, evidence);
        continue;
      }
      if (found.is === 'absent') {
        const others = listenersOf(region, backend.id);
        const texts = others.map(({ protocol, port }) => `${protocol} ${port}`);
        yield say.NO_LISTENER(
          about,
          { balancer: name, port: backend.port, others: texts, othersCount: others.length, balancerId: balancer.id },
          [...evidence, ...others.map((one) => listenerEvidence(one))],
        );
        continue;
      }

      const { id, protocol, port, state } = found.value;
      if (state === 'stopped') {
        const params = { protocol, port, balancer: name, balancerId: balancer.id };
        yield say.LISTENER_STOPPED(about, params, [listenerEvidence(found.value, 'stopped'), ...evidence]);
      } else if (state === 'other') {
        const remedy = `Check the listener on port ${port} of ${balancer.id} in the console.`;
        const missing = { what: `the state of ${id}`, remedy };
        yield say.STATE_NOT_READ(about, { port, balancer: name }, missing, [listenerEvidence(found.value)]);
      } else yield say.LISTENS(about, { balancer: name, protocol, port }, [listenerEvidence(found.value)]);
    }
  },
});
