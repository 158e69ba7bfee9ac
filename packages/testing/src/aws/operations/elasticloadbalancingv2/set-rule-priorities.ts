import type { SetRulePrioritiesInput, SetRulePrioritiesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { refuseDefault } from '../../load-balancing/listener/default-rule.js';
import { invalid, priorityInUse } from '../../load-balancing/errors.js';
import { getRule, rulesOf } from '../../load-balancing/find.js';
import { PRIORITY } from '../../load-balancing/limits.js';
import { ruleView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { RuleRow } from '../../state/load-balancing-state.js';

/** Sets new priorities of rules, all in one step: they may be exchanged. */
export const setRulePriorities = operation<Given<SetRulePrioritiesInput>, SetRulePrioritiesOutput>({
  service: 'elasticloadbalancingv2',
  name: 'SetRulePriorities',
  kind: 'write',
  limits: { 'RulePriorities[].Priority': PRIORITY },
  run: (call, input) => {
    const wanted = new Map<RuleRow, number>();
    for (const { RuleArn: arn = '', Priority: priority } of input.RulePriorities) {
      refuseDefault(call, arn);
      const row = getRule(call.state, arn);
      if (priority === undefined) throw invalid('A priority must be specified');
      if ([...wanted.values()].includes(priority)) throw invalid(`Priority '${priority}' was provided multiple times`);
      if (wanted.has(row)) throw invalid(`Rule '${arn}' was provided multiple times`);
      wanted.set(row, priority);
    }
    for (const [row, priority] of wanted) {
      const holder = rulesOf(call.state, row.listenerArn).find((other) => other.priority === priority);
      if (holder !== undefined && !wanted.has(holder)) throw priorityInUse(priority);
    }
    for (const [row, priority] of wanted) row.priority = priority;
    return { Rules: [...wanted.keys()].map(ruleView) };
  },
});
