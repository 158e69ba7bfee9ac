import { madeOnce } from '../../../do/world/derived.js';
import type { End, PathStep } from '../model/step.js';
import { filterOf } from './filter.js';
import type { Filter, RankedRule, GroupSet } from '../model/group-set.js';
import type { Lists, World } from '../model/world.js';
import { judgeGroups, type Judgement, type References } from './judge.js';
import { overEnd } from '../whole-span.js';
import {
  allowStep,
  dropStep,
  fewStep,
  innerStep,
  implied,
  denied,
  lostReference,
  openStep,
  partlyStep,
  missingGroups,
  NO_GROUPS,
} from './security-group-steps.js';
import { holds, type Span } from '../model/span.js';
import { perhapsFiltered } from '../reasons/reason.js';

/**
 * Whether the groups of one end allow a call: outbound to the other end, or inbound from it. Allowing rules
 * add up. Where rules have priorities, the lowest number is evaluated first, and a drop precedes an allow.
 * Members of a group may reach each other before all rules.
 */
export function groupStep(
  direction: 'in' | 'out',
  own: GroupSet,
  other: End,
  { port, references, lists }: { readonly port: number; readonly references: References; readonly lists: Lists },
): PathStep {
  if (own.missing !== undefined) return missingGroups(direction, own.missing);
  if (own.ids.length === 0) return NO_GROUPS[direction];

  const filter = filterOf(own, direction, port, lists);
  return overEnd(other, (span) =>
    stepOf(filter, judgeGroups(filter, span, other.groups, references), references, lists),
  );
}

function stepOf(filter: Filter, parts: readonly Judgement[], references: References, lists: Lists): PathStep {
  const [first] = parts;
  if (first === undefined) return deniedStep(filter, references, lists);

  const few = parts.flatMap((part) => part.few ?? []);
  if (few.length > 0 && parts.every(({ verdict }) => verdict === 'pass')) return fewStep(filter, [...new Set(few)]);
  if (parts.length === 1 && first.rule !== undefined && first.verdict !== 'unknown') {
    return ruledStep(filter, first.rule, references, lists);
  }

  const unknown = parts.find(({ verdict }) => verdict === 'unknown');
  if (unknown !== undefined) {
    // A part that is certainly denied decides, whatever else is unknown.
    if (parts.every(({ verdict }) => verdict !== 'pass') && parts.some(({ verdict }) => verdict === 'fail')) {
      return partlyStep(filter, parts, references);
    }

    return openStep(filter, unknown, references);
  }
  if (parts.some(({ verdict }) => verdict !== first.verdict)) return partlyStep(filter, parts, references);
  if (first.inner !== undefined) return innerStep(filter, first.inner);
  if (first.rule !== undefined) return ruledStep(filter, first.rule, references, lists);
  if (first.verdict === 'fail') return deniedStep(filter, references, lists);

  return shared(lists, filter, () => implied(filter));
}

function ruledStep(filter: Filter, ranked: RankedRule, references: References, lists: Lists): PathStep {
  return ranked.allow ? shared(lists, ranked, () => allowStep(ranked)) : dropStep(filter, ranked, references);
}

function deniedStep(filter: Filter, references: References, lists: Lists): PathStep {
  if (references === 'kept') return shared(lists, filter, () => denied(filter, references));

  return filter.references.size > 0 ? lostReference(filter) : denied(filter, references);
}

/** The step of a rule that allows, or of no matching rule, is created once. */
function shared(lists: Lists, deciding: Filter | RankedRule, make: () => PathStep): PathStep {
  return madeOnce(lists, 'steps of rules', deciding, make);
}

/**
 * The source addresses of load balancers outside of the user's subnets. @see
 * https://www.alibabacloud.com/help/en/slb/classic-load-balancer/
 */
export const SLB_ADDRESS_SPACE: Span = { family: 4, start: 0x6440_0000, end: 0x6480_0000 };

/**
 * Whether the groups of a server may drop a client whose address a CLB listener of layer 4 preserves. The
 * guide requires that they allow the clients, and only 100.64.0.0/10 needs no rule. It is not documented that
 * they drop the others. Undefined where they allow them all. Rules that name the client's groups do not
 * count: whether they apply behind a CLB is not documented either.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/create-and-manage-clb-instances
 */
export function serverGroupStep(world: World, client: End, server: End, port: number): PathStep | undefined {
  if (server.groups === undefined || holds(SLB_ADDRESS_SPACE, client.span)) return undefined;

  const step = groupStep('in', server.groups, client, { port, references: 'lost', lists: world });
  if (step.verdict !== 'fail') return step.verdict === 'pass' ? undefined : step;

  return { ...step, verdict: 'unknown', describe: (way) => perhapsFiltered(step.describe(way)) };
}
