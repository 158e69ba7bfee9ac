import {
  amount,
  blocks,
  isChanged,
  removes,
  single,
  word,
  type Act,
  type ActValues,
  type Caller,
} from '@postern/core/internal/overlay';
import { listed } from './calls.js';
import { actions } from './listeners.js';

const FIELDS: Readonly<Record<string, readonly [field: string, member: string]>> = {
  path_pattern: ['path-pattern', 'PathPatternConfig'],
  host_header: ['host-header', 'HostHeaderConfig'],
  http_request_method: ['http-request-method', 'HttpRequestMethodConfig'],
  source_ip: ['source-ip', 'SourceIpConfig'],
};

/** `values` and, where the provider has them, regular expressions. */
const texts = (block: ActValues): object => ({
  Values: listed(block['values']),
  RegexValues: listed(block['regex_values']),
});

function pairs(block: ActValues): readonly object[] {
  const inner = block['values'] === undefined || block['values'] === null ? [block] : blocks(block['values']);
  return inner.map(({ key, value }) => ({ Key: word(key), Value: single(value) }));
}

function conditions(values: unknown): readonly object[] {
  return blocks(values).flatMap((condition) => {
    const plain = Object.entries(FIELDS).flatMap(([name, [Field, member]]) =>
      blocks(condition[name]).map((block) => ({ Field, [member]: texts(block) })),
    );
    const headers = blocks(condition['http_header']).map((block) => ({
      Field: 'http-header',
      HttpHeaderConfig: { HttpHeaderName: single(block['http_header_name']), ...texts(block) },
    }));
    const query = blocks(condition['query_string']).flatMap(pairs);
    return [
      ...plain,
      ...headers,
      ...(query.length > 0 ? [{ Field: 'query-string', QueryStringConfig: { Values: query } }] : []),
    ];
  });
}

/** A rule without a priority comes after all others. */
function lastPriority(listener: unknown, caller: Caller): number {
  const { Rules } = caller.call('elasticloadbalancingv2.DescribeRules', { ListenerArn: listener });
  const used = (Rules as readonly { readonly Priority: string }[]).map(({ Priority }) => Number(Priority));
  return Math.max(0, ...used.filter((priority) => priority > 0)) + 1;
}

const rule: Act = {
  gives: ['priority'],
  create: (values, caller) => {
    const listener = single(values['listener_arn']);
    const Actions = actions(values['action'], caller);
    const Conditions = conditions(values['condition']);
    const Priority = amount(values['priority']) || lastPriority(listener, caller);
    const input = { ListenerArn: listener, Priority, Actions, Conditions };
    const [made] = caller.call('elasticloadbalancingv2.CreateRule', input).Rules;
    return { id: made.RuleArn, arn: made.RuleArn, priority: Priority };
  },
  // Priorities of several rules are set one after the other: two rules cannot exchange them.
  // https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/elbv2/listener_rule.go
  update: (before, values, caller) => {
    const RuleArn = before['arn'];
    if (isChanged(before, values, 'priority'))
      caller.call('elasticloadbalancingv2.SetRulePriorities', {
        RulePriorities: [{ RuleArn, Priority: amount(values['priority']) }],
      });
    const changed = {
      ...(isChanged(before, values, 'action') && { Actions: actions(values['action'], caller) }),
      ...(isChanged(before, values, 'condition') && { Conditions: conditions(values['condition']) }),
    };
    if (Object.keys(changed).length > 0) caller.call('elasticloadbalancingv2.ModifyRule', { RuleArn, ...changed });
  },
  remove: removes('elasticloadbalancingv2.DeleteRule', 'RuleArn', 'arn'),
  owners: ['listener_arn'],
  isConsumer: true,
};

export const listenerRuleActs: Readonly<Record<string, Act>> = {
  aws_lb_listener_rule: rule,
  aws_alb_listener_rule: rule,
};
