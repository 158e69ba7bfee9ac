import type { DeleteRuleInput, DeleteRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { refuseDefault } from '../../load-balancing/listener/default-rule.js';
import { getRule } from '../../load-balancing/find.js';
import { noteAttachments } from '../../load-balancing/references.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Deletes a rule. The default rule is deleted only with its listener. */
export const deleteRule = operation<Given<DeleteRuleInput>, DeleteRuleOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DeleteRule',
  kind: 'write',
  run: (call, input) => {
    refuseDefault(call, input.RuleArn);
    const row = getRule(call.state, input.RuleArn);
    call.state.loadBalancing.rules.delete(row.arn);
    noteAttachments(call);
    return {};
  },
});
