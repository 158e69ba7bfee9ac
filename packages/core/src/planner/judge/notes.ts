import { isAdjustable } from '../../do/kinds/quota.js';
import { counted, fewText, usdText } from '../../ground/text/quantities.js';
import type { CloudPlanner } from '../cloud/cloud-planner.js';
import type { Reason } from '../advice.js';
import type { Balancer, Layout } from '../layout/layout.js';
import { teamsIn } from '../layout/teams.js';
import type { NeededService } from '../needs/needs.js';
import type { Judged } from './obstacles.js';
import { bindingNeed, quotaNeedText } from './quota-needs.js';

/** What must be known of an option whether it fits or not. */
export function notesOf(judged: Judged): readonly Reason[] {
  return [...split(judged), ...headroom(judged), ...peaks(judged), ...layoutNotes(judged), ...cost(judged)];
}

function layoutNotes(judged: Judged): readonly Reason[] {
  return [...ceilings(judged), independence(judged), blastRadius(judged), hops(judged)];
}

/** That some services are served by another option, and what must be known of that part. */
function split({ option, services, sockets }: Judged): readonly Reason[] {
  if (sockets === undefined) return [];
  const namesOf = (some: readonly NeededService[]): string => fewText(some.map(({ name }) => name));
  const message =
    `${option.names.gateway} does not serve WebSocket connections, so the needs are split: ` +
    `${namesOf(sockets.services)} by ${sockets.option.id} (${sockets.option.title}), ${namesOf(services)} by ${option.id}. ` +
    'The cost, the quotas and the spec are those of both.';
  const notes = layoutNotes(sockets).map((note) => ({ ...note, message: `By ${sockets.option.id}: ${note.message}` }));
  return [{ code: 'SPLIT', message }, ...notes];
}

/** Whether no two teams share a deployment or a load balancer. */
export function teamsAreApart({ option, layout, sockets }: Pick<Judged, 'option' | 'layout' | 'sockets'>): boolean {
  if (sockets !== undefined && !teamsAreApart(sockets)) return false;
  const isMixed = ({ services }: { readonly services: readonly NeededService[] }) => teamsIn(services).length > 1;
  if (!option.routesDeployAlone && layout.apis.some(isMixed)) return false;
  return sharedBalancer(layout) === undefined;
}

function headroom({ quotas, limits, needs: { provider }, clouds }: Judged): readonly Reason[] {
  const first = bindingNeed(quotas);
  if (first === undefined) return [];
  const { quota, needed, limit } = first;
  if (limit.value === undefined || needed === undefined) return [];
  const left = limit.value - needed;
  const named = limits.quota(quota);
  const readOn = clouds.named(provider)?.quotasReadOn;
  const what = `${quotaNeedText(named)}: ${needed} of ${limit.value}, ${left < 0 ? `${-left} too many` : `${left} left`}.`;
  const adjustable = isAdjustable(named) ? 'adjustable' : 'fixed';
  const from =
    limit.source === 'account'
      ? `Read from the account; ${adjustable}.`
      : `The default${readOn === undefined ? '' : ` as of ${readOn}`}, ${adjustable}${limits.isRead ? '' : '; what exists in the account is not counted'}.`;
  return [
    {
      code: limit.source === 'account' ? 'CEILING' : 'QUOTA_BY_DEFAULT',
      message: `First quota you would reach: ${what} ${from}`,
    },
  ];
}

/** That an average is compared with a rate, and what may arrive at once. */
function peaks({ option, needs: { region }, services, sockets }: Judged): readonly Reason[] {
  if (option.burstIn === undefined) return [];
  const all = [...services, ...(sockets?.services ?? [])];
  const open = all.filter(({ requestsPerSecond = 0, hasPeak }) => requestsPerSecond > 0 && !hasPeak);
  if (open.length === 0) return [];
  return [
    {
      code: 'PEAKS',
      message:
        `Averages are compared with the requests per second of the account (${fewText(open.map(({ name }) => name))}); ` +
        `calls beyond them, and bursts of over ${option.burstIn(region)} requests, get status 429. Write peakRequestsPerSecond to compare peaks.`,
    },
  ];
}

/** A name in a formula: of a quota, or of a function. */
const NAME = /(?<![a-z0-9])[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g;

function ceilings({ option, limits, clouds, needs: { provider } }: Judged): readonly Reason[] {
  const quotas = clouds.named(provider)?.quotas ?? {};
  const isQuota = (name: string): boolean => Object.hasOwn(quotas, name);
  return option.ceilings.map(({ when, formula, services }): Reason => {
    const names = [...formula.matchAll(NAME)].map(([name]) => name).filter(isQuota);
    if (names.some((name) => limits.of(name).value === undefined))
      return { code: 'CEILING', message: `At most an unknown number of services ${when} (${formula}).` };
    const most = services((name) => limits.of(name).value ?? 0);
    const filled = formula.replace(NAME, (name) => (isQuota(name) ? String(limits.of(name).value) : name));
    return { code: 'CEILING', message: `At most ${counted(most, 'service')} ${when}: ${formula} = ${filled}.` };
  });
}

function independence(judged: Judged): Reason {
  const teams = teamsIn(judged.services).length;
  if (teams === 1) {
    const alone = judged.option.routesDeployAlone
      ? 'each route is published with its own change'
      : 'a deployment publishes all of an API';
    return { code: 'INDEPENDENT_DEPLOYMENTS', message: `One team: ${alone}.` };
  }
  if (teamsAreApart({ option: judged.option, layout: judged.layout })) {
    const how = judged.option.routesDeployAlone
      ? 'routes are published one by one, and no load balancer is shared'
      : 'each has an API and load balancers of its own';
    return { code: 'INDEPENDENT_DEPLOYMENTS', message: `The ${teams} teams deploy independently: ${how}.` };
  }
  return {
    code: 'SHARED_DEPLOYMENTS',
    message: `The ${teams} teams do not deploy independently: ${sharedText(judged)}.`,
  };
}

function sharedText({ option, layout }: Judged): string {
  const shared = sharedBalancer(layout);
  const api = layout.apis.find(({ services }) => teamsIn(services).length > 1);
  const texts = [
    ...(api === undefined || option.routesDeployAlone
      ? []
      : [
          `one ${option.names.gateway} has ${teamsIn(api.services).length} of them, and a deployment publishes all of it`,
        ]),
    ...(shared === undefined ? [] : [`${shared.name} serves ${teamsIn(shared.services).length} of them`]),
  ];
  return texts.join('; ');
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

function blastRadius({ layout, option }: Judged): Reason {
  const total = layout.services.length;
  const widest = <T extends { readonly services: readonly NeededService[] }>(some: readonly T[]): T | undefined =>
    some.toSorted((a, b) => b.services.length - a.services.length)[0];
  const balancer: Balancer | undefined = widest(layout.balancers);
  const api = widest(layout.apis)?.services.length ?? total;
  const parts = [
    `one ${option.names.gateway} carries ${api} of ${total} services`,
    ...(balancer === undefined ? [] : [`one ${balancer.kind.name} ${balancer.services.length}`]),
    `one ${option.names.link} ${widest(layout.links)?.services.length ?? total}`,
  ];
  return { code: 'BLAST_RADIUS', message: `Largest failure: ${parts.join(', ')}.` };
}

function hops({ option, planner, services }: Judged): Reason {
  const path = callHops(option.hops, planner, services);
  const text = path.length === 0 ? 'none' : path.join(', ');
  return {
    code: 'HOPS',
    message: `${counted(path.length, 'hop')} behind the link (${text}). No latency of a hop is published: measure it.`,
  };
}

/** What calls pass behind the link. */
export function callHops(
  own: readonly string[],
  { otherAccounts }: CloudPlanner,
  services: readonly NeededService[],
): readonly string[] {
  const isElsewhere = services.some((one) => one.isElsewhere);
  return isElsewhere && otherAccounts !== undefined ? [...own, otherAccounts.hop] : own;
}

function cost({ cost: { monthlyUsd, leastUsd, parts, unknown, without, pricesOf } }: Judged): readonly Reason[] {
  const formula = parts.map(({ what, formula: text, usd }) => `${what}: ${text} = ${usdText(usd)}`).join('; ');
  if (monthlyUsd !== undefined)
    return [{ code: 'COST', message: `USD ${usdText(monthlyUsd)} a month. ${formula}. ${without} ${pricesOf}` }];
  const least = parts.length === 0 ? '' : ` At least USD ${usdText(leastUsd)} a month. ${formula}. ${without}`;
  return [{ code: 'COST_UNKNOWN', message: `Not known: ${unknown.join('; ')}.${least} ${pricesOf}` }];
}
