import { strict } from '../../../forms/form.js';
import { listenerShape, type Listener, type ListenerAction, type ListenerRule } from '../../../model/load-balancer.js';
import { ruleLine } from '../../../words/listener-rule-words.js';
import { part, resource } from '../resource.js';

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
export const listeners = resource(strict<Listener>()(listenerShape), {
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
});
