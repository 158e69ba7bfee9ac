import type { KeptGroup } from './kept-group.js';
import { blockText } from '../end.js';
import type { Filter } from './filter.js';
import type { References } from './judge.js';
import { holds, readSpan } from '../span.js';
import type { Way } from '../step.js';
import { firstOf, wantedRule } from './wanted-rule.js';

/** The rule after which groups allow a call, and who adds it. */
export interface RuleToAdd {
  readonly port: number;
  readonly direction: 'in' | 'out';
  readonly group: string;
  /** A block, or a security group. */
  readonly peer: string;
  readonly priority?: number | undefined;
  /** The group that a plan creates: the spec declares its rules. */
  readonly planned?: string | undefined;
  /** Where the spec declares the rules of the group that Postern manages: `links.eu.allowlist`. */
  readonly declaredAt?: string | undefined;
  /** The addresses of the other end as a block. */
  readonly block: string;
  /** Set where the group is the one that Postern manages. */
  readonly managed?: ManagedGroup | undefined;
}

/** The spec decides the rules of a group that Postern manages: the next `apply` removes a rule that is added by hand. */
interface ManagedGroup {
  readonly id: string;
  /** The entry of the spec that contains the addresses. */
  readonly entry?: string | undefined;
  /** Whether an entry contains the port, too: then the rules have to be restored. */
  readonly allowsPort: boolean;
  /** The project whose spec declares the rules, where that spec is not known. */
  readonly project?: string | undefined;
}

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
