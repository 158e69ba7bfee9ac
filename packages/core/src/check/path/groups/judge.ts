import type { Missing } from '../../../do/world/views.js';
import { narrowedMissing } from '../../../do/findings/evidence.js';
import { areFew } from '../reasons/security-group.js';
import type { FewRule, Filter, OpenRule, RankedRule, GroupSet } from '../model/group-set.js';
import { pieceOf, piecesOf, type AddressMap } from '../model/address-map.js';
import { isPoint, meets, type Span } from '../model/span.js';

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
