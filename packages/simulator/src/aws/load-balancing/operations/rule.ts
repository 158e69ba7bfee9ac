import type { DescribeRulesInput, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import type { Given } from '../../state/given.js';
import {
  checkArn,
  ruleArn,
  getListener,
  getLoadBalancer,
  getRule,
  listenerAt,
  priorityOf,
  listenersOf,
  rulesOf,
  noteAttachments,
} from '../find.js';
import {
  invalid,
  priorityInUse,
  actionLimits,
  PAGE,
  PRIORITY,
  RULE,
  TAGS,
  checkQuota,
  family,
  paged,
} from '../request.js';
import { completeActions } from '../listener/actions.js';
import { checkTransforms, completeConditions, refuseDefault } from '../listener/conditions.js';
import { newTags } from '../tags.js';
import type { ListenerRow, LoadBalancerRow, RuleRow } from '../state.js';
import { limited } from '../../operation/family.js';

/** Rules of listeners. */
export const ruleOperations = family({
  /** Makes a rule of a listener of an application load balancer, or of a dual-stack network one. Priorities are unique per listener. */
  CreateRule: limited({ Priority: PRIORITY, ...RULE, ...actionLimits('Actions'), ...TAGS }, (call, input) => {
    const listener = getListener(call.state, input.ListenerArn);
    const balancer = getLoadBalancer(call.state, listener.fields.LoadBalancerArn);
    if (!takesRules(balancer)) {
      throw new ServiceError(
        'UnsupportedProtocol',
        `Rules are unsupported for ${listener.fields.Protocol ?? 'GENEVE'} listeners`,
      );
    }

    const siblings = rulesOf(call.state, listener.fields.ListenerArn);
    const settings = {
      Priority: String(input.Priority),
      Conditions: completeConditions(call, balancer, input.Conditions),
      Actions: completeActions(call, balancer, listener.fields.Protocol, input.Actions),
      IsDefault: false,
      Transforms: checkTransforms(input.Transforms ?? []),
    };
    const tags = newTags(input.Tags);
    if (siblings.some((row) => priorityOf(row) === input.Priority)) throw priorityInUse(input.Priority);

    checkCount(call, balancer);
    const { ListenerArn: listenerArn } = listener.fields;
    const fields = { RuleArn: ruleArn(listenerArn, call.id('', 16)), ...settings };
    call.state.loadBalancing.rules.set(fields.RuleArn, { listenerArn, fields, tags });
    noteAttachments(call);
    return { Rules: [fields] };
  }),

  /** Replaces conditions, actions or transforms of a rule; what is not named stays. */
  ModifyRule: limited({ ...RULE, ...actionLimits('Actions') }, (call, input) => {
    refuseDefault(call, input.RuleArn);
    const row = getRule(call.state, input.RuleArn);
    const { Conditions: conditions, Actions: actions, Transforms: transforms } = input;
    if (!conditions && !actions && !transforms && input.ResetTransforms !== true) {
      throw invalid('Either conditions or actions must be specified');
    }
    if (transforms && input.ResetTransforms === true)
      throw invalid('You cannot specify both Transforms and ResetTransforms');

    const listener = getListener(call.state, row.listenerArn);
    const balancer = getLoadBalancer(call.state, listener.fields.LoadBalancerArn);
    row.fields = {
      ...row.fields,
      ...(conditions && { Conditions: completeConditions(call, balancer, conditions) }),
      ...(actions && { Actions: completeActions(call, balancer, listener.fields.Protocol, actions) }),
      ...(input.ResetTransforms === true && { Transforms: undefined }),
      ...(transforms && { Transforms: checkTransforms(transforms) }),
    };
    noteAttachments(call);
    return { Rules: [row.fields] };
  }),

  /** Deletes a rule. The default rule is deleted only with its listener. */
  DeleteRule(call, input) {
    refuseDefault(call, input.RuleArn);
    const row = getRule(call.state, input.RuleArn);
    call.state.loadBalancing.rules.delete(row.fields.RuleArn);
    noteAttachments(call);
    return {};
  },

  /** Lists the rules of a listener, the default rule last, or those named by ARN. */
  DescribeRules: limited(PAGE, (call, input, name) =>
    paged('Rules', `${name} ${input.ListenerArn ?? ''}`, chosen(call, input), input, ({ RuleArn = '' }) => RuleArn),
  ),

  /** Sets new priorities of rules, all in one step: they may be exchanged. */
  SetRulePriorities: limited({ 'RulePriorities[].Priority': PRIORITY }, (call, input) => {
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
      const holder = rulesOf(call.state, row.listenerArn).find((other) => priorityOf(other) === priority);
      if (holder !== undefined && !wanted.has(holder)) throw priorityInUse(priority);
    }
    for (const [row, priority] of wanted) row.fields = { ...row.fields, Priority: String(priority) };
    return { Rules: [...wanted.keys()].map(({ fields }) => fields) };
  }),
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-rule.html */
function takesRules({ fields }: LoadBalancerRow): boolean {
  return fields.Type === 'application' || (fields.Type === 'network' && fields.IpAddressType !== 'ipv4');
}

/** The quota of rules of a network load balancer is [U]. */
function checkCount(call: AwsCall, balancer: LoadBalancerRow): void {
  if (balancer.fields.Type === 'network') return;

  const listeners = listenersOf(call.state, balancer.fields.LoadBalancerArn);
  const count = listeners.flatMap(({ fields }) => rulesOf(call.state, fields.ListenerArn)).length;
  const things = `rules on load balancer '${balancer.fields.LoadBalancerArn}'`;
  checkQuota(call, 'rules-per-application-load-balancer', count, 'TooManyRules', things);
}

function chosen(call: AwsCall, { ListenerArn: listener, RuleArns: arns = [] }: Given<DescribeRulesInput>): Rule[] {
  if (listener !== undefined && arns.length > 0) {
    throw invalid('Listener rule ARNs and a listener ARN cannot be specified at the same time');
  }
  if (arns.length > 0) return arns.map((arn) => byArn(call, arn));
  if (listener === undefined) throw invalid('You must specify either listener rule ARNs or a listener ARN');

  const row = getListener(call.state, listener);
  return [...rulesOf(call.state, row.fields.ListenerArn).map(({ fields }) => fields), defaultRule(row)];
}

/** The rule that every listener has, in the last place. */
function defaultRule({ defaultRule: { arn }, fields }: ListenerRow): Rule {
  return { RuleArn: arn, Priority: 'default', Conditions: [], Actions: fields.DefaultActions, IsDefault: true };
}

function byArn(call: AwsCall, arn: string): Rule {
  checkArn('listener rule', arn);
  const listener = listenerAt(call.state, arn);
  return listener ? defaultRule(listener) : getRule(call.state, arn).fields;
}
