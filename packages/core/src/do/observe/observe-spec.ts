import { checkArgument, refuseAborted } from '../forms/check-argument.js';
import { strict } from '../forms/form.js';
import { callback } from '../forms/values.js';
import { contextForm } from '../input/argument-forms.js';
import { givenClouds, givenSpec, type AnySpec } from '../input/given-spec.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Drivers } from '../context.js';
import { isPosternError } from '../../ground/errors.js';
import { draftPlan } from '../plan/diff.js';
import { withFingerprint, withMembers, type DraftedPlan } from '../plan/finish-plan.js';
import { partOf, type SpecPart } from '../plan/only/part-of.js';
import type { Plan, PlanOptions } from '../plan/plan.js';
import { defined } from '../../ground/defined.js';
import { notReadTexts } from '../plan/elsewhere.js';
import { linksToCheck } from '../plan/plan-scope.js';
import { placesOf, type ObservedPlace, type Places } from './places.js';
import { observeOptions, placesReader, type ObserveOptions, type ReadPlaces } from './read-places.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/**
 * Reads the current state of everything that a spec refers to: the accounts are checked first, then each
 * account and region is read once.
 *
 * An account and region that cannot be read (credentials, network, endpoint) is a region without lists, with
 * the error in `RegionSnapshot.unread`. The others are still read. Smaller failures are gaps.
 *
 * ```ts
 * const snapshot = await observeSpec(spec, driversOf(driver), createContext());
 * const plan = diff(snapshot, spec, { clouds });
 * ```
 *
 * @throws {InvalidInputError} `WRONG_ACCOUNT`, `NO_DRIVER`
 * @throws {PosternError} the first error where no region could be read.
 */
export async function observeSpec(
  wanted: AnySpec,
  drivers: Drivers,
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Snapshot> {
  checkHow('observeSpec', drivers, ctx, options);
  const clouds = callClouds('observeSpec', drivers, options);
  const spec = givenSpec('observeSpec', wanted, clouds);
  const part = partOf(spec, clouds, options.plan ?? {});
  const found = await placesOf(part.read, drivers, ctx, undefined, options.elsewhere?.places);
  const { snapshot } = await observeDraft(part, found, ctx, options);
  return snapshot;
}

const observeForm = strict<ObserveOptions>()(observeOptions);

/** The clouds of a call that has drivers: those that it is given, or those of a list of drivers. @throws as `givenClouds` */
export function callClouds(call: string, drivers: Drivers, options: Pick<ObserveOptions, 'clouds'>): Clouds {
  return givenClouds(call, { clouds: options.clouds ?? drivers.clouds });
}

function checkHow(call: string, drivers: Drivers, ctx: CallContext, options: ObserveOptions): void {
  checkArgument(call, 'drivers', callback<Drivers>(), drivers);
  checkArgument(call, 'ctx', contextForm, ctx);
  checkArgument(call, 'options', observeForm, options, { open: true });
  refuseAborted(call, ctx.signal);
}

/** The current state, and what `diff` plans from it. */
export interface ObservedPlan {
  readonly snapshot: Snapshot;
  readonly plan: Plan;
}

/**
 * As {@link observeSpec} and then `diff`, which it saves: what has to be read depends on the plan, so the plan is known at the end.
 *
 * ```ts
 * const { plan } = await observePlan(spec, drivers, ctx, { plan: { prune: true } });
 * ```
 *
 * @throws {PosternError} as `observeSpec` and `diff` do
 */
export async function observePlan(
  wanted: AnySpec,
  drivers: Drivers,
  ctx: CallContext,
  how: ObserveOptions = {},
): Promise<ObservedPlan> {
  checkHow('observePlan', drivers, ctx, how);
  const clouds = callClouds('observePlan', drivers, how);
  const spec = givenSpec('observePlan', wanted, clouds);
  const part = partOf(spec, clouds, how.plan ?? {});
  // Of a part of a spec, nothing is deleted that is not declared.
  const elsewhere = part.only === undefined ? how.elsewhere : undefined;
  const plan: PlanOptions = { ...how.plan, ...defined({ elsewhere: elsewhere?.places }) };
  const found = await placesOf(part.read, drivers, ctx, undefined, plan.elsewhere);
  const drafted = await observeDraft(part, found, ctx, { ...how, elsewhere, plan });
  const notRead = notReadTexts(drafted.snapshot, elsewhere);
  const planned = plannedFrom(drafted, part, plan);
  return {
    snapshot: drafted.snapshot,
    plan: notRead.length === 0 ? planned : withMembers(planned, { notRead }),
  };
}

/** As `diff` of what was read, without planning it again where that is done. @throws {PosternError} as `diff` */
export function plannedFrom({ snapshot, draft }: Drafted, part: SpecPart, options?: PlanOptions): Plan {
  return withFingerprint((draft ?? draftPlan(snapshot, part, options)).plan, snapshot);
}

/** Options with which a plan deletes the least, and the most. */
const ANY_PLAN: readonly PlanOptions[] = [{}, { replaceFailed: true, deleteInstances: true, prune: true }];

/** What was read, and the plan that `draftPlan` makes of it: none where no plan was asked for, it throws, or more was read after it. */
export interface Drafted {
  readonly snapshot: Snapshot;
  readonly draft?: DraftedPlan | undefined;
}

/**
 * As {@link observeSpec} of a part of a spec, with known regions. What every plan needs is read first, and then what depends on that plan. If
 * it is not empty, the subnets that the spec names are read. Where it would narrow or delete something that gateways
 * outside of the spec may use, those gateways are read: only then is it known what still calls through a link. With
 * `checks`, what checks use is read where the plan would change calls.
 */
export async function observeDraft(
  part: SpecPart,
  found: Places,
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Drafted> {
  const { checks = false, plan } = options;
  const read = placesReader(part, found, ctx, options);
  const every = new Set(found.places);
  if (checks && plan === undefined) return read(every, { checks: every });

  const plans = plan === undefined ? ANY_PLAN : [plan];
  const draftsFrom = ({ snapshot }: ReadPlaces) =>
    plans.flatMap((one) => attempt(() => draftPlan(snapshot, part, one)) ?? []);

  let reading = await read(every);
  let drafts = draftsFrom(reading);
  const subnets = new Set(reading.placeOf.values());
  if (plan !== undefined && !(drafts.length > 0 && drafts.every(isEmpty))) {
    reading = await read(subnets, { subnets });
    drafts = draftsFrom(reading);
  }
  const whole = placesIn(reading, drafts, ({ unread }) => unread);
  const addresses = checks ? new Set<ObservedPlace>() : placesIn(reading, drafts, ({ narrowing }) => narrowing);
  if (whole.size + addresses.size > 0) {
    reading = await read(new Set([...whole, ...addresses]), { whole, addresses });
    drafts = draftsFrom(reading);
  }
  // `apply` reads what checks use, which shows what stages serve. A plan without checks is the same only where it was read as well.
  const uses = placesIn(reading, drafts, ({ unreadUses }) => unreadUses);
  if (uses.size > 0 && !checks) {
    reading = await read(uses, { whole, uses, addresses });
    drafts = draftsFrom(reading);
  }
  const drafted = { snapshot: reading.snapshot, draft: plan === undefined ? undefined : drafts[0] };
  if (!checks) return drafted;

  const links = new Set(drafts.flatMap(({ plan: draft }) => [...linksToCheck(draft, part.planned)]));
  const changing = [...reading.placeOf.values()].filter((place) =>
    [...place.links.keys()].some((one) => links.has(one)),
  );
  const checked = new Set([...changing, ...uses, ...placesIn(reading, drafts, ({ narrowing }) => narrowing)]);
  return checked.size === 0 ? drafted : read(checked, { whole, uses, checks: checked });
}

function isEmpty({ plan }: DraftedPlan): boolean {
  return plan.units.every(({ steps }) => steps.length === 0);
}

/** The places of the regions that `of` names of some plans. */
function placesIn(
  { placeOf }: ReadPlaces,
  plans: readonly DraftedPlan[],
  of: (plan: DraftedPlan) => ReadonlySet<string>,
): ReadonlySet<ObservedPlace> {
  return new Set(plans.flatMap((plan) => [...of(plan)]).flatMap((key) => placeOf.get(key) ?? []));
}

/** `diff` reports what cannot be resolved, together with all other problems. */
function attempt<T>(part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (isPosternError(error)) return undefined;

    throw error;
  }
}
