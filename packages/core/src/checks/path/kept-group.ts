import type { SecurityGroup, SecurityGroupRule } from '../../model/network.js';
import { isAboutPort } from './filter.js';
import { createGroupSet, type GroupSet } from './group-set.js';
import { holds, meets, readSpan, type Span } from './span.js';
import type { World } from './world.js';

/** A security group of ours, which holds what a spec declares and nothing else. */
export interface KeptGroup {
  readonly id: string;
  /** The blocks that the spec declares. */
  readonly blocks: readonly string[];
  /** Where it declares them: `links.eu.allowlist`. */
  readonly path: string;
  /** What is left of the group where the spec declares less than it holds. */
  readonly narrowed?: NarrowedGroup | undefined;
}

/** A group of ours without what the next `postern apply` takes away. */
export interface NarrowedGroup {
  readonly group: SecurityGroup;
  /** The rules that go. */
  readonly leaving: readonly SecurityGroupRule[];
}

/**
 * A group of ours as far as it is the same before and after `postern apply`: of a rule whose block is not declared stays what declared
 * blocks hold of it. Undefined where all rules stay. What is declared and not there yet is not added: it is not there.
 */
export function narrowedGroup(group: SecurityGroup, declared: readonly string[]): NarrowedGroup | undefined {
  const blocks = declared.flatMap((text) => {
    const span = readSpan(text);
    return span === undefined ? [] : [{ text, span }];
  });
  const leaving: SecurityGroupRule[] = [];
  const rules = group.rules.flatMap((rule) => {
    const span = rule.direction === 'out' && rule.cidrBlock !== undefined ? readSpan(rule.cidrBlock) : undefined;
    if (span === undefined || blocks.some((one) => holds(one.span, span))) return [rule];
    leaving.push(rule);
    const parts = blocks.filter((one) => holds(span, one.span));
    return parts.map(({ text }): SecurityGroupRule => ({ ...rule, id: undefined, cidrBlock: text }));
  });
  return leaving.length === 0 ? undefined : { group: { ...group, rules }, leaving };
}

/** A set of groups after `postern apply`, where one of them is a group of ours that will hold less. */
export function afterApply(world: World, set: GroupSet, kept: KeptGroup | undefined): GroupSet {
  if (kept?.narrowed === undefined || !set.ids.includes(kept.id)) return set;
  const { narrowed } = kept;
  const known = after.get(kept);
  if (known?.of === set) return known.made;
  const made: GroupSet = {
    ...createGroupSet(set.ids, (id) =>
      id === kept.id ? { is: 'found', value: narrowed.group } : world.index.find('securityGroups', id),
    ),
    leaving: narrowed.leaving,
  };
  after.set(kept, { of: set, made });
  return made;
}

/** The subnets of a link share their groups, and so one set, whose rules are compiled once. */
const after = new WeakMap<KeptGroup, { readonly of: GroupSet; readonly made: GroupSet }>();

/** The rule among those that go which lets some of a span through on a port. */
export function leavingRule(
  { leaving = [] }: GroupSet,
  direction: 'in' | 'out',
  { to, port }: { readonly to: { readonly span: Span }; readonly port: number },
): SecurityGroupRule | undefined {
  if (direction === 'in') return undefined;
  return leaving.find((rule) => {
    const span = isAboutPort(rule, port) ? readSpan(rule.cidrBlock ?? '') : undefined;
    return span !== undefined && meets(span, to.span);
  });
}
