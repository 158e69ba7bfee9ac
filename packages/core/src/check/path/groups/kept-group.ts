import type { PortRange } from '../../../do/model/allowlist.js';
import type { SecurityGroup, SecurityGroupRule } from '../../../do/model/network.js';
import type { LinkSpec } from '../../../do/spec.js';
import { isAboutPort } from './filter.js';
import { createGroupSet, type GroupSet, type NarrowedGroup, type KeptGroup } from '../model/group-set.js';
import { isAllProtocols, isTcp } from '../../../do/words/rule-words.js';
import { holds, meets, readSpan, type Span } from '../model/span.js';
import type { World } from '../model/world.js';

/**
 * The part of a managed group that is the same before and after `postern apply`. Of a rule that is not
 * declared with its block and ports, the part that declared entries cover remains. Undefined where all rules
 * remain. What is declared and does not exist yet is not added, because it does not apply yet.
 */
export function narrowedGroup(
  group: SecurityGroup,
  { allowlist = [], allowPorts = {} }: Pick<LinkSpec, 'allowlist' | 'allowPorts'>,
): NarrowedGroup | undefined {
  const declared = allowlist.flatMap((text) => {
    const span = readSpan(text);
    return span === undefined ? [] : (allowPorts[text] ?? [undefined]).map((ports) => ({ text, span, ports }));
  });
  const leaving: SecurityGroupRule[] = [];
  const rules = group.rules.flatMap((rule) => {
    const span = rule.direction === 'out' && rule.cidrBlock !== undefined ? readSpan(rule.cidrBlock) : undefined;
    if (span === undefined || declared.some((one) => holds(one.span, span) && onPorts(rule, one.ports) === rule))
      return [rule];

    leaving.push(rule);
    return declared.flatMap((one): readonly SecurityGroupRule[] => {
      const part = onPorts(rule, one.ports);
      if (part === undefined) return [];
      if (holds(span, one.span)) return [{ ...part, id: undefined, cidrBlock: one.text }];

      return holds(one.span, span) ? [{ ...part, id: undefined }] : [];
    });
  });
  return leaving.length === 0 ? undefined : { group: { ...group, rules }, leaving };
}

/**
 * The part of a range of TCP ports that a rule allows: the rule itself where it allows no more, and without a
 * range. Undefined: nothing.
 */
function onPorts(rule: SecurityGroupRule, ports: PortRange | undefined): SecurityGroupRule | undefined {
  if (ports === undefined) return rule;
  if (isAllProtocols(rule.protocol)) return { ...rule, protocol: 'tcp', ...ports };
  if (!isTcp(rule.protocol)) return undefined;

  const fromPort = Math.max(rule.fromPort, ports.fromPort);
  const toPort = Math.min(rule.toPort, ports.toPort);
  if (fromPort > toPort) return undefined;

  return fromPort === rule.fromPort && toPort === rule.toPort ? rule : { ...rule, fromPort, toPort };
}

/** A set of groups after `postern apply`, where one of them is a managed group that will contain less. */
export function afterApply(world: World, set: GroupSet, kept: KeptGroup | undefined): GroupSet {
  if (kept?.narrowed === undefined || !set.ids.includes(kept.id)) return set;

  const { narrowed } = kept;
  // The subnets of a link share their groups, and so one set, whose rules are compiled once.
  const sets = world.derived(
    'groups after an apply',
    () => new Map<KeptGroup, { readonly of: GroupSet; readonly made: GroupSet }>(),
  );
  const known = sets.get(kept);
  if (known?.of === set) return known.made;

  const made: GroupSet = {
    ...createGroupSet(set.ids, (id) =>
      id === kept.id ? { is: 'found', value: narrowed.group } : world.index.find('securityGroups', id),
    ),
    leaving: narrowed.leaving,
  };
  sets.set(kept, { of: set, made });
  return made;
}

/** The rule among those to be removed that allows a part of a span on a port. */
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
