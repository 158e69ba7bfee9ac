import { linkKindsOn } from '../do/kinds/cloud/link-kinds.js';
import type { Clouds } from '../do/kinds/cloud/clouds.js';
import type { Json } from '../ground/json.js';
import type { RegionSnapshot } from '../do/snapshot/snapshot.js';
import { typeFor } from './cloud/instances.js';
import type { PlannerOption } from './cloud/option.js';
import { teamsIn, type Api } from './layout/teams.js';
import { busiestLink, type Layout, type LayoutLink, type PlannedListener } from './layout/layout.js';
import type { Needs, NeededService } from './needs/needs.js';
import { grouped } from '../ground/grouped.js';

/** The spec of an option. What only the account knows is a name to look up, or `${env:NAME}`. */
export interface Fragment {
  readonly clouds: Clouds;
  readonly option: PlannerOption;
  readonly needs: Needs;
  readonly layout: Layout;
  /** The region of a snapshot: an instance that exists is named by its ID. */
  readonly region: RegionSnapshot | undefined;
  /** Whether new instances are sold. */
  readonly isSold: boolean;
}

/** Names of subnets that a link is created in; of vSwitches, and of their security group. */
const SUBNETS = ['private-a', 'private-b'];
const GROUP = 'gateway';
/** The variable of what an instance may reach: without it, nothing. */
const BLOCK = 'SERVICES_BLOCK';
/** The variable of the security group of backends that admits a gateway. */
const BACKEND_GROUP = 'SERVICES_GROUP';
const STAGE = 'prod';

/**
 * The spec of an option, or of two that serve the needs together; undefined where Postern does not serve one of the
 * products.
 */
export function fragmentOf(fragments: readonly Fragment[]): Json | undefined {
  const [first] = fragments;
  if (
    first === undefined ||
    fragments.some(({ option: { gateway, link } }) => gateway === undefined || link === undefined)
  )
    return undefined;

  const integrations: Record<string, Json> = {};
  const total = fragments.reduce((sum, { layout }) => sum + layout.apis.length, 0);
  let number = 0;
  for (const fragment of fragments) {
    for (const api of fragment.layout.apis) {
      number += 1;
      const reference = gatewayOf(fragment, total > 1 ? number : undefined);
      for (const { name, services, link: through } of parts(fragment, api)) {
        integrations[freeName(name, integrations)] = {
          link: through,
          gateway: reference,
          ...targetsAndRoutes(fragment, services),
        };
      }
    }
  }
  const links = Object.assign({}, ...fragments.map(linksOf));
  return { version: 1, project: 'advised', defaults: { region: first.needs.region }, links, integrations };
}

/** The longest name of an integration, and room for a number at its end. */
const LONGEST = 63;
const ROOM = 5;

/** A name that no other integration has: `shop`, `shop-2`. */
function freeName(name: string, taken: Readonly<Record<string, unknown>>): string {
  let free = name.slice(0, LONGEST);
  for (let count = 2; Object.hasOwn(taken, free); count += 1) free = `${name.slice(0, LONGEST - ROOM)}-${count}`;
  return free;
}

/** The links: one, or one for each load balancer that links lead to. */
function linksOf({ clouds, option, layout, needs: { provider }, region, isSold }: Fragment): Record<string, Json> {
  const { link } = option;
  if (link === undefined) return {};

  const { createdFrom, createdOn, settings, groupIsManaged } = clouds.link(link);
  if (createdFrom === 'loadBalancer')
    return Object.fromEntries(layout.links.map(({ of: name = '' }) => [name, { provider, loadBalancer: name }]));

  const existing = region?.links.find(({ kind, state }) => kind === link && state !== 'failed');
  const isBought = settings.includes('spec');
  const isGiven = isBought && (createdOn === undefined || !isSold || existing !== undefined);
  return Object.fromEntries(
    layout.links.map((one) => {
      // Of several VPCs each has subnets, a group and an instance of its own.
      const named = (name: string) => (one.of === undefined ? name : `${one.of}-${name}`);
      const variable = (name: string) => `\${env:${one.of === undefined ? '' : `${variableOf(one.of)}_`}${name}}`;
      const id = one.of === undefined ? existing?.id : undefined;
      const kind = createdOn !== provider || linkKindsOn(clouds, provider)[0] === link ? {} : { kind: link };
      if (isGiven) return [linkName(option, one), { provider, ...kind, id: id ?? variable('INSTANCE') }];

      const bought = {
        securityGroups: [{ name: named(GROUP) }],
        spec: (option.instance && typeFor(option.instance, busiestLink({ links: [one] }))?.name) ?? null,
        allowlist: [variable(BLOCK)],
      };
      const admitted = { ...kind, allowlist: [{ group: variable(BACKEND_GROUP) }] };
      const subnets = SUBNETS.map((name) => ({ name: named(name) }));
      return [linkName(option, one), { provider, subnets, ...(groupIsManaged ? admitted : isBought ? bought : {}) }];
    }),
  );
}

/** The name of a link: of one for each VPC that of the VPC. An instance is a gateway of its own. */
function linkName({ instance }: PlannerOption, { of }: Pick<LayoutLink, 'of'>): string {
  return of ?? (instance === undefined ? 'vpc' : 'gateway');
}

/** How a spec names an API: `${env:API}`, or `${env:API_2}` where there are several. */
function gatewayOf({ clouds, option: { gateway } }: Fragment, number: number | undefined): Json {
  if (gateway === undefined) return {};

  const { ref, stageIsNamed } = clouds.gateway(gateway);
  const id = `\${env:API${number === undefined ? '' : `_${number}`}}`;
  return { [ref]: id, ...(stageIsNamed === true ? { stage: STAGE } : {}) };
}

interface Part {
  readonly name: string;
  readonly link: string;
  readonly services: readonly NeededService[];
}

/** An API's integrations: one for each team and link. */
function parts({ layout, option }: Fragment, { services }: Api): readonly Part[] {
  const linkOf = new Map(
    layout.links.flatMap((link) => link.services.map((one) => [one, linkName(option, link)] as const)),
  );
  return teamsIn(services).flatMap(([team, members]) => {
    const byLink = grouped(members, (one) => linkOf.get(one) ?? '');
    return [...byLink].map(([link, some]) => ({
      name: byLink.size > 1 ? `${team}-${link}` : team,
      link,
      services: some,
    }));
  });
}

function targetsAndRoutes(
  { clouds, option, layout }: Fragment,
  services: readonly NeededService[],
): Record<string, Json> {
  const targets: Record<string, Json> = {};
  const routes: Record<string, Json> = {};
  for (const one of services) {
    const listener = layout.listenerOf(one);
    const name = listener !== undefined && option.target === undefined ? targetName(listener) : one.name;
    const tls = one.protocol === 'https' ? { tls: {} } : {};
    targets[name] = {
      ...(option.target === undefined ? listenerOf(listener) : variableTarget(clouds, option.target, one, layout)),
      ...tls,
    };
    const route = routeOf(clouds, option, one, name);
    for (const key of keysOf(option, one)) routes[key] = route;
  }
  return { targets, routes };
}

/** A route to a target, with the settings that the features of its service need and a spec can declare. */
function routeOf(clouds: Clouds, { gateway }: PlannerOption, { features }: NeededService, target: string): Json {
  const known = gateway === undefined ? [] : clouds.gateway(gateway).settings;
  const settings = {
    ...(features.includes('usage-plans') && known.includes('apiKey') ? { apiKey: true } : {}),
    ...(features.includes('streaming') && known.includes('stream') ? { stream: true } : {}),
  };
  return Object.keys(settings).length === 0 ? target : { target, ...settings };
}

/** The load balancer, and the port where that is not 80. */
function targetName({ balancer, port }: PlannedListener): string {
  return port === 80 ? balancer.name : `${balancer.name}-${port}`;
}

function listenerOf(listener: PlannedListener | undefined): Record<string, Json> {
  return { listener: { loadBalancer: listener?.balancer.name ?? '', port: listener?.port ?? 80 } };
}

/** `instance: ${env:ORDERS_INSTANCE}`, and a port where the kind of target has one; with the number of the service where names of two services give one variable. */
function variableTarget(
  clouds: Clouds,
  { key, port }: NonNullable<PlannerOption['target']>,
  service: NeededService,
  { services }: Layout,
): Record<string, Json> {
  const variable = variableOf(service.name);
  const alike = services.filter((one) => variableOf(one.name) === variable);
  const number = alike.length > 1 ? `_${alike.indexOf(service) + 1}` : '';
  return { [key]: `\${env:${variable}${number}_${variableOf(key)}}`, ...(clouds.target(key).hasPort && { port }) };
}

function variableOf(name: string): string {
  return name
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_');
}

/** Of an API of messages, its events; of others, the path of the service and all below it. */
function keysOf({ apiPerService }: PlannerOption, { name }: NeededService): readonly string[] {
  if (apiPerService !== undefined) return apiPerService.routes;

  return [`ANY /${name}`, `ANY /${name}/{proxy+}`];
}
