import type { Listener, TargetGroup } from '../../model/load-balancer.js';
import type { Found, Missing, Outcome, RegionIndex } from '../check.js';
import type { Evidence } from '../finding.js';
import { handsOn, type Answer } from '../listener-rules/answers.js';
import { answersIn, type Answered } from '../listener-rules/what-answers.js';
import { callText, ruleText } from '../listener-rules/words.js';
import { aboutTarget } from '../words/about.js';
import { fails, missingEvidence, unsure } from '../words/outcome.js';
import type { BalancedTarget } from './balancers.js';
import { groupEvidence, healthMissing, nameOfGroup, stateOf, wordMissing } from './group-health.js';

/**
 * What is wrong with single forwards of a listener that has a healthy target behind another one: a rule that calls of the integration
 * fit, and that leads to a group where nothing is healthy. Of an action with several groups one healthy one is enough: how calls are
 * shared among them is not known, and a group may well get none. Rules that no call of the integration fits are others' affair.
 */
export function* deadForwards(
  { integration, target, balancer }: Omit<BalancedTarget, 'backend'>,
  listener: Listener,
  answered: readonly Answered[],
): Generator<Outcome> {
  const { region } = integration.link;
  const answers = answersIn(answered);
  if (answers.length < 2) return;
  const seen = new Set<string>();
  for (const answer of answers) {
    const forward = forwardOf(region, answer);
    if (forward === undefined || forward.is === 'well') continue;
    const { rule } = answer;
    const who = forward.names.join(' and ');
    const key = `${rule === undefined} ${who}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const about = aboutTarget(integration, target, rule === undefined ? `${who} by default` : who);
    const port = `${listener.protocol} ${listener.port} of ${balancer.name || balancer.id}`;
    const isAnswered = forward.is === 'answering';
    const calls = callsOf(region, answered, answer, isAnswered ? ['dead', 'answering'] : ['dead']);
    const fitting = rule === undefined ? 'fit no rule' : `fit ${ruleText(rule)}`;
    const what = `calls of ${calls.routes} that ${fitting} of ${port}`;
    const sick = isAnswered ? `, although those of ${who} answer` : '';
    const severity = isAnswered ? { severity: 'warning' as const } : {};
    const mend = isAnswered
      ? `Let the health check of ${who} take the status code that its targets answer with`
      : `Make a target of ${who} answer its health check`;
    if (forward.is === 'unknown') {
      yield unsure(about, `${what} meet a healthy target of ${who}`, forward.missing, { evidence: forward.evidence });
    } else if (calls.sure) {
      yield fails(about, {
        message: `${what} meet no healthy target: ${rule === undefined ? 'they go' : 'it forwards'} to ${who}${sick}`,
        evidence: forward.evidence,
        remedy: `${mend}, or put a rule before it that forwards these calls elsewhere.`,
        ...severity,
      });
    } else {
      yield {
        verdict: 'unknown',
        ...about,
        message: `nobody can say whether calls of ${calls.routes} ${fitting} of ${port}: those that do meet no healthy target of ${who}${isAnswered ? ', although these answer' : ''}`,
        evidence: [
          ...forward.evidence,
          missingEvidence({ what: `which calls of ${calls.routes} ${fitting}`, remedy: '' }),
        ],
        remedy: `${mend}, or put a rule before it that forwards all calls of ${calls.routes}, by their path.`,
        ...severity,
      };
    }
  }
}

/** The routes whose calls may get an answer of a listener, and whether those of one surely find nobody who is in none of some states. */
function callsOf(
  region: RegionIndex,
  answered: readonly Answered[],
  answer: Answer,
  states: readonly Forward['is'][],
): { readonly routes: string; readonly sure: boolean } {
  const own = answered.filter(({ answers }) => answers.some(({ rule }) => rule === answer.rule));
  const isLost = (one: Answer): boolean => !handsOn(one) || states.includes(forwardOf(region, one)?.is ?? 'well');
  const sure = own.filter(({ answers }) => answers.every(isLost));
  return { routes: (sure.length > 0 ? sure : own).map(({ call }) => callText(call)).join(', '), sure: sure.length > 0 };
}

type Forward =
  | { readonly is: 'well' }
  | ({ readonly names: readonly string[]; readonly evidence: readonly Evidence[] } & (
      { readonly is: 'dead' | 'answering' } | { readonly is: 'unknown'; readonly missing: Missing }
    ));

/** What stands behind an answer that forwards to groups; undefined for others. */
function forwardOf(region: RegionIndex, { actions }: Answer): Forward | undefined {
  const ids = actions.flatMap(({ kind, targetGroupIds = [] }) => (kind === 'forward' ? targetGroupIds : []));
  if (ids.length === 0) return undefined;
  const groups = ids.map((id) => [id, region.find('targetGroups', id)] as const);
  const states = groups.map(([id, group]) => stateOfFound(region, id, group));
  if (states.some(({ is }) => is === 'well')) return { is: 'well' };
  const names = groups.map(([id, group]) => (group.is === 'found' ? group.value.name : undefined) ?? nameOfGroup(id));
  const evidence = states.flatMap((state) => ('evidence' in state ? [state.evidence] : []));
  const missing = states.find((state) => state.is === 'unknown')?.missing;
  if (missing !== undefined) return { is: 'unknown', missing, names, evidence };
  return { is: states.some(({ is }) => is === 'answering') ? 'answering' : 'dead', names, evidence };
}

type State =
  | { readonly is: 'well' }
  | { readonly is: 'dead' | 'answering'; readonly evidence: Evidence }
  | { readonly is: 'unknown'; readonly missing: Missing };

function stateOfFound(region: RegionIndex, id: string, group: Found<TargetGroup>): State {
  if (group.is === 'unknown') return { is: 'unknown', missing: group.missing };
  if (group.is === 'absent') {
    return { is: 'dead', evidence: { kind: 'target group', id, text: 'does not exist' } };
  }
  const state = stateOf(group.value);
  if (state === 'well') return { is: 'well' };
  if (state === 'dead' || state === 'answering') return { is: state, evidence: groupEvidence(group.value) };
  return { is: 'unknown', missing: state === 'unread' ? healthMissing(region, id) : wordMissing(id) };
}
