import type { Snapshot } from '../../do/snapshot/snapshot.js';
import type { ToolPlan } from '../declared/tool-plan.js';
import type { Instance } from '../declared/values.js';
import type { Choose } from '../draft/choice.js';
import type { PlanSet } from '../rows/plan-set.js';
import type { Laid } from './laid.js';
import { Laying } from './laying.js';
import type { DefaultPlace } from './places.js';

/**
 * Lays a plan over a snapshot: what is there after the apply, as far as the plan says it. What the plan does not
 * mention stays as the snapshot shows it; what is not known yet becomes a gap that names address, attribute and reason.
 * Pure.
 * @throws {InvalidInputError} `INVALID_INPUT` where the region of a resource is not known, or has several accounts.
 */
export function layPlan(
  plan: ToolPlan,
  instances: readonly Instance[],
  given: Snapshot,
  defaults: DefaultPlace,
  choose: Choose,
  set: PlanSet,
): Laid {
  const laying = new Laying({ plan, instances, base: withoutFlows(given), defaults, choose, set });
  laying.index();
  laying.addMissing();
  laying.remove();
  laying.add();
  return laying.finish();
}

/** What flow logs show is older than the changes. */
function withoutFlows(snapshot: Snapshot): Snapshot {
  const regions = snapshot.regions.map(({ interfaces, ...region }) => ({
    ...region,
    interfaces: interfaces?.map((one) => (one.flows === undefined ? one : { ...one, flows: undefined })),
  }));
  return { ...snapshot, regions };
}
