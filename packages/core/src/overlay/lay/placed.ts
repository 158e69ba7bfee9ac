import type { GatewayKind } from '../../do/model/gateway-kind.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import type { DraftRegion } from '../draft/draft-region.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { PlansOfCloud, Row } from '../rows/plans-of-cloud.js';
import { changeOf } from './changes.js';
import type { Drafts } from './drafts.js';

/** An instance with the row of its type, and where it is. */
export interface Placed {
  readonly instance: Instance;
  readonly row: Row;
  readonly of: PlansOfCloud;
  readonly draft: DraftRegion;
}

/** A kind of gateway of a region of which it is not known where its routes lead. */
export interface LostGateways {
  readonly draft: DraftRegion;
  readonly kind: GatewayKind;
  readonly what: string;
}

/** What is placed, and of whose instances. */
interface PlacedOf {
  readonly plan: ToolPlan;
  readonly instances: readonly Instance[];
  readonly set: PlanSet;
}

/** Each instance with the row of its type, in the order in which rows are laid. A type without a row is a gap of its region. */
export function placedIn(
  { plan, instances, set }: PlacedOf,
  drafts: Drafts,
): { readonly placed: readonly Placed[]; readonly lost: readonly LostGateways[]; readonly notes: readonly string[] } {
  const placed: Placed[] = [];
  const lost: LostGateways[] = [];
  const notes: string[] = [];
  for (const instance of instances) {
    const of = set.of(instance.type);
    if (of === undefined || instance.mode === 'data') continue;

    const row = set.row(instance.type);
    if (row !== undefined) {
      placed.push({ instance, row, of, draft: drafts.of(instance, of) });
      continue;
    }

    if (changeOf(instance) === undefined) continue;

    const [, list, kind] = of.terraform.opaqueTypes.find(([beginning]) => instance.type.startsWith(beginning)) ?? [];
    if (list === undefined) continue;

    const draft = drafts.of(instance, of);
    const what = `${instance.address}, which ${plan.words.plan} changes,`;
    if (kind === undefined) draft.gap(list, undefined, what);
    else lost.push({ draft, kind, what: `${what} is not judged` });
    notes.push(`${instance.address}: changes of ${instance.type} are not judged`);
  }
  return { placed: placed.toSorted((a, b) => set.rank(a.instance.type) - set.rank(b.instance.type)), lost, notes };
}
