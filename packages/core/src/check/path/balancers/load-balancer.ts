import { loadBalancerReasons, type ListenerLack } from '../reasons/load-balancer.js';
import type { Listener, LoadBalancer } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import { accessControlStep } from '../acls/access-control.js';
import { carriesHttp, protocolMissing } from './listener-protocol.js';
import { answerText } from '../listener-rules/words.js';
import { rulesStep, forwardedTo, forwardingOf, unread, type Forwarding } from './forwarding.js';
import { rulesOf } from '../listener-rules/answers.js';
import { assumeHosts, type Call } from '../listener-rules/calls.js';
import { ruledBy, ruledSteps, type AnsweredListener } from './listener-rules.js';
import { failStep, passStep, unknownStep, type PathStep, type Way, type TracedStep } from '../model/step.js';
import type { World } from '../model/world.js';

const CHECK = 'path/load-balancer';

/** A load balancer that is called, its listener if known, and the calls: any, where they are not known. */
export interface CalledBalancer {
  readonly balancer: LoadBalancer;
  readonly listenerId: string | undefined;
  readonly calls?: readonly Call[] | undefined;
  /** Called with the facts of the spec's `assume` that rules are evaluated with. */
  readonly assumed?: CheckInput['assumed'] | undefined;
}

/**
 * What a load balancer does with a call that came to one of its addresses: its own state, the listener and who may call it, the
 * listener's rules, and a healthy target that it reaches.
 */
export function* balancerSteps(world: World, called: CalledBalancer, way: Way, depth = 0): Generator<TracedStep> {
  const { steps, forwarding, ruled } = listenerEntrance(world, called, way);
  for (const step of steps) yield { way, step };
  if (forwarding !== undefined) yield* forwardedSteps(world, called, forwarding, way, depth);
  if (ruled === undefined) return;

  yield* ruledSteps(ruled, way, (answer) => {
    const own = forwardingOf(world, ruled.listener, answer.actions);
    if ('check' in own) return [{ way, step: own }];

    const guard = rulesStep(answer.actions, ruled.listener.id, answerText(answer));
    const handed = forwardedSteps(world, called, own, way, depth);
    return guard === undefined ? handed : [{ way, step: guard }, ...handed];
  });
}

/** The steps of a call that a load balancer forwards to some groups. */
function forwardedSteps(
  world: World,
  called: Omit<CalledBalancer, 'listenerId'>,
  forwarding: Forwarding,
  way: Way,
  depth = 0,
): Iterable<TracedStep> {
  return forwardedTo(world, called.balancer, forwarding, way, (balancer, nested, at = world) =>
    depth > 2
      ? [{ way: nested, step: tooDeep(balancer) }]
      : balancerSteps(at, { ...called, balancer, listenerId: undefined }, nested, depth + 1),
  );
}

/** What a load balancer does with a call before one of its targets gets it. */
export interface ListenerEntrance {
  readonly steps: readonly PathStep[];
  /** Where no rule matters: the groups that it forwards the call to, the same for all listeners with the same ones. */
  readonly forwarding?: Forwarding | undefined;
  /** Where rules matter: their result for the calls. */
  readonly ruled?: AnsweredListener | undefined;
}

/**
 * What a load balancer does with a call before one of its targets gets it. Neither `forwarding` nor `ruled` is
 * set where it forwards the call to no target, or where the targets are unknown.
 */
function listenerEntrance(
  world: World,
  { balancer, listenerId, calls, assumed }: CalledBalancer,
  way: Way,
): ListenerEntrance {
  const state = stateStep(world, balancer);
  const listener = listenerOf(world, balancer, listenerId, way.port);
  const first = 'check' in listener ? listener : listenerStep(balancer, listener);
  const steps = state === undefined ? [first] : [state, first];
  if ('check' in listener) return { steps };

  if (listener.accessControl !== undefined) {
    steps.push(accessControlStep(listener, way.from, world.index.missing('listeners', listener.id)));
  }
  const { actions } = listener;
  const what = { kind: 'listener', id: listener.id };
  const unsure = unsureOf(balancer, listener);
  if (unsure !== undefined) steps.push(unknownStep(CHECK, 'listener', what, unsure));
  if (actions === undefined) {
    const missing = world.index.missing('listeners', listener.id) ?? unread(`the actions of ${listener.id}`);
    return { steps: [...steps, unknownStep(CHECK, 'listener', what, missing)] };
  }

  const rules = rulesOf(world.index, balancer, listener);
  if (!('length' in rules)) return { steps: [...steps, unknownStep(CHECK, 'listener', what, rules)] };

  if (calls !== undefined && assumed !== undefined) assumeHosts({ assumed }, calls, rules);
  const ruled = rules.length === 0 ? undefined : ruledBy(world, listener, rules, calls, way.from.span);
  if (ruled !== undefined) return { steps, ruled };

  const guard = rulesStep(actions, listener.id, `the listener on port ${listener.port} of ${balancer.name}`);
  if (guard !== undefined) steps.push(guard);
  const forwarding = forwardingOf(world, listener, actions);
  return 'check' in forwarding ? { steps: [...steps, forwarding] } : { steps, forwarding };
}

/** Load balancers that forward to each other, or a chain that is too long to be intended. */
function tooDeep({ id, name }: LoadBalancer): PathStep {
  const missing = {
    what: `the path of calls through ${name}, behind three other load balancers,`,
    remedy: `Check the targets of ${name}: the load balancers may forward to each other in a loop.`,
  };
  return unknownStep(CHECK, 'load balancer', { kind: 'load balancer', id }, missing);
}

function stateStep(world: World, { id, name, active, state }: LoadBalancer): PathStep | undefined {
  if (active === true) return undefined;

  const what = { kind: 'load balancer', id };
  if (active === undefined) {
    const gap = world.index.missing('loadBalancers', id);
    if (gap !== undefined) return unknownStep(CHECK, 'load balancer', what, gap);

    return unknownStep(CHECK, 'load balancer', what, {
      what: state === undefined ? `the state of ${name}` : `the availability of ${name} in the state ${state}`,
      remedy: `Check ${name} in the console of the cloud.`,
    });
  }

  return failStep(CHECK, 'load balancer', () => ({
    ...what,
    text: `is ${state ?? 'not active'}`,
    code: 'BAD_STATE',
    ...loadBalancerReasons.BALANCER_NOT_ACTIVE({ balancer: name, state }),
  }));
}

function listenerOf(
  world: World,
  balancer: LoadBalancer,
  listenerId: string | undefined,
  port: number,
): Listener | PathStep {
  const { index } = world;
  const named = listenerId === undefined ? undefined : index.find('listeners', listenerId);
  const all = (): readonly Listener[] =>
    index.group('listeners', 'load balancer', ({ loadBalancerId }) => [loadBalancerId]).get(balancer.id) ?? [];
  const listener =
    named?.is === 'found' ? named.value : all().find((one) => one.port === port && carriesHttp(one.protocol) !== 'no');
  const what = { kind: 'load balancer', id: balancer.id };
  if (listener === undefined) {
    const missing = index.missing('listeners');
    if (missing !== undefined) return unknownStep(CHECK, 'listener', what, missing);

    const has =
      all()
        .map((one) => `${one.protocol} ${one.port}`)
        .join(', ') || 'none';
    return noListener(balancer, port, `no listener on port ${port}; it has ${has}`, { has });
  }
  if (listener.port !== port) {
    const text = `${listener.id} listens on port ${listener.port}, not ${port}`;
    return noListener(balancer, port, text, { listener: listener.id, listenerPort: listener.port });
  }
  if (carriesHttp(listener.protocol) === 'no') {
    const text = `the protocol of the listener on port ${port} is ${listener.protocol}, which does not carry HTTP`;
    return noListener(balancer, port, text, { protocol: listener.protocol });
  }
  if (listener.state === 'stopped') {
    return noListener(balancer, port, `the listener on port ${port} is stopped`, { state: listener.state });
  }

  return listener;
}

function noListener({ id, name }: LoadBalancer, port: number, text: string, lack: ListenerLack): PathStep {
  return failStep(CHECK, 'listener', () => ({
    kind: 'load balancer',
    id,
    text,
    code: 'ELBV2_LISTENERS_MISMATCH',
    ...loadBalancerReasons.NO_LISTENER({ balancer: name, port, ...lack }),
  }));
}

/**
 * Why it cannot be determined whether a listener takes calls: its protocol is in no table, it is neither running nor stopped, or it
 * requires a client certificate that the gateway may not have.
 */
function unsureOf({ kind }: LoadBalancer, { id, state, clientCertificates, protocol }: Listener): Missing | undefined {
  if (carriesHttp(protocol) === 'unknown') return protocolMissing(protocol, id);
  if (state === 'other') {
    return {
      what: `the state of ${id}, which is neither running nor stopped,`,
      remedy: `Check ${id} in the console of the cloud, and run the check again when it is running.`,
    };
  }
  if (clientCertificates !== 'required') return undefined;

  const what = `the client certificate of the gateway, which ${id} requires,`;
  if (kind !== 'classic')
    return {
      what,
      remedy: `Follow the finding of target/certificate about ${id}: it names which gateways present a client certificate.`,
    };

  return {
    what,
    remedy: `Remove the CA certificate from ${id}, or declare a listener without one: it is not documented that the gateway sends a client certificate.`,
  };
}

function listenerStep(_balancer: LoadBalancer, { id, protocol, port }: Listener): PathStep {
  return passStep(CHECK, 'listener', () => ({ kind: 'listener', id, text: `${protocol} ${port}` }));
}
