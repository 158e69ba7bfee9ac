import type { Listener, TargetGroup } from '../../model/load-balancer.js';
import type { Found, Missing, Outcome, RegionIndex } from '../check.js';
import type { Evidence } from '../finding.js';
import { aboutTarget } from '../words/about.js';
import { forwardsOf } from '../words/backend.js';
import { fails, unsure } from '../words/outcome.js';
import type { BalancedTarget } from './balancers.js';
import { groupEvidence, healthMissing, nameOfGroup, stateOf, wordMissing } from './group-health.js';

/**
 * What is wrong with single forwards of a listener that has a healthy target behind another one: a rule that leads to a group where nothing
 * is healthy. Of an action with several groups one healthy one is enough: how calls are shared among them is not known, and a
 * group may well get none.
 */
export function* deadForwards(
  { integration, target, balancer }: Omit<BalancedTarget, 'backend'>,
  listener: Listener,
): Generator<Outcome> {
  if (listener.ruleActions === undefined || listener.ruleActions.length === 0) return;
  const { region } = integration.link;
  const forwards = forwardsOf(region, listener);
  if (forwards.length < 2) return;
  const seen = new Set<string>();
  for (const { byRule, groups } of forwards) {
    const states = groups.map(([id, group]) => stateOfFound(region, id, group));
    const names = groups.map(([id, group]) => (group.is === 'found' ? group.value.name : undefined) ?? nameOfGroup(id));
    const who = names.join(' and ');
    if (states.some(({ is }) => is === 'well') || seen.has(`${byRule} ${who}`)) continue;
    seen.add(`${byRule} ${who}`);
    const about = aboutTarget(integration, target, byRule ? who : `${who} by default`);
    const port = `${listener.protocol} ${listener.port} of ${balancer.name || balancer.id}`;
    const evidence = states.flatMap((state) => ('evidence' in state ? [state.evidence] : []));
    const missing = states.find((state) => state.is === 'unknown')?.missing;
    if (missing !== undefined) {
      const what = byRule ? 'calls that match a rule' : 'calls that match no rule';
      yield unsure(about, `${what} of ${port} meet a healthy target of ${who}`, missing, { evidence });
      continue;
    }
    yield fails(about, {
      message: byRule
        ? `calls that match a rule of ${port} meet no healthy target: it forwards to ${who}`
        : `calls that match no rule of ${port} meet no healthy target: they go to ${who}`,
      evidence,
      remedy: byRule
        ? `Make a target of ${who} answer its health check, or remove the rule if no call is meant to match it.`
        : `Make a target of ${who} answer its health check, or let the default action answer by itself.`,
    });
  }
}

type State =
  | { readonly is: 'well' }
  | { readonly is: 'dead'; readonly evidence: Evidence }
  | { readonly is: 'unknown'; readonly missing: Missing };

function stateOfFound(region: RegionIndex, id: string, group: Found<TargetGroup>): State {
  if (group.is === 'unknown') return { is: 'unknown', missing: group.missing };
  if (group.is === 'absent') {
    return { is: 'dead', evidence: { kind: 'target group', id, text: 'does not exist' } };
  }
  const state = stateOf(group.value);
  if (state === 'well') return { is: 'well' };
  if (state === 'dead') return { is: 'dead', evidence: groupEvidence(group.value) };
  return { is: 'unknown', missing: state === 'unread' ? healthMissing(region, id) : wordMissing(id) };
}
