import type { DescribeRulesInput, DescribeRulesOutput, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { checkArn } from '../../load-balancing/arns.js';
import { invalid } from '../../load-balancing/errors.js';
import { getListener, getRule, rulesOf } from '../../load-balancing/find.js';
import { PAGE } from '../../load-balancing/limits.js';
import { defaultRuleView, ruleView } from '../../load-balancing/views.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Lists the rules of a listener, the default rule last, or those named by ARN. */
export const describeRules = operation<Given<DescribeRulesInput>, DescribeRulesOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeRules',
  kind: 'read',
  limits: PAGE,
  run: (call, input) => {
    const { items, next } = paged(
      `DescribeRules ${input.ListenerArn ?? ''}`,
      chosen(call, input),
      input,
      ({ RuleArn }) => RuleArn ?? '',
    );
    return { Rules: items, NextMarker: next };
  },
});

function chosen(call: AwsCall, { ListenerArn: listener, RuleArns: arns = [] }: Given<DescribeRulesInput>): Rule[] {
  if (listener !== undefined && arns.length > 0) {
    throw invalid('Listener rule ARNs and a listener ARN cannot be specified at the same time');
  }
  if (arns.length > 0) return arns.map((arn) => byArn(call, arn));
  if (listener === undefined) throw invalid('You must specify either listener rule ARNs or a listener ARN');
  const row = getListener(call.state, listener);
  return [...rulesOf(call.state, row.arn).map(ruleView), defaultRuleView(row)];
}

function byArn(call: AwsCall, arn: string): Rule {
  checkArn('listener rule', arn);
  for (const listener of call.state.loadBalancing.listeners.values()) {
    if (listener.defaultRule.arn === arn) return defaultRuleView(listener);
  }
  return ruleView(getRule(call.state, arn));
}
