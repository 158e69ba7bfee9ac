import type { CreateRuleInput, CreateRuleOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { completeActions } from '../../load-balancing/listener/actions.js';
import { ruleArn } from '../../load-balancing/arns.js';
import { checkTransforms, completeConditions } from '../../load-balancing/listener/conditions.js';
import { priorityInUse } from '../../load-balancing/errors.js';
import { getListener, getLoadBalancer, listenersOf, rulesOf } from '../../load-balancing/find.js';
import { PRIORITY, RULE, TAGS, actionLimits } from '../../load-balancing/limits.js';
import { noteAttachments } from '../../load-balancing/references.js';
import { newTags } from '../../load-balancing/tags.js';
import { ruleView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { LoadBalancerRow, RuleRow } from '../../state/load-balancing-state.js';

/** Makes a rule of an application load balancer's listener. Priorities are unique per listener. */
export const createRule = operation<Given<CreateRuleInput>, CreateRuleOutput>({
  service: 'elasticloadbalancingv2',
  name: 'CreateRule',
  kind: 'write',
  limits: { Priority: PRIORITY, ...RULE, ...actionLimits('Actions'), ...TAGS },
  run: (call, input) => {
    const listener = getListener(call.state, input.ListenerArn);
    const balancer = getLoadBalancer(call.state, listener.loadBalancerArn);
    if (balancer.type !== 'application') {
      throw new ServiceError(
        'UnsupportedProtocol',
        `Rules are unsupported for ${listener.protocol ?? 'GENEVE'} listeners`,
      );
    }
    const siblings = rulesOf(call.state, listener.arn);
    const settings = {
      priority: input.Priority,
      conditions: completeConditions(call, input.Conditions),
      actions: completeActions(call, balancer, listener.protocol, input.Actions),
      transforms: checkTransforms(input.Transforms ?? []),
      tags: newTags(input.Tags),
    };
    if (siblings.some(({ priority }) => priority === input.Priority)) throw priorityInUse(input.Priority);
    checkQuota(call, balancer);
    const row: RuleRow = { arn: ruleArn(listener.arn, call.id('', 16)), listenerArn: listener.arn, ...settings };
    call.state.loadBalancing.rules.set(row.arn, row);
    noteAttachments(call);
    return { Rules: [ruleView(row)] };
  },
});

function checkQuota(call: AwsCall, balancer: LoadBalancerRow): void {
  const count = listenersOf(call.state, balancer.arn).flatMap(({ arn }) => rulesOf(call.state, arn)).length;
  if (count < call.quota('rules-per-application-load-balancer')) return;
  throw new ServiceError(
    'TooManyRules',
    `The maximum number of rules on load balancer '${balancer.arn}' has been reached`,
  );
}
