import type { Missing } from '../../../do/world/views.js';
import { narrowedMissing } from '../../../do/findings/evidence.js';
import { areFew, type RuleToAdd, type ManagedGroup } from '../reasons/security-group.js';
import type { FewRule, Filter, OpenRule, RankedRule, GroupSet, KeptGroup } from '../model/group-set.js';
import { pieceOf, piecesOf, type AddressMap } from '../model/address-map.js';
import { isPoint, meets, type Span, readSpan, holds } from '../model/span.js';
import { blockText, type Way, type ListChange } from '../model/step.js';

/** Whether the path between two ends preserves the security groups of one for rules of the other. */
export type References = 'kept' | 'lost' | Missing;

/** The result of a filter for some addresses. */
export interface Judgement {
  readonly span: Span;
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** The rule that decides; undefined where none matches, or where members of a group reach each other. */
  readonly rule?: RankedRule | undefined;
  /** The group whose members reach each other. */
  readonly inner?: string | undefined;
  /** The rule that may decide otherwise. */
  readonly open?: OpenRule | undefined;
  readonly missing?: Missing | undefined;
  /** Rules that drop calls from a few source ports, where the others are allowed. */
  readonly few?: readonly FewRule[] | undefined;
}

/** The result of the filter for each part of a span; adjacent parts of one rule are merged. */
export function judgeGroups(
  filter: Filter,
  span: Span,
  other: GroupSet | undefined,
  references: References,
): readonly Judgement[] {
  const named = referenceOf(filter, other, references);
  if (named.inner !== undefined) return [{ span, verdict: 'pass', inner: named.inner }];

  const segments = span.family === 4 ? filter.blocks4 : filter.blocks6;
  if (isPoint(span)) return [decide(filter, span, at(segments, span), named, other)];
  if (segments.starts.length === 0) return [decide(filter, span, undefined, named, other)];

  return piecesOf(segments, span).map((piece) => decide(filter, piece.span, piece.value, named, other));
}

function at(segments: AddressMap<RankedRule>, { start }: Span): RankedRule | undefined {
  const piece = pieceOf(segments, start);
  return piece < 0 ? undefined : segments.values[piece];
}

/** What the filter's rules that name groups say of an end with some groups. */
interface Named {
  readonly inner?: string | undefined;
  readonly rule?: RankedRule | undefined;
  /** Why a rule that names a group may or may not hold. */
  readonly missing?: Missing | undefined;
}

const NOTHING: Named = {};

function referenceOf(filter: Filter, other: GroupSet | undefined, references: References): Named {
  if (other === undefined || references === 'lost') return NOTHING;
  if (other.missing !== undefined) return { missing: other.missing };

  let rule: RankedRule | undefined;
  for (const id of other.ids) {
    if (references === 'kept' && filter.inner.includes(id)) return { inner: id };

    const found = filter.references.get(id);
    if (found !== undefined && (rule === undefined || found.rank < rule.rank)) rule = found;
  }
  if (references === 'kept') return { rule };

  return rule === undefined ? NOTHING : { missing: references };
}

function decide(
  filter: Filter,
  span: Span,
  block: RankedRule | undefined,
  named: Named,
  other: GroupSet | undefined,
): Judgement {
  const rule = named.rule !== undefined && (block === undefined || named.rule.rank < block.rank) ? named.rule : block;
  const allow = rule?.allow ?? filter.implicit;
  const rank = rule?.rank ?? Number.POSITIVE_INFINITY;
  for (const open of filter.open) {
    if (open.rank < rank && open.allow !== allow && mayConcern(open, span, other)) {
      return { span, verdict: 'unknown', rule, open, missing: open.missing };
    }
  }
  if (named.missing !== undefined && referencesMayChange(filter, rank, allow)) {
    return { span, verdict: 'unknown', rule, missing: named.missing };
  }
  if (!allow) return { span, verdict: 'fail', rule };

  return exceptFew(
    { span, verdict: 'pass', rule },
    filter.few.filter((one) => one.rank < rank && mayConcern(one, span, other)),
  );
}

/** Traffic that is allowed except for a few source ports; several rules may drop more than a few together. */
function exceptFew(judgement: Judgement, few: readonly FewRule[]): Judgement {
  const [first] = few;
  if (first === undefined) return judgement;
  if (areFew(few.reduce((sum, { ports }) => sum + ports, 0))) return { ...judgement, few };

  return { ...judgement, verdict: 'unknown', missing: narrowedMissing(first.rule.rule) };
}

function mayConcern(
  { spans, groupId }: Pick<OpenRule, 'spans' | 'groupId'>,
  span: Span,
  other: GroupSet | undefined,
): boolean {
  if (groupId !== undefined) return other !== undefined && (other.missing !== undefined || other.ids.includes(groupId));

  return spans === undefined || spans.some((one) => meets(one, span));
}

/** Whether a rule that names a group precedes the rule that decides otherwise. */
function referencesMayChange({ references, inner }: Filter, rank: number, allow: boolean): boolean {
  if (inner.length > 0 && !allow) return true;

  for (const rule of references.values()) if (rule.rank < rank && rule.allow !== allow) return true;
  return false;
}

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
