import { isAdjustable } from '../../do/kinds/quota.js';
import { usdText } from '../../ground/text/quantities.js';
import type { CloudPlanner } from '../cloud/cloud-planner.js';
import { filledFormula, namesIn, valueOf } from '../cloud/formula.js';
import type { Balancer, Layout } from '../layout/layout.js';
import { teamsIn } from '../layout/teams.js';
import type { NeededService } from '../needs/needs.js';
import type { Judged } from './obstacles.js';
import { bindingNeed, quotaNeedText } from './quota-needs.js';
import { noted, type JudgedReason } from './reasons.js';

/** What must be known of an option whether it fits or not. */
export function notesOf(judged: Judged): readonly JudgedReason[] {
  return [...split(judged), ...headroom(judged), ...peaks(judged), ...layoutNotes(judged), ...cost(judged)];
}

function layoutNotes(judged: Judged): readonly JudgedReason[] {
  return [...ceilings(judged), independence(judged), blastRadius(judged), hops(judged)];
}

/** That some services are served by another option, and what must be known of that part. */
function split({ option, services, sockets }: Judged): readonly JudgedReason[] {
  if (sockets === undefined) return [];

  const namesOf = (some: readonly NeededService[]): readonly string[] => some.map(({ name }) => name);
  const { id: other, title: otherTitle } = sockets.option;
  const notes = layoutNotes(sockets).map((note) => ({ ...note, message: `By ${other}: ${note.message}` }));
  const parts = { sockets: namesOf(sockets.services), other, otherTitle, services: namesOf(services) };
  return [noted.SPLIT({ ...parts, gateway: option.names.gateway, option: option.id }), ...notes];
}

/** Whether no two teams share a deployment or a load balancer. */
export function teamsAreApart({ option, layout, sockets }: Pick<Judged, 'option' | 'layout' | 'sockets'>): boolean {
  if (sockets !== undefined && !teamsAreApart(sockets)) return false;

  const isMixed = ({ services }: { readonly services: readonly NeededService[] }) => teamsIn(services).length > 1;
  if (!option.routesDeployAlone && layout.apis.some(isMixed)) return false;

  return sharedBalancer(layout) === undefined;
}

function headroom({ quotas, limits, needs: { provider }, clouds }: Judged): readonly JudgedReason[] {
  const first = bindingNeed(quotas);
  if (first === undefined) return [];

  const { quota, needed, limit } = first;
  if (limit.value === undefined || needed === undefined) return [];

  const free = limit.value - needed;
  const named = limits.quota(quota);
  const reached = {
    quota: quotaNeedText(named),
    needed,
    limit: limit.value,
    left: free < 0 ? undefined : free,
    missing: free < 0 ? -free : undefined,
    isAdjustable: isAdjustable(named),
  };
  const readOn = clouds.named(provider)?.quotasReadOn;
  return [
    limit.source === 'account'
      ? noted.CEILING({ ...reached, ...NO_FORMULA })
      : noted.QUOTA_BY_DEFAULT({ ...reached, readOn, isRead: limits.isRead }),
  ];
}

const NO_FORMULA = { most: undefined, when: undefined, formula: undefined, filled: undefined } as const;
const NO_QUOTA = {
  quota: undefined,
  needed: undefined,
  limit: undefined,
  left: undefined,
  missing: undefined,
  isAdjustable: undefined,
} as const;

/** That an average is compared with a rate, and what may arrive at once. */
function peaks({ option, needs: { region }, services, sockets }: Judged): readonly JudgedReason[] {
  if (option.burstIn === undefined) return [];

  const all = [...services, ...(sockets?.services ?? [])];
  const open = all.filter(({ requestsPerSecond = 0, hasPeak }) => requestsPerSecond > 0 && !hasPeak);
  if (open.length === 0) return [];

  return [noted.PEAKS({ services: open.map(({ name }) => name), burst: option.burstIn(region) })];
}

function ceilings({ option, limits, clouds, needs: { provider } }: Judged): readonly JudgedReason[] {
  const quotas = clouds.named(provider)?.quotas ?? {};
  const isQuota = (name: string): boolean => Object.hasOwn(quotas, name);
  return option.ceilings.map(({ when, formula }) => {
    const names = namesIn(formula).filter(isQuota);
    if (names.some((name) => limits.of(name).value === undefined))
      return noted.CEILING({ ...NO_QUOTA, most: undefined, when, formula, filled: undefined });

    const filled = filledFormula(formula, (name) => (isQuota(name) ? limits.of(name).value : undefined));
    return noted.CEILING({ ...NO_QUOTA, most: valueOf(filled), when, formula, filled });
  });
}

function independence({ option, layout, services }: Judged): JudgedReason {
  const teams = teamsIn(services).length;
  const { routesDeployAlone: eachRoute, names } = option;
  if (teams === 1 || teamsAreApart({ option, layout })) return noted.INDEPENDENT_DEPLOYMENTS({ teams, eachRoute });

  const balancer = sharedBalancer(layout);
  const api = eachRoute ? undefined : layout.apis.find((one) => teamsIn(one.services).length > 1);
  return noted.SHARED_DEPLOYMENTS({
    teams,
    gateway: names.gateway,
    ofApi: api && teamsIn(api.services).length,
    balancer: balancer?.name,
    ofBalancer: balancer && teamsIn(balancer.services).length,
    both: api !== undefined && balancer !== undefined,
  });
}

/**
 * A load balancer whose rules or listeners several teams change. An NLB in front of ALBs has one listener for each of
 * them, and no service changes it.
 */
function sharedBalancer({ balancers }: Layout): Balancer | undefined {
  return balancers.find(({ services, behind }) => behind === undefined && teamsIn(services).length > 1);
}

/** The most services that one load balancer or API stops. */
export function radiusOf({ balancers, apis, services }: Layout): number {
  return Math.max(1, ...[...balancers, ...apis].map((one) => Math.min(one.services.length, services.length)));
}

function blastRadius({ layout, option }: Judged): JudgedReason {
  const total = layout.services.length;
  const widest = <T extends { readonly services: readonly NeededService[] }>(some: readonly T[]): T | undefined =>
    some.toSorted((a, b) => b.services.length - a.services.length)[0];
  const balancer: Balancer | undefined = widest(layout.balancers);
  return noted.BLAST_RADIUS({
    gateway: option.names.gateway,
    ofApi: widest(layout.apis)?.services.length ?? total,
    total,
    balancer: balancer?.kind.name,
    ofBalancer: balancer?.services.length,
    link: option.names.link,
    ofLink: widest(layout.links)?.services.length ?? total,
  });
}

function hops({ option, planner, services }: Judged): JudgedReason {
  const path = callHops(option.hops, planner, services);
  return noted.HOPS({ count: path.length, hops: path });
}

/** What calls pass behind the link. */
export function callHops(
  own: readonly string[],
  { otherAccounts }: CloudPlanner,
  services: readonly NeededService[],
): readonly string[] {
  return services.some((one) => one.isElsewhere) && otherAccounts !== undefined ? [...own, otherAccounts.hop] : own;
}

function cost({ cost: { monthlyUsd, leastUsd, parts, unknown, without, pricesOf } }: Judged): readonly JudgedReason[] {
  const formula = parts.map(({ what, formula: text, usd }) => `${what}: ${text} = ${usdText(usd)}`).join('; ');
  if (monthlyUsd !== undefined) return [noted.COST({ usd: usdText(monthlyUsd), formula, without, pricesOf })];

  return [noted.COST_UNKNOWN({ unknown, usd: usdText(leastUsd), formula, without, pricesOf })];
}
