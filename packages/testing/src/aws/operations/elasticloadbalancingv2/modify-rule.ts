import type { ModifyRuleInput, ModifyRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { completeActions } from '../../load-balancing/listener/actions.js';
import { checkTransforms, completeConditions } from '../../load-balancing/listener/conditions.js';
import { refuseDefault } from '../../load-balancing/listener/default-rule.js';
import { invalid } from '../../load-balancing/errors.js';
import { getListener, getLoadBalancer, getRule } from '../../load-balancing/find.js';
import { RULE, actionLimits } from '../../load-balancing/limits.js';
import { noteAttachments } from '../../load-balancing/references.js';
import { ruleView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Replaces conditions, actions or transforms of a rule; what is not named stays. */
export const modifyRule = operation<Given<ModifyRuleInput>, ModifyRuleOutput>({
  service: 'elasticloadbalancingv2',
  name: 'ModifyRule',
  kind: 'write',
  limits: { ...RULE, ...actionLimits('Actions') },
  run: (call, input) => {
    refuseDefault(call, input.RuleArn);
    const row = getRule(call.state, input.RuleArn);
    const { Conditions: conditions, Actions: actions, Transforms: transforms } = input;
    if (!conditions && !actions && !transforms && input.ResetTransforms !== true) {
      throw invalid('Either conditions or actions must be specified');
    }
    if (transforms && input.ResetTransforms === true)
      throw invalid('You cannot specify both Transforms and ResetTransforms');
    const listener = getListener(call.state, row.listenerArn);
    const balancer = getLoadBalancer(call.state, listener.loadBalancerArn);
    const after = {
      conditions: conditions ? completeConditions(call, conditions) : row.conditions,
      actions: actions ? completeActions(call, balancer, listener.protocol, actions) : row.actions,
      transforms: transforms ? checkTransforms(transforms) : input.ResetTransforms === true ? [] : row.transforms,
    };
    Object.assign(row, after);
    noteAttachments(call);
    return { Rules: [ruleView(row)] };
  },
});
