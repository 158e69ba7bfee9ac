import { list, oneOf, optional, strict } from '../../../forms/form.js';
import { head, set, sorted } from '../../../forms/lists.js';
import { count, optionalFlag, optionalText, port, raw, text } from '../../../forms/resource-values.js';
import type {
  AccessControl,
  GroupWeight,
  Listener,
  ListenerAction,
  ListenerRule,
  RuleCondition,
} from '../../../model/load-balancer.js';
import { ruleLine } from '../../../words/listener-rule-words.js';
import { part, resource } from '../resource.js';

/** The first action that does not only check who calls decides, so their order means something. */
const actions = list(
  strict<ListenerAction>()({
    kind: oneOf('forward', 'redirect', 'fixed-response', 'authenticate', 'other'),
    targetGroupIds: optional(set(text)),
    weights: optional(sorted(strict<GroupWeight>()({ targetGroupId: text, weight: count }), ['targetGroupId'])),
    statusCode: optionalText,
    letsThrough: optionalFlag,
    native: optionalText,
  }),
);

const rules = sorted(
  strict<ListenerRule>()({
    id: text,
    priority: count,
    conditions: sorted(
      strict<RuleCondition>()({
        kind: oneOf('path', 'host', 'method', 'source', 'header', 'query', 'other'),
        values: optional(set(text)),
      }),
      ['kind'],
    ),
    actions,
  }),
  ['priority', 'id'],
);

const actionPart = part<ListenerAction>('action', ({ kind, targetGroupIds = [], weights = [], statusCode }) =>
  [
    kind,
    ...(targetGroupIds.length === 0 ? [] : [`to ${targetGroupIds.map((id) => groupText(id, weights)).join(', ')}`]),
    ...(statusCode === undefined ? [] : [statusCode]),
  ].join(' '),
);

function groupText(id: string, weights: NonNullable<ListenerAction['weights']>): string {
  const group = weights.find(({ targetGroupId }) => targetGroupId === id);
  return group === undefined ? id : `${id} (weight ${group.weight})`;
}

/** See {@link Listener}. */
export const listeners = resource(
  strict<Listener>()({
    id: text,
    loadBalancerId: text,
    port,
    protocol: text,
    state: optional(oneOf('running', 'stopped', 'other')),
    actions: optional(actions),
    rules: optional(rules),
    ruleActions: optional(actions),
    certificateIds: optional(head(text)), // the first is shown to callers that name no server
    accessControl: optional(
      strict<AccessControl>()({
        kind: oneOf('allow', 'deny'),
        ids: set(text),
        cidrBlocks: optional(set(text)),
      }),
    ),
    clientCertificates: optional(oneOf('none', 'passed', 'required')),
    raw,
  }),
  {
    always: true,
    key: 'id',
    noun: 'listener',
    diffOrder: 12,
    holds: 'scope',
    parts: {
      actions: actionPart,
      rules: part<ListenerRule>('rule', ruleLine, ({ id }) => id),
      ruleActions: { ...actionPart, noun: 'action of a rule' },
    },
  },
);
