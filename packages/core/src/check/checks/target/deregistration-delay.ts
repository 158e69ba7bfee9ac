import { COUNTED, fail, pass, unknown, type Say } from '../../../do/findings/say.js';
import { aboutTarget, part } from '../../../do/findings/subject.js';
import type { Outcome } from '../../../do/findings/check.js';
import type { Listener, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import { fewText } from '../../../ground/text/quantities.js';
import { type Answered, type BalancedTarget, balancedTargets } from '../../path/balancers/balancers.js';
import { groupsBehind } from '../../path/balancers/backend.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { nameOfGroup } from '../../path/balancers/group-health.js';
import { groupsAnswering, whatAnswers } from '../../path/balancers/target-zones.js';
import { defineCheck } from '../define-check.js';
import { timeoutOf, timeText, type RouteTimeout } from '../gateway/route-findings.js';

/** The attributes of a group whose target is a load balancer cannot be changed; a timeout of 0 cannot be declared. */
const REMEDY = [
  'if isFixed: Write a timeout of at most {delay} for {routes:few}.',
  'Set deregistration_delay.timeout_seconds of {group} to {seconds} or more[, or write a timeout of at most {atMost} for {routes:few}].',
] as const;

const CODES = {
  DELAY_NOT_READ: unknown('a deregistered target of {group} has as much time to answer its calls as their routes wait'),
  TIMEOUT_NOT_READ: unknown('{key} waits longer than the {delay} that a deregistered target of {group} has'),
  DELAY_TOO_SHORT: fail(
    'a deregistered target of {group} has {delay} to answer its calls, and {waiting} {routes?waits:wait up to} {timeout}: {balancer} {isAnswered?answers calls that take longer with the status 502:closes connections of calls that take longer}',
    REMEDY,
  ),
  CONNECTIONS_KEPT: fail(
    'a deregistered target of {group} has {delay} to answer its calls, and {waiting} {routes?waits:wait up to} {timeout}: {balancer} keeps connections of calls that take longer, but the target may be terminated',
    REMEDY,
    'note',
  ),
  DELAY_FITS: pass('a deregistered target of {group} has {delay} to answer its calls'),
};

export const targetDeregistrationDelay = defineCheck({
  id: 'target/deregistration-delay',
  severity: 'warning',
  title: 'The deregistration delay of a target group is not shorter than the timeouts of its routes',
  about:
    'A deployment deregisters targets. A deregistered target has the deregistration delay of its target group ' +
    'to answer the calls that it has. The delay is compared with the timeout of each route whose calls reach ' +
    'the group: the declared one, else that of the live route, else the default of the gateway.',
  codes: CODES,
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      if (one.balancer.kind === 'classic') continue;

      const waits = waitsOf(one);
      if (waits.length === 0) continue;

      for (const { at, listener } of calledListeners(one)) yield* ofListener(say, input, { at, listener, waits });
    }
  },
});

/** A route of a target, with its timeout. */
interface Wait extends RouteTimeout {
  readonly key: string;
}

/** The calls that come to a listener. */
interface Called {
  readonly at: BalancedTarget;
  readonly listener: Listener;
  readonly waits: readonly Wait[];
}

function waitsOf({ integration, target }: BalancedTarget): readonly Wait[] {
  return target.routeKeys.flatMap((key) => {
    const timeout = timeoutOf(integration, key);
    return timeout === undefined ? [] : [{ key, ...timeout }];
  });
}

function* ofListener(say: Say<typeof CODES>, input: CheckInput, called: Called): Iterable<Outcome> {
  const { at, listener } = called;
  const answered = whatAnswers(input, at, listener);
  if (!('length' in answered)) {
    const { name: balancer } = at.balancer;
    yield say.DELAY_NOT_READ(at.about, { balancer }, answered, { words: { group: balancer } });
    return;
  }

  for (const { id, found } of groupsAnswering(at, listener, answered).groups) {
    if (found.is === 'unknown') yield notRead(say, at, id);
    else if (found.is === 'found' && found.value.kind !== 'lambda')
      yield ofGroup(say, input, called, answered, found.value);
  }
}

function ofGroup(
  say: Say<typeof CODES>,
  { passes }: CheckInput,
  called: Called,
  answered: readonly Answered[],
  group: TargetGroup,
): Outcome {
  const { at } = called;
  const { integration, target, balancer } = at;
  const { deregistrationDelayMs: delayMs, closesAfterDelay: isClosed } = group;
  if (delayMs === undefined) return notRead(say, at, group.id);

  const longer = longerWaits(called, answered, group.id, delayMs);
  if (longer.length === 0 && !passes) return COUNTED;

  const name = group.name ?? nameOfGroup(group.id);
  const about = aboutTarget(integration, target, part('target group', group.id, name));
  const evidence = [{ kind: 'target group', id: group.id, text: `${name}: deregistration delay ${timeText(delayMs)}` }];
  const on = { group: name, delayMs };
  const delay = timeText(delayMs);
  const [first] = longer;
  if (first === undefined) return say.DELAY_FITS(about, on, { evidence, words: { delay } });

  const sure = longer.filter(({ unread }) => unread === undefined);
  if (sure.length === 0)
    return say.TIMEOUT_NOT_READ(about, { ...on, key: first.key }, first.unread, { evidence, words: { delay } });
  if (isClosed === undefined) return notRead(say, at, group.id);

  const routes = sure.map(({ key }) => key);
  const timeoutMs = Math.max(...sure.map((one) => one.timeoutMs));
  const params = {
    ...on,
    routes,
    timeoutMs,
    balancer: balancer.name || balancer.id,
    isAnswered: balancer.kind === 'application',
    isClosed,
    isFixed: group.kind === 'load-balancer',
  };
  const words = {
    delay,
    waiting: fewText(routes, 3, ' and '),
    timeout: timeText(timeoutMs),
    seconds: Math.ceil(timeoutMs / 1000),
    atMost: delayMs > 0 && delay,
  };
  return say[isClosed ? 'DELAY_TOO_SHORT' : 'CONNECTIONS_KEPT'](about, params, { evidence, words });
}

/** The routes that wait longer than a time, of those whose calls a listener sends to a group. */
function longerWaits(
  { at, listener, waits }: Called,
  answered: readonly Answered[],
  id: string,
  delayMs: number,
): readonly Wait[] {
  const longer = waits.filter(({ timeoutMs }) => timeoutMs > delayMs);
  if (longer.length === 0) return longer;

  const { region } = at.integration.link;
  const reaching = answered.filter(({ answers }) =>
    groupsBehind(region, listener, answers).groups.some((group) => group.id === id),
  );
  const keys = new Set(reaching.map(({ call }) => call.route));
  return longer.filter(({ key }) => keys.has(key));
}

function notRead(say: Say<typeof CODES>, { integration, target }: BalancedTarget, id: string): Outcome {
  const name = nameOfGroup(id);
  const about = aboutTarget(integration, target, part('target group', id, name));
  const missing = integration.link.region.missing('targetGroups', id);
  return say.DELAY_NOT_READ(about, { group: name }, missing ?? attributesMissing(name));
}

function attributesMissing(name: string): Missing {
  const permission = 'elasticloadbalancing:DescribeTargetGroupAttributes';
  return {
    what: `the attributes of ${name}`,
    remedy: `Allow ${permission} for these credentials, then take the snapshot again.`,
    permission,
  };
}
