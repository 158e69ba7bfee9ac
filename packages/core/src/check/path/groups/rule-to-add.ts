import type { KeptGroup } from '../model/kept-group.js';
import { blockText } from '../model/end.js';
import type { Filter } from '../model/group-set.js';
import type { References } from './judge.js';
import { holds, readSpan } from '../model/span.js';
import type { Way } from '../model/step.js';
import { firstOf, wantedRule } from './wanted-rule.js';
import type { RuleToAdd, ManagedGroup } from '../reasons/security-group.js';

/** The rule to add to the groups of a filter. */
export function ruleToAdd(filter: Filter, way: Way, references: References): RuleToAdd {
  const { direction, set } = filter;
  const { peer, priority, port } = wantedRule(filter, way, references);
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
