import { checkArgument } from '../do/forms/check-argument.js';
import { memberOf } from '../do/forms/values.js';
import { InvalidInputError, UnsupportedError } from '../ground/errors.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import type { RegionSnapshot, Snapshot } from '../do/snapshot/snapshot.js';
import { ADVICE_VERSION, type Advice, type Binding, type OptionAdvice, type ReasonCode } from './advice.js';
import type { CloudPlanner } from './cloud/cloud-planner.js';
import type { PlannerOption } from './cloud/option.js';
import { costOf, costOfBoth } from './cost/cost.js';
import { fragmentOf } from './fragment.js';
import { bindingNeed, quotaNeeds, type QuotaNeed } from './judge/quota-needs.js';
import { callHops, notesOf, radiusOf, teamsAreApart } from './judge/notes.js';
import { obstaclesOf, type Judged } from './judge/obstacles.js';
import { ranked } from './judge/rank.js';
import { FIT_OF, noted } from './judge/reasons.js';
import { balancerNames } from './layout/teams.js';
import { layoutOf, splitOf } from './layout/layout.js';
import { checkNeeds } from './needs/check-needs.js';
import { type Feature, servicesOf, type Needs, type NeededService } from './needs/needs.js';
import { pictureOf } from './picture.js';
import { limitsIn } from './usage/usage.js';

/** How needs are judged, and with which clouds. */
export interface AdviseOptions {
  readonly clouds: Clouds;
  /** What is known of their options: those of the cloud of the needs are judged. */
  readonly planners: readonly CloudPlanner[];
  /** The account and region of the needs. Without it, quotas are the defaults of every account. */
  readonly snapshot?: Snapshot | undefined;
  /**
   * Milliseconds since 1970, for retirement dates; by default the time of the snapshot. Without both, no date of
   * the future has passed.
   */
  readonly now?: number | undefined;
}

const needsArgument = memberOf<Needs>('what parseNeeds() returned', ['provider', 'region']);
const optionsArgument = memberOf<AdviseOptions>('{ clouds, planners }', ['clouds', 'planners']);

/**
 * Which options serve these needs, with the quota that each reaches first, what it costs, and a spec to start from; best
 * first. With a snapshot, quotas and what exists are those of its account and region; without one, quotas are the
 * defaults of every account. Pure.
 *
 * ```ts
 * const set = clouds([aws, alibaba]);
 * const needs = parseNeeds(readFileSync('needs.yaml', 'utf8'), { clouds: set });
 * const advice = advise(needs, { clouds: set, planners: [planner], snapshot });
 * console.log(adviceText(advice));
 * ```
 *
 * @throws {InvalidInputError} `INVALID_NEEDS`, `CONTRADICTING_NEEDS`; `INVALID_INPUT` for a region that cannot exist or
 * that the snapshot does not have. {UnsupportedError} where no planner is of the cloud of the needs.
 */
export function advise(needs: Needs, options: AdviseOptions): Advice {
  checkArgument('advise', 'needs', needsArgument, needs);
  checkArgument('advise', 'options', optionsArgument, options);
  const { clouds, planners, snapshot, now } = options;
  checkNeeds(needs, clouds);
  const planner = plannerOf(needs, planners);
  const region = regionIn(needs, snapshot);
  const services = servicesOf(needs);
  const at = now ?? (snapshot === undefined ? 0 : Date.parse(snapshot.takenAt));
  const limits = limitsIn(needs, clouds, region, snapshot?.scope === 'all');
  const place = { clouds, planner, needs, limits, region, now: at };
  const judged = planner.options.map((option) => judge(laidOut(option, services, place)));
  return { version: ADVICE_VERSION, options: ranked(judged, needs.latencyMs).map(adviceOf) };
}

/** @throws {UnsupportedError} where none is of the cloud of the needs. */
function plannerOf({ provider }: Needs, planners: readonly CloudPlanner[]): CloudPlanner {
  const found = planners.find(({ cloud }) => cloud === provider);
  if (found !== undefined) return found;

  throw new UnsupportedError(`this program has no options for the cloud ${provider}`, {
    remedy: 'Add what `definePlanner` of @postern/core/adapter returned for it.',
  });
}

/** What an option is judged by; of needs for both connections and requests, each part by the option that serves it. */
function laidOut(
  option: PlannerOption,
  services: readonly NeededService[],
  place: Pick<Judged, 'clouds' | 'planner' | 'needs' | 'limits' | 'region' | 'now'>,
): Judged {
  const { limits, needs, planner } = place;
  const { gateways } = needs;
  const split = splitOf(option, planner.options, services);
  if (split === undefined) {
    const layout = layoutOf(option, services, limits, gateways);
    const quotas = quotaNeeds([[option, layout]], limits);
    return { ...place, option, services, layout, quotas, cost: costOf(option, planner, layout, needs.region) };
  }

  const name = balancerNames();
  const ofRequests = gateways === undefined ? undefined : gateways - split.sockets.length;
  const layout = layoutOf(option, split.requests, limits, ofRequests, name);
  const other = layoutOf(split.option, split.sockets, limits, undefined, name);
  const quotas = quotaNeeds(
    [
      [option, layout],
      [split.option, other],
    ],
    limits,
  );
  const otherCost = costOf(split.option, planner, other, needs.region);
  const sockets = { ...place, option: split.option, services: split.sockets, layout: other, quotas, cost: otherCost };
  const cost = costOfBoth(costOf(option, planner, layout, needs.region), otherCost);
  return { ...place, option, services: split.requests, layout, quotas, cost, sockets };
}

/** What no quota and no budget changes: the product does not have it. */
const LACKS: ReadonlySet<ReasonCode> = new Set([
  'PROTOCOL_NOT_SERVED',
  'FEATURE_MISSING',
  'PRODUCT_NOT_IN_REGION',
  'PRODUCT_RETIRED',
  'PAYLOAD_TOO_LARGE',
  'TIMEOUT_SHORTER',
]);

/** Features that a spec does not set, or not alone: a route with an API key needs a usage plan. */
const SET_ON_APIS: readonly Feature[] = ['authorizers', 'usage-plans', 'caching', 'waf', 'private-endpoint'];

/** An option, judged, before it has a rank. */
function judge(judged: Judged) {
  const { option, planner, cost, services, needs, now, sockets } = judged;
  const hops = callHops(option.hops, planner, services);
  const parts = sockets === undefined ? [judged] : [judged, sockets];
  const obstacles = obstaclesOf(judged);
  const worst = (['fail', 'unknown'] as const).find((verdict) => obstacles.some((one) => one.verdict === verdict));
  const fits = FIT_OF[worst ?? 'pass'];
  const isSold = option.retirement?.every(({ at, ends }) => ends !== 'sale' || now < Date.parse(at)) ?? true;
  return {
    id: option.id,
    title: option.title,
    fits,
    against: obstacles.filter(({ verdict }) => verdict === worst).length,
    lacks: obstacles.filter(({ verdict, code }) => verdict === 'fail' && LACKS.has(code)).length,
    apart: teamsAreApart(judged),
    hops: hops.length,
    path: hops,
    monthlyUsd: cost.monthlyUsd,
    leastUsd: cost.leastUsd,
    priceRegion: cost.priceRegion,
    callUsd: option.calls === undefined ? 0 : (planner.prices?.table[option.calls]?.tiers[0]?.usd ?? 0),
    radius: Math.max(...parts.map((part) => radiusOf(part.layout))),
    reasons: [
      ...obstacles,
      ...(option.gateway === undefined ? [noted.NOT_SERVED_BY_POSTERN({ option: option.title })] : []),
      ...(fits === 'yes' ? [noted.FITS({ count: needs.services.length })] : []),
      ...notesOf(judged),
    ],
    binding: bindingOf(judged.quotas),
    spec: fits === 'no' ? null : (fragmentOf(parts.map((part) => ({ ...part, isSold }))) ?? null),
    notInSpec: SET_ON_APIS.filter((feature) =>
      parts.some((part) => part.services.some((one) => one.features.includes(feature))),
    ),
    picture: parts.map((part) => pictureOf(part.option, part.layout)).join(' + '),
    costParts: cost.parts,
  };
}

function adviceOf(one: ReturnType<typeof ranked<ReturnType<typeof judge>>>[number], at: number): OptionAdvice {
  const {
    id,
    title,
    fits,
    reasons,
    why,
    binding,
    monthlyUsd = null,
    priceRegion,
    path,
    spec,
    notInSpec,
    picture,
    costParts,
  } = one;
  return {
    id,
    title,
    fits,
    rank: at + 1,
    reasons: [why, ...reasons].map(({ code, verdict, message }) => ({ code, verdict, message })),
    binding,
    monthlyUsd,
    priceRegion,
    hops: path,
    spec,
    notInSpec,
    picture,
    costParts,
  };
}

function bindingOf(quotas: readonly QuotaNeed[]): Binding | null {
  const first = bindingNeed(quotas);
  if (first === undefined) return null;

  const { quota, needed, limit } = first;
  return { quota, limit: limit.value ?? null, needed: needed ?? null, source: limit.source };
}

function regionIn(
  { provider, region, accounts = [] }: Needs,
  snapshot: Snapshot | undefined,
): RegionSnapshot | undefined {
  if (snapshot === undefined) return undefined;

  const placed = snapshot.regions.filter((one) => one.provider === provider && one.region === region);
  const [home] = accounts;
  const own =
    placed.find(({ account }) => account === home) ?? (home === undefined || snapshot.redacted ? placed[0] : undefined);
  if (own !== undefined) return own;

  const which = placed.length === 0 ? `${provider} ${region}` : `account ${home} in ${region}`;
  throw new InvalidInputError('INVALID_INPUT', `the snapshot does not have ${which}`, {
    remedy: 'Take one of that account and region with `postern snapshot`, or leave the snapshot out.',
  });
}
