import type { CallContext } from './calls/call-context.js';
import type { Driver, DriverTraits, Scope } from './driver.js';
import type { DriverPlace, Drivers } from './drivers.js';
import { InvalidInputError, isPosternError, type PosternError } from './errors.js';
import { canonicalJson } from './hash.js';
import type { Json } from './json.js';
import type { LinkSpec, LookUp, Spec } from './model/spec.js';
import { mayChange, ownerTags } from './model/marks.js';
import { diff } from './plan/diff.js';
import { unreadOf } from './plan/finish-plan.js';
import type { PlanOptions } from './plan/plan.js';
import { blockSubject, checkedUse, linkSubject, targetSubject } from './plan/refusals.js';
import { markedLinks } from './plan/marked-links.js';
import { placeOf } from './plan/problems.js';
import { resolveLink, type ResolvedLink } from './plan/resolve-link.js';
import {
  SNAPSHOT_VERSION,
  type Access,
  type PlanTraits,
  type Price,
  type Refusal,
  type RegionSnapshot,
  type Snapshot,
} from './snapshot/snapshot.js';

/** How far an observation for a spec looks. */
export interface ObserveOptions {
  /** Reads every gateway, not only those that the spec names: so that what is ours on others is found, too. */
  readonly all?: boolean | undefined;
  /** Reads what checks look at, too; see `Scope.checks`. */
  readonly checks?: boolean | undefined;
  /** How the plan will be computed for which this is observed. By default it may be any: more may be read than is needed. */
  readonly plan?: PlanOptions | undefined;
}

/** One account and region that a spec reaches, and what reaches it. */
export interface ObservedPlace {
  readonly driver: Driver;
  readonly account: string;
  /** The spec's links there, by name. */
  readonly links: ReadonlyMap<string, LinkSpec>;
  readonly access: readonly Access[];
}

/**
 * The drivers for every place of a spec, each known to have the account that the spec names: asked before anything else.
 * Places that turn out to be one account and region share the driver that was given for the first.
 * @throws {InvalidInputError} `WRONG_ACCOUNT`, with the place in the spec; `NO_DRIVER`; whatever asking for the identity rejects with.
 */
export async function placesOf(spec: Spec, drivers: Drivers, ctx: CallContext): Promise<readonly ObservedPlace[]> {
  const wanted = new Map<string, { place: DriverPlace; links: Map<string, LinkSpec> }>();
  for (const [name, link] of Object.entries(spec.links)) {
    const { provider, region, account, profile, assumeRole } = link;
    const place = { provider, region, account, profile, assumeRole };
    const key = canonicalJson(place);
    const entry = wanted.get(key) ?? { place, links: new Map<string, LinkSpec>() };
    wanted.set(key, entry);
    entry.links.set(name, link);
  }
  const asked = await Promise.all(
    [...wanted.values()].map(async ({ place, links }) => {
      const driver = await drivers(place);
      const { account, arn } = await driver.identity(ctx);
      for (const [name, link] of links) checkAccount(spec, name, link, account, arn);
      return { driver, account, place, links };
    }),
  );
  const places = new Map<string, { driver: Driver; account: string; links: Map<string, LinkSpec>; access: Access[] }>();
  for (const { driver, account, place, links } of asked) {
    const key = `${place.provider}/${place.region}/${account}`;
    const entry = places.get(key) ?? { driver, account, links: new Map<string, LinkSpec>(), access: [] };
    places.set(key, entry);
    for (const [name, link] of links) entry.links.set(name, link);
    entry.access.push({ account: place.account, profile: place.profile, assumeRole: place.assumeRole });
  }
  return [...places.values()];
}

function checkAccount(spec: Spec, name: string, link: LinkSpec, account: string, arn: string | undefined): void {
  if (link.account === undefined || link.account === account) return;
  throw new InvalidInputError(
    'WRONG_ACCOUNT',
    `link ${name} belongs to account ${link.account}, the credentials to ${account}${arn === undefined ? '' : ` (${arn})`}`,
    {
      place: placeOf(spec, `links.${name}.account`),
      remedy: `Use credentials of account ${link.account}, or name their profile or role on the link.`,
      details: { expected: link.account, actual: account },
    },
  );
}

/**
 * What is there of everything that a spec speaks of: the accounts are checked first, then each account and region is read
 * once. What the adapter refuses from the outset is written into the snapshot, for `diff` to tell.
 * @throws {InvalidInputError} `WRONG_ACCOUNT`, `NO_DRIVER`
 * @throws {CloudError} what keeps a whole observation from being made; smaller things are gaps.
 */
export async function observeSpec(
  spec: Spec,
  drivers: Drivers,
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Snapshot> {
  return await observePlaces(spec, await placesOf(spec, drivers, ctx), ctx, options);
}

/** Options with which a plan deletes the least, and the most. */
const ANY_PLAN: readonly PlanOptions[] = [{}, { replaceFailed: true, deleteInstances: true, prune: true }];

/**
 * As {@link observeSpec}, with places that are known already. Where a plan would narrow or delete what gateways may use that the spec
 * does not name, those are read, too: only then is it known what still calls through a link.
 */
export async function observePlaces(
  spec: Spec,
  places: readonly ObservedPlace[],
  ctx: CallContext,
  options: ObserveOptions = {},
): Promise<Snapshot> {
  const snapshot = await readPlaces(spec, places, ctx, options, new Set());
  if (options.all === true || (options.checks === true && options.plan === undefined)) return snapshot;
  const plans = options.plan === undefined ? ANY_PLAN : [options.plan];
  const unread = new Set(plans.flatMap((plan) => [...(attempt(() => unreadOf(diff(snapshot, spec, plan))) ?? [])]));
  const again = new Set(places.filter((_, index) => unread.has(snapshot.regions[index] as RegionSnapshot)));
  return again.size === 0 ? snapshot : await readPlaces(spec, places, ctx, options, again);
}

/** Reads every place once; of those in `whole` every gateway. */
async function readPlaces(
  spec: Spec,
  places: readonly ObservedPlace[],
  ctx: CallContext,
  options: ObserveOptions,
  whole: ReadonlySet<ObservedPlace>,
): Promise<Snapshot> {
  const takenAt = new Date(ctx.clock.now()).toISOString();
  const read = await Promise.all(
    places.map(async (place) => {
      const scope = scopeOf(spec, place, options);
      if (!whole.has(place)) return { ...(await place.driver.observe(scope, ctx)), access: place.access };
      const region = await place.driver.observe({ ...scope, allGateways: true }, ctx);
      const lists = new Set([...(region.whole ?? []), 'gateways' as const]);
      return { ...region, whole: [...lists], access: place.access };
    }),
  );
  const snapshot: Snapshot = {
    version: SNAPSHOT_VERSION,
    takenAt,
    ...(options.all === true ? { scope: 'all' as const } : {}),
    regions: read,
  };
  return {
    ...snapshot,
    regions: places.map((place, index) => withRefusals(spec, snapshot, place, read[index])).filter(isDefined),
  };
}

/** What of a place the spec speaks of. */
function scopeOf(spec: Spec, { links }: Pick<ObservedPlace, 'links'>, options: ObserveOptions): Scope {
  const integrations = Object.values(spec.integrations).filter(({ link }) => links.has(link));
  const here = [...links.values()];
  const lookUps = (of: (link: LinkSpec) => readonly LookUp[] | undefined): readonly LookUp[] =>
    distinct(here.flatMap((link) => of(link) ?? []));
  const networks = lookUps(({ network }) => (network === undefined || typeof network === 'string' ? [] : [network]));
  return {
    ...(networks.length === 0 ? {} : { networks }),
    all: options.all === true ? true : undefined,
    checks: options.checks === true ? true : undefined,
    project: spec.project,
    spec: spec.spec,
    links: lookUps(({ id }) => (id === undefined ? [] : [id])),
    declared: [...links].flatMap(([name, link]) => (link.id === undefined && link.subnets !== undefined ? [name] : [])),
    gateways: distinct(integrations.map(({ gateway }) => gateway)),
    targets: distinct(integrations.flatMap(({ targets }) => Object.values(targets).map(({ ref }) => ref))),
    subnets: lookUps(({ subnets }) => subnets),
    securityGroups: lookUps(({ securityGroups }) => securityGroups),
  };
}

function distinct<T>(items: readonly T[]): readonly T[] {
  const seen = new Map(items.map((item) => [canonicalJson(item as Json), item]));
  return [...seen.values()];
}

/** Asks the adapter, which looks at the snapshot alone, what it would never do. */
function withRefusals(
  spec: Spec,
  snapshot: Snapshot,
  { driver, links }: ObservedPlace,
  region: RegionSnapshot | undefined,
): RegionSnapshot | undefined {
  if (region === undefined) return undefined;
  const refusals: Refusal[] = [];
  const prices: Price[] = [];
  const add = (subject: string, errors: readonly PosternError[]): void => {
    for (const { code, message, remedy, details } of errors) {
      const plain = details && (JSON.parse(JSON.stringify(details)) as Refusal['details']);
      refusals.push({ subject, code, message, remedy, details: plain });
    }
  };
  for (const [name, link] of links) {
    const resolved = attempt(() => resolveLink(snapshot, spec, name, link));
    const { subnetIds, securityGroupIds = [], networkId } = resolved ?? {};
    const { native } = link;
    if (subnetIds !== undefined && link.id === undefined && driver.links.check !== undefined) {
      const owner = { project: spec.project, integration: name };
      const tags = { ...link.tags, ...ownerTags(owner) };
      const request = { name: link.name ?? name, owner, subnetIds, securityGroupIds, tags, native };
      add(linkSubject(request), driver.links.check(request, region));
    }
    if (link.id === undefined && link.subnets !== undefined && driver.links.price !== undefined) {
      prices.push({ link: name, ...driver.links.price({ native }) });
    }
    if (resolved !== undefined && link.allowlist !== undefined && driver.allowlist.check !== undefined) {
      const linkId = linkIdOf(spec, name, resolved, region);
      // What is let through already is no question any more.
      const entries = region.allowlists.find((list) => list.linkId === linkId)?.entries ?? [];
      const there = new Set(entries.map(({ cidrBlock }) => cidrBlock));
      const blocks = link.allowlist.filter((block) => !there.has(block));
      add(blockSubject(name), driver.allowlist.check(blocks, { linkId, networkId, subnetIds, native }, region));
    }
    for (const integration of Object.values(spec.integrations)) {
      if (integration.link !== name || driver.targets.check === undefined) continue;
      for (const target of Object.values(integration.targets)) {
        const use = checkedUse(integration, target);
        add(targetSubject(target.ref, use), driver.targets.check(target.ref, { networkId, use }, region));
      }
    }
  }
  return {
    ...region,
    traits: planTraits(driver.traits),
    ...(prices.length === 0 ? {} : { prices }),
    ...(refusals.length === 0 ? {} : { refusals }),
  };
}

/** What of an adapter's traits goes into a snapshot. */
export function planTraits(traits: DriverTraits): PlanTraits {
  const { linksCostMoney, targetsAreResources, allowlistNeedsCreation, allowlistHasPorts, routesNeedDeployment } =
    traits;
  return { linksCostMoney, targetsAreResources, allowlistNeedsCreation, allowlistHasPorts, routesNeedDeployment };
}

/** The link that a name of the spec means, where it exists. */
function linkIdOf(
  spec: Spec,
  name: string,
  { given, spec: link }: ResolvedLink,
  region: RegionSnapshot,
): string | undefined {
  if (given !== undefined) return given.id;
  return markedLinks(region.links, spec.project, name, link).find(({ owner }) => mayChange(owner, spec))?.id;
}

/** What cannot be resolved is for `diff` to tell, with everything else. */
function attempt<T>(part: () => T): T | undefined {
  try {
    return part();
  } catch (error) {
    if (isPosternError(error)) return undefined;
    throw error;
  }
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
