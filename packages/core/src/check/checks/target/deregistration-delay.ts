import { aboutTarget } from '../../../do/findings/about.js';
import type { Outcome } from '../../../do/findings/check.js';
import { type Say, COUNTED } from '../../../do/findings/say-text.js';
import { part } from '../../../do/findings/subject.js';
import type { Listener, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing } from '../../../do/world/views.js';
import { fewText } from '../../../ground/text/few-text.js';
import type { Answered, BalancedTarget } from '../../path/balancers/balanced-target.js';
import { balancedTargets } from '../../path/balancers/balancers.js';
import { groupsBehind } from '../../path/balancers/backend.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import { nameOfGroup } from '../../path/balancers/group-health.js';
import { groupsAnswering, whatAnswers } from '../../path/balancers/what-answers.js';
import { defineCheck } from '../define-check.js';
import { timeoutOf, timeText, type RouteTimeout } from '../gateway/route-timeout.js';

/** `target/deregistration-delay`. */
export const targetDeregistrationDelay = defineCheck({
  id: 'target/deregistration-delay',
  severity: 'warning',
  title: 'The deregistration delay of a target group is not shorter than the timeouts of its routes',
  about:
    'A deployment deregisters targets. A deregistered target has the deregistration delay of its target group ' +
    'to answer the calls that it has. The delay is compared with the timeout of each route whose calls reach ' +
    'the group: the declared one, else that of the live route, else the default of the gateway.',
  codes: ['DELAY_NOT_READ', 'TIMEOUT_NOT_READ', 'DELAY_TOO_SHORT', 'CONNECTIONS_KEPT', 'DELAY_FITS'],
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

function* ofListener(say: Say, input: CheckInput, called: Called): Iterable<Outcome> {
  const { at, listener } = called;
  const answered = whatAnswers(input, at, listener);
  if (!('length' in answered)) {
    yield say.unknown(at.about, 'DELAY_NOT_READ', { balancer: at.balancer.name }, answered, whether);
    return;
  }
  for (const { id, found } of groupsAnswering(at, listener, answered).groups) {
    if (found.is === 'unknown') yield notRead(say, at, id);
    else if (found.is === 'found' && found.value.kind !== 'lambda')
      yield ofGroup(say, input, called, answered, found.value);
  }
}

function ofGroup(
  say: Say,
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
  const [first] = longer;
  if (first === undefined) {
    return say.pass(
      about,
      'DELAY_FITS',
      () => ({ group: name, delayMs }),
      (p) => ({
        message: `a deregistered target of ${p.group} has ${timeText(p.delayMs)} to answer its calls`,
        evidence,
      }),
    );
  }
  const sure = longer.filter(({ unread }) => unread === undefined);
  if (sure.length === 0) {
    return say.unknown(about, 'TIMEOUT_NOT_READ', { group: name, delayMs, key: first.key }, first.unread, (p) => ({
      whether: `${p.key} waits longer than the ${timeText(p.delayMs)} that a deregistered target of ${p.group} has`,
      evidence,
    }));
  }
  if (isClosed === undefined) return notRead(say, at, group.id);
  const params: TooShort = {
    group: name,
    delayMs,
    routes: sure.map(({ key }) => key),
    timeoutMs: Math.max(...sure.map(({ timeoutMs }) => timeoutMs)),
    balancer: balancer.name || balancer.id,
    isAnswered: balancer.kind === 'application',
    isClosed,
    isFixed: group.kind === 'load-balancer',
  };
  return say.fail(about, isClosed ? 'DELAY_TOO_SHORT' : 'CONNECTIONS_KEPT', params, (p) => ({
    message: messageOf(p),
    remedy: remedyOf(p),
    evidence,
    severity: p.isClosed ? undefined : 'note',
  }));
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

function notRead(say: Say, { integration, target }: BalancedTarget, id: string): Outcome {
  const name = nameOfGroup(id);
  const about = aboutTarget(integration, target, part('target group', id, name));
  const missing = integration.link.region.missing('targetGroups', id);
  return say.unknown(about, 'DELAY_NOT_READ', { group: name }, missing ?? attributesMissing(name), whether);
}

function attributesMissing(name: string): Missing {
  const permission = 'elasticloadbalancing:DescribeTargetGroupAttributes';
  return {
    what: `the attributes of ${name}`,
    remedy: `Allow ${permission} for these credentials, then take the snapshot again.`,
    permission,
  };
}

function whether(p: { readonly group?: string; readonly balancer?: string }): string {
  return `a deregistered target of ${p.group ?? p.balancer} has as much time to answer its calls as their routes wait`;
}

/** The facts of a delay that is too short. */
interface TooShort {
  readonly group: string;
  readonly delayMs: number;
  readonly routes: readonly string[];
  /** The longest of these routes. */
  readonly timeoutMs: number;
  readonly balancer: string;
  readonly isAnswered: boolean;
  readonly isClosed: boolean;
  readonly isFixed: boolean;
}

function messageOf({ group, delayMs, routes, timeoutMs, balancer, isAnswered, isClosed }: TooShort): string {
  const wait = `${fewText(routes, 3, ' and ')} ${routes.length === 1 ? 'waits' : 'wait up to'} ${timeText(timeoutMs)}`;
  const end = !isClosed
    ? `${balancer} keeps connections of calls that take longer, but the target may be terminated`
    : isAnswered
      ? `${balancer} answers calls that take longer with the status 502`
      : `${balancer} closes connections of calls that take longer`;
  return `a deregistered target of ${group} has ${timeText(delayMs)} to answer its calls, and ${wait}: ${end}`;
}

/** The attributes of a group whose target is a load balancer cannot be changed; a timeout of 0 cannot be declared. */
function remedyOf({ group, delayMs, routes, timeoutMs, isFixed }: TooShort): string {
  const timeout = `a timeout of at most ${timeText(delayMs)} for ${fewText(routes)}`;
  if (isFixed) return `Write ${timeout}.`;
  const set = `Set deregistration_delay.timeout_seconds of ${group} to ${Math.ceil(timeoutMs / 1000)} or more`;
  return delayMs === 0 ? `${set}.` : `${set}, or write ${timeout}.`;
}
