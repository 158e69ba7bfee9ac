import { blockText, type Way, type ListChange } from '../model/step.js';
import type { Filter, GroupSet, KeptGroup } from '../model/group-set.js';
import type { References } from './judge.js';
import { meets, readSpan, holds } from '../model/span.js';
import type { RuleToAdd, ManagedGroup } from '../reasons/security-group.js';

type MissingRule = Extract<ListChange, { list: 'security-group' }>;

/**
 * The rule that allows a call, regardless of drop rules. It references the other end's group where that group
 * is visible and the cloud has no groups that cannot reference others. Alibaba Cloud's advanced groups
 * contain blocks only, so rules for that cloud always use blocks.
 * @see https://www.alibabacloud.com/help/en/ecs/user-guide/advanced-security-groups
 */
export function missingRule({ direction, set, drops }: Filter, way: Way, references: References): MissingRule {
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
function firstOf({ ids }: GroupSet): string {
  return ids[0] ?? 'its security group';
}

/** The rule to add to the groups of a filter. */
export function ruleToAdd(filter: Filter, way: Way, references: References): RuleToAdd {
  const { direction, set } = filter;
  const { peer, priority, port } = missingRule(filter, way, references);
  const kept = direction === 'out' ? way.from.kept : undefined;
  return {
    port,
    direction,
    group: firstOf(set),
    peer,
    priority,
    planned: set.planned,
    declaredAt: kept?.path,
    block: blockText(direction === 'in' ? way.from : way.to),
    managed: kept !== undefined && set.ids.includes(kept.id) ? managedGroup(kept, way) : undefined,
  };
}

function managedGroup({ id, declared, by }: KeptGroup, { to: { span }, port }: Way): ManagedGroup {
  const { allowlist = [], allowPorts = {} } = declared;
  const around = allowlist.filter((text) => {
    const one = readSpan(text);
    return one !== undefined && holds(one, span);
  });
  const allows = (text: string): boolean =>
    allowPorts[text]?.some(({ fromPort, toPort }) => fromPort <= port && port <= toPort) ?? true;
  return { id, entry: around[0], allowsPort: around.some(allows), project: by?.project };
}
