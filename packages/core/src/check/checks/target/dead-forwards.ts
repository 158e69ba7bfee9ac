import { part, aboutTarget, ofRoutes } from '../../../do/findings/subject.js';
import type { Listener, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput, Found, Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { handsOn, losesSome, type RuleAnswer } from '../../path/listener-rules/answers.js';
import { areInTransition, noMembers, settling } from '../../path/balancers/registrars.js';
import { partText, sharesOf } from '../../path/listener-rules/deciding.js';
import { answersIn } from '../../path/balancers/target-zones.js';
import type { Answered, BalancedTarget } from '../../path/balancers/balancers.js';
import type { Call } from '../../path/listener-rules/calls.js';
import { becauseOf } from '../../path/reasons/reason.js';
import type { NoMembers } from '../../path/reasons/target-health.js';
import { causeFor } from '../path/outcomes.js';
import { callText, listenerRuleText } from '../../path/listener-rules/words.js';
import { missingEvidence, fail, undecided, unknown, type Say } from '../../../do/findings/say.js';
import { groupEvidence, healthMissing, nameOfGroup, stateOf, wordMissing } from '../../path/balancers/group-health.js';
import type { Outcome } from '../../../do/findings/check.js';

export const DEAD_FORWARDS_CODES = {
  FORWARD_NOT_READ: unknown(
    '[{part} of the ]calls of {routes} [that match {match} of|to] {protocol} {port} of {balancer} reach a healthy target of {names:and}',
  ),
  FORWARD_DEAD: fail(
    '[{part} of the ]calls of {routes} [that match {match} of|to] {protocol} {port} of {balancer} reach no healthy target: [if ruleText: the rule|the default action] forwards to {names:and}[if isAnswered: , although the targets of {names:and} answer][; {unregistered}][; health checks do not reach them: {because}]',
    [
      '{fix}',
      '[if isAnswered: Change the health check of {names:and} to accept the status code that its targets return|if isEmpty: Register a target in {names:and} that passes its health check|Make a target of {names:and} pass its health check][if part: , or set the weight of {names:and} to 0|, or add a rule before it that forwards these calls to another target group].',
    ],
  ),
  FORWARD_MAYBE_DEAD: undecided(
    'cannot determine whether calls of {routes} match {ruleText|no rule} of {protocol} {port} of {balancer}: those that do reach no healthy target of {names:and}[if isAnswered: , although the targets answer][; {unregistered}][; health checks do not reach them: {because}]',
    [
      '{fix}',
      '[if isAnswered: Change the health check of {names:and} to accept the status code that its targets return|if isEmpty: Register a target in {names:and} that passes its health check|Make a target of {names:and} pass its health check][if part: , or set the weight of {names:and} to 0|, or add a rule before it that forwards all calls of {routes} by their path].',
    ],
  ),
};

/**
 * The single forwards without a healthy target, of a listener that has a healthy target behind another forward: a rule that
 * calls of the integration match, or one of several groups that share calls. No other group receives its part of them.
 * If the weights were not read, a group may receive no calls. Rules that no call of the integration matches are not evaluated.
 */
export function deadForwards(
  say: Say<typeof DEAD_FORWARDS_CODES>,
  input: CheckInput,
  of: BalancedTarget,
  listener: Listener,
  answered: readonly Answered[],
): Iterable<Outcome> {
  const answers = answersIn(answered);
  return answers.length < 2 && !sharesCalls(answers) ? NONE : ofAnswers(say, input, of, listener, answered, answers);
}

const NONE: readonly Outcome[] = [];

function* ofAnswers(
  say: Say<typeof DEAD_FORWARDS_CODES>,
  input: CheckInput,
  { integration, target, balancer }: BalancedTarget,
  listener: Listener,
  answered: readonly Answered[],
  answers: readonly RuleAnswer[],
): Generator<Outcome> {
  const { region } = integration.link;
  const seen = new Set<string>();
  for (const answer of answers) {
    const forward = forwardOf(region, answer);
    if (forward === undefined || forward.is === 'well') continue;

    const { rule } = answer;
    const who = forward.names.join(' and ');
    const key = keyOf(region, answer);
    if (seen.has(key)) continue;

    seen.add(key);
    // Rules that forward to the same groups are one finding.
    const alike = answers.filter((one) => keyOf(region, one) === key);
    const isAnswered = forward.is === 'answering';
    const { calls, sure } = callsOf(region, answered, alike, isAnswered ? ['dead', 'answering'] : ['dead']);
    const group = part('target group', who, rule === undefined ? `${who} by default` : who);
    const about = ofRoutes(aboutTarget(integration, target, group), target, calls);
    const ruleText =
      rule &&
      alike
        .flatMap((one) => one.rule ?? [])
        .map(listenerRuleText)
        .join(' or ');
    const routes = calls.map(callText).join(', ');
    const params = {
      routes,
      protocol: listener.protocol,
      port: listener.port,
      balancer: balancer.name || balancer.id,
      ruleText,
      names: forward.names,
    };
    const matched = { ...params, part: forward.part, answersCount: answers.length };
    const match = answers.length > 1 && (ruleText ?? 'no rule');
    const { evidence } = forward;
    if (forward.is === 'unknown') {
      yield say.FORWARD_NOT_READ(about, matched, forward.missing, { evidence, words: { match } });
      continue;
    }

    const { none } = forward;
    const cause = isAnswered
      ? undefined
      : causeFor(
          input,
          target,
          calls.map(({ route }) => route),
        )?.hop;
    const dead = { isAnswered, isEmpty: forward.isEmpty, registrar: none?.registrar };
    const severity = isAnswered ? 'warning' : undefined;
    const words = {
      match,
      unregistered: none?.because,
      because: cause && becauseOf(cause),
      fix: cause?.remedy ?? none?.remedy,
    };
    if (sure) {
      yield say.FORWARD_DEAD(about, { ...matched, ...dead }, { evidence, severity, words });
    } else {
      const what = `which calls of ${routes} match ${ruleText ?? 'no rule'}`;
      const more = [...evidence, missingEvidence({ what })];
      yield say.FORWARD_MAYBE_DEAD(about, { ...params, ...dead, part: forward.part }, undefined, {
        evidence: more,
        severity,
        words,
      });
    }
  }
}

/** The same of answers that forward to the same groups. */
function keyOf(region: RegionIndex, answer: RuleAnswer): string {
  const forward = forwardOf(region, answer);
  return `${answer.rule === undefined} ${forward !== undefined && forward.is !== 'well' && forward.names.join(' and ')}`;
}

/** Whether an answer shares calls among several groups. */
function sharesCalls(answers: readonly RuleAnswer[]): boolean {
  return answers.some(({ actions }) => actions.some(({ targetGroupIds = [] }) => targetGroupIds.length > 1));
}

/** The calls that may get one of some answers of a listener; those that are certainly lost, where there are such. */
function callsOf(
  region: RegionIndex,
  answered: readonly Answered[],
  some: readonly RuleAnswer[],
  states: readonly Forward['is'][],
): { readonly calls: readonly Call[]; readonly sure: boolean } {
  const isOwn = ({ rule }: RuleAnswer): boolean => some.some((one) => one.rule === rule);
  const own = answered.filter(({ answers }) => answers.some(isOwn));
  const isLost = (one: RuleAnswer): boolean => !handsOn(one) || states.includes(forwardOf(region, one)?.is ?? 'well');
  const sure = own.filter(
    ({ answers }) => answers.every(isLost) || losesSome(answers, (one) => isOwn(one) && isLost(one)) !== undefined,
  );
  return { calls: (sure.length > 0 ? sure : own).map(({ call }) => call), sure: sure.length > 0 };
}

interface Dead {
  readonly names: readonly string[];
  readonly evidence: readonly Evidence[];
  /** Its part of the calls, if it is one of several. */
  readonly part?: string | undefined;
  /** None of these groups has a target. */
  readonly isEmpty?: boolean | undefined;
  /** Why none is registered there. */
  readonly none?: NoMembers | undefined;
}

type Forward =
  | { readonly is: 'well' }
  | (Dead & ({ readonly is: 'dead' | 'answering' } | { readonly is: 'unknown'; readonly missing: Missing }));

/** The groups that an answer forwards to, by the worst state among them; undefined for other answers. */
function forwardOf(region: RegionIndex, { actions }: RuleAnswer): Forward | undefined {
  const shares = sharesOf(actions);
  if (shares.ids.length === 0) return shares.idle.length === 0 ? undefined : allIdle(shares.idle);

  const all = shares.ids.map((id): DescribedGroup => {
    const group = region.find('targetGroups', id);
    const name = (group.is === 'found' ? group.value.name : undefined) ?? nameOfGroup(id);
    return { id, name, state: stateOfFound(region, id, group) };
  });
  const lost = all.filter(({ state }) => state.is === 'dead');
  if (!shares.isSure && lost.length > 0 && lost.length < all.length) {
    const names = all.map(({ name }) => name);
    const what = `the weights of ${names.join(' and ')}`;
    const remedy = 'Take the snapshot again: it then includes the weights of target groups.';
    return {
      is: 'unknown',
      missing: { what, remedy },
      names: lost.map(({ name }) => name),
      evidence: evidenceOf(lost),
    };
  }

  const open = all.filter(({ state }) => state.is === 'unknown');
  const answering = all.filter(({ state }) => state.is === 'answering');
  const [described = []] = [lost, open, answering].filter((one) => one.length > 0);
  const [first] = described;
  if (first === undefined || first.state.is === 'well') return { is: 'well' };

  const part = described.length === 1 ? partText(shares, first.id) : undefined;
  const isEmpty = described.every(({ state }) => 'isEmpty' in state && state.isEmpty === true);
  const [none] = described.flatMap(({ state }) => ('none' in state ? (state.none ?? []) : []));
  const common = { names: described.map(({ name }) => name), evidence: evidenceOf(described), part, isEmpty, none };
  return first.state.is === 'unknown'
    ? { is: 'unknown', missing: first.state.missing, ...common }
    : { is: first.state.is, ...common };
}

interface DescribedGroup {
  readonly id: string;
  readonly name: string;
  readonly state: State;
}

function evidenceOf(some: readonly DescribedGroup[]): readonly Evidence[] {
  return some.flatMap(({ state }) => ('evidence' in state ? [state.evidence] : []));
}

function allIdle(ids: readonly string[]): Forward {
  const evidence = ids.map((id): Evidence => ({ kind: 'target group', id, text: `${nameOfGroup(id)}: weight 0` }));
  return { is: 'dead', names: ids.map(nameOfGroup), evidence };
}

type State =
  | { readonly is: 'well' }
  | ({ readonly is: 'dead' | 'answering'; readonly evidence: Evidence } & Pick<Dead, 'isEmpty' | 'none'>)
  | { readonly is: 'unknown'; readonly missing: Missing };

function stateOfFound(region: RegionIndex, id: string, group: Found<TargetGroup>): State {
  if (group.is === 'unknown') return { is: 'unknown', missing: group.missing };
  if (group.is === 'absent') {
    return { is: 'dead', evidence: { kind: 'target group', id, text: 'does not exist' } };
  }

  const state = stateOf(group.value);
  if (state === 'well') return { is: 'well' };

  const { targets = [] } = group.value;
  const starting = state === 'dead' ? settling(region, id, targets) : undefined;
  if (starting !== undefined) return { is: 'unknown', missing: starting };
  if (state === 'dead' || state === 'answering') {
    const none = state === 'dead' && areInTransition(targets) ? noMembers(region, id) : undefined;
    return { is: state, evidence: groupEvidence(group.value), isEmpty: group.value.targets?.length === 0, none };
  }

  return { is: 'unknown', missing: state === 'unread' ? healthMissing(region, id) : wordMissing(id) };
}
