import { carryOut, type CallTools } from '../apply/ensure.js';
import { reachOf } from '../apply/reach.js';
import { readUntil } from '../apply/repeat.js';
import type { Clouds } from '../kinds/cloud/clouds.js';
import { stillPlanned } from '../apply/plan-again.js';
import { CloudError, InvalidInputError } from '../../ground/errors.js';
import { gatewayId } from '../kinds/gateway/gateway-spec.js';
import type { GatewaySpec } from '../model/gateway.js';
import { mayChange } from '../model/marks.js';
import type { Owner } from '../model/owner.js';
import { forgetRemedy, ownerText, type Claimant } from '../model/ownership.js';
import type { LinkSpec, Spec } from '../spec.js';
import { observeDraft } from '../observe/observe-spec.js';
import { placesOf } from '../observe/places.js';
import { planRemoval } from '../plan/destroy.js';
import { isAdopted } from '../plan/links/make-link.js';
import { partOf } from '../plan/only/part-of.js';
import { notReadTexts } from '../plan/elsewhere.js';
import type { FormerPlace, Plan, Step } from '../plan/plan.js';
import { type MayDestroy, LINK_TAGS } from '../plan/removal/undeclared-links.js';
import type { RegionSnapshot, Snapshot } from '../snapshot/snapshot.js';
import { absentGateway } from '../world/resolve/find-gateway.js';
import type { Link } from '../model/link.js';
import type { LinkRef } from '../model/reference.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { asStep } from '../../ground/calls/step-context.js';
import { abilityOf } from '../abilities.js';
import type { Driver } from '../driver.js';
import { requireLink } from './call-options.js';

/** Plans a removal from what was read; undefined where nothing is to remove. `spec` declares nothing, and has the claim of the program. */
export type Removal = (region: RegionSnapshot, snapshot: Snapshot, spec: Spec, clouds: Clouds) => Plan | undefined;

/** What a removal came to. */
export interface Removed {
  /** The steps that were done. */
  readonly steps: readonly Step[];
  /** What stays, and why. */
  readonly notes: readonly string[];
}

/** What was read, when, and the removal that it shows. */
interface Reading {
  readonly atMs: number;
  readonly snapshot: Snapshot;
  readonly plan?: Plan;
}

/**
 * Reads the regions, and carries out the removal that is planned from them. `elsewhere`: of all that the program has, and where it may
 * have more. @throws {PosternError} as `ensure` does.
 */
export async function remove(
  spec: Spec,
  removal: Removal,
  tools: CallTools,
  elsewhere?: readonly FormerPlace[],
): Promise<Removed> {
  const { clouds, drivers } = tools;
  const { places, ...accounts } = await placesOf(spec, drivers, tools.context, [], elsewhere);
  const part = partOf(spec, clouds, {});
  const planNow = async (context: CallContext): Promise<Reading> => {
    const atMs = context.clock.monotonicMs();
    const { snapshot } = await observeDraft(part, { ...accounts, places }, context, { all: true });
    const [region] = snapshot.regions;
    const plan = region && removal(region, snapshot, spec, clouds);
    return { atMs, snapshot, ...(plan && { plan }) };
  };
  const { context, unseenMs = 0 } = tools;
  const hasWork = ({ plan: one }: Reading): boolean => one !== undefined && one.units.length > 0;
  const { atMs, plan, snapshot } = await readUntil(() => planNow(context), hasWork, unseenMs, context);
  if (plan === undefined) return { steps: [], notes: [] };

  const unread = notReadTexts(snapshot).map((place) => `${place} could not be read: what is left there stays`);
  const notes = [...plan.notes, ...(plan.incomplete ?? []), ...unread];
  if (plan.units.length === 0) return { steps: [], notes };

  const still = stillPlanned(
    async (context) => {
      const now = await planNow(context);
      return { snapshot: now.snapshot, fresh: now.plan ?? { ...plan, units: [] } };
    },
    { atMs, fresh: plan, snapshot },
  );
  const reach = elsewhere && reachOf(plan, { snapshot, places, spec, clouds }, elsewhere);
  const { steps } = await carryOut(plan, spec, places, { ...tools, reach, stillPlanned: still });
  return { steps, notes };
}

/** @throws {InvalidInputError} `NOT_OURS`. {CloudError} `NOT_FOUND` for the gateway, or the code of a gap */
export function routeRemoval(
  region: RegionSnapshot,
  snapshot: Snapshot,
  spec: Spec,
  clouds: Clouds,
  gateway: GatewaySpec,
  key: string,
): Plan | undefined {
  const id = gatewayId(gateway);
  const found = region.gateways.find((one) => one.id === id);
  if (found === undefined) {
    const { message, remedy } = absentGateway(id, region);
    throw new CloudError('NOT_FOUND', message, { operation: 'deleteRoute', remedy });
  }

  const route = found.routes.find((one) => one.key === key);
  if (route === undefined) return undefined;

  requireOwn(`route ${key} of ${id}`, route.owner, spec);
  const may: MayDestroy = {
    link: (_mark): _mark is Owner => false,
    target: (mark, target): mark is Owner => mayChange(mark, spec) && target?.id === route.targetId,
    route: (mark, one, at): mark is Owner => mayChange(mark, spec) && one?.id === route.id && at?.id === id,
  };
  // The caller names the route, so its link need not be known otherwise.
  const known = withLinksOfOthers(spec, region, route.linkId === undefined ? [] : [route.linkId]);
  return planRemoval(snapshot, known, clouds, may, {});
}

/**
 * A spec that names links of others, which routes of the program use: without that, a route with its mark on such a link may be a copy,
 * and stays. Links of the program are left out, because what is named as external is not deleted.
 */
export function withLinksOfOthers(
  spec: Spec,
  { provider, region, links }: RegionSnapshot,
  ids: readonly string[],
): Spec {
  const others = links.filter(({ id, owner }) => ids.includes(id) && (owner === undefined || !mayChange(owner, spec)));
  const external = ({ kind, id }: Link): LinkSpec => ({ provider, region, kind, id, owner: 'external', tags: {} });
  return {
    ...spec,
    links: { ...spec.links, ...Object.fromEntries(others.map((link) => [`link ${link.id}`, external(link)])) },
  };
}

/** @throws {InvalidInputError} `NOT_OURS`, `STILL_REFERENCED`, `PROTECTED` */
export function linkRemoval(
  region: RegionSnapshot,
  snapshot: Snapshot,
  spec: Spec,
  clouds: Clouds,
  id: string,
  deleteInstance: boolean | undefined,
): Plan | undefined {
  const link = region.links.find((one) => one.id === id);
  if (link === undefined) return undefined;

  requireOwn(`link ${id}`, link.owner, spec);
  if (isAdopted(link)) {
    const remedy = 'Give it up with `forget`, and delete it where it was created.';
    throw new InvalidInputError('NOT_OURS', `link ${id} was adopted, not created by this program`, { remedy });
  }

  const may: MayDestroy = {
    link: (mark, one): mark is Owner =>
      mayChange(mark, spec) && (one === undefined ? mark?.integration === link.owner?.integration : one.id === id),
    target: (_mark): _mark is Owner => false,
    route: (_mark): _mark is Owner => false,
  };
  const options = deleteInstance === true ? { deleteInstances: [id] } : {};
  const plan = planRemoval(snapshot, spec, clouds, may, options);
  const isDeleted = plan.units.some(({ steps }) =>
    steps.some(({ kind, resource }) => kind === 'delete' && resource.id === id),
  );
  if (isDeleted) return plan;

  const [why = `link ${id} is kept`] = plan.notes;
  const isUsed = plan.incomplete !== undefined;
  throw new InvalidInputError(isUsed ? 'STILL_REFERENCED' : 'PROTECTED', why, {
    remedy: isUsed
      ? 'Remove what uses it, such as with `deleteRoute`, then delete the link.'
      : 'Pass `deleteInstance: true`.',
  });
}

/** @throws {InvalidInputError} `NOT_OURS` */
function requireOwn(what: string, owner: Owner | undefined, by: Claimant): asserts owner is Owner {
  if (owner !== undefined && mayChange(owner, by)) return;

  throw new InvalidInputError('NOT_OURS', `${what} is ${ownerText(owner, by)}`, {
    remedy: owner === undefined ? 'Delete it where it was created.' : forgetRemedy(owner),
    details: { project: owner?.project, spec: owner?.spec },
  });
}

/**
 * Removes the marks of a link and of the resource that holds its allowlist. Link, rules and routes are not
 * changed. Returns the keys of the removed tags: none where the link carried no mark.
 * @throws {CloudError} `NOT_FOUND`. {InvalidInputError} `NOT_OURS` for a link of another project or spec.
 */
export async function forgetLink(
  driver: Driver,
  ref: LinkRef,
  by: Claimant,
  ctx: CallContext,
): Promise<readonly string[]> {
  const { owner, tags } = await requireLink(driver, ref, 'forget', ctx);
  if (owner === undefined) return [];

  requireOwn(`link ${ref.id}`, owner, by);
  const keys = LINK_TAGS.filter((key) => Object.hasOwn(tags, key));
  // The group first: by its own marks the link is found again where this ends halfway, and the next plan completes the group's.
  await asStep(ctx, 'forget', async (step) => {
    await driver.allowlistGroups?.mark(ref, undefined, step);
    await abilityOf(driver, 'linkChanges').untag(ref, keys, step);
  });
  return keys;
}
