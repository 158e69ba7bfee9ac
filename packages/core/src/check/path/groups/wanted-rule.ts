import { blockText } from '../model/end.js';
import type { Filter, GroupSet } from '../model/group-set.js';
import type { References } from './judge.js';
import { meets, readSpan } from '../model/span.js';
import type { Way } from '../model/step.js';
import type { Wanted } from '../model/wanted.js';

type WantedRule = Extract<Wanted, { list: 'security-group' }>;

/**
 * The rule that allows a call, regardless of drop rules. It references the other end's group where that group
 * is visible and the cloud has no groups that cannot reference others. Alibaba Cloud's advanced groups
 * contain blocks only, so rules for that cloud always use blocks.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/advanced-security-groups
 */
export function wantedRule({ direction, set, drops }: Filter, way: Way, references: References): WantedRule {
  const end = direction === 'in' ? way.from : way.to;
  const block = blockText(end);
  const byBlock = references !== 'kept' || set.groups.some(({ found }) => found.is === 'found' && found.value.kind);
  const named = byBlock ? undefined : end.groups?.ids.find((id) => id !== end.groups?.planned);
  const base = { list: 'security-group', id: firstOf(set), direction, port: way.port, peer: named ?? block } as const;
  const span = readSpan(block);
  const concerned = drops.filter(
    ({ spans, groupId }) =>
      (groupId === undefined || end.groups === undefined || end.groups.ids.includes(groupId)) &&
      (spans === undefined || span === undefined || spans.some((one) => meets(one, span))),
  );
  if (concerned.length === 0) return base;
  const first = Math.min(...concerned.map(({ ranked }) => ranked.rule.priority ?? 1));
  if (first > 1) return { ...base, priority: first - 1 };
  const yields = concerned.flatMap(({ ranked }) =>
    (ranked.rule.priority ?? 1) === 1 ? [{ groupId: ranked.groupId, rule: ranked.rule }] : [],
  );
  return { ...base, priority: 1, yields };
}

/** The group that rules are added to: those of a set count together. */
export function firstOf({ ids }: GroupSet): string {
  return ids[0] ?? 'its security group';
}
