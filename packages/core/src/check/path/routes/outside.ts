import { outsideReasons } from '../reasons/route.js';
import type { RouteEntry } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { AWAY } from './route-table.js';
import { failStep, passStep, blockText, type End, unknownStep, type PathStep } from '../model/step.js';
import type { SubnetPlace } from '../model/world.js';
import { meets, readSpan, type Span } from '../model/span.js';
import type { Arrival } from './arrival.js';

const HOP = 'network';

/**
 * Whether an address outside of the link's own network is in a location that the network is connected to. Where no
 * route goes there and no connected network contains it, a connection is needed before any rule matters.
 */
export function outsideSteps(place: SubnetPlace, arrival: Arrival, to: End): readonly PathStep[] {
  const { world, subnet } = place;
  if (arrival.dead === true) return [];
  if (arrival.at?.kind === 'network' && arrival.at.networkId === subnet.networkId) return [];

  const own = world.blocksOf(subnet.networkId);
  // The only step reports the result of the routes: no route, or unknown.
  const leadsOn = arrival.steps.length > 1 || arrival.verdict === 'pass';
  if (own === undefined) {
    const unread = world.index.missing('networks', subnet.networkId);
    return !leadsOn && arrival.verdict === 'fail' && unread?.failed === true ? [notSure(subnet.networkId, unread)] : [];
  }
  if (own.some((block) => meets(block, to.span))) return [];
  if (leadsOn) return [connected(subnet.networkId)];
  if (arrival.verdict === 'unknown') return [];

  const near = nextDoor(place, to.span);
  if (typeof near === 'string') return [connected(near)];
  if (near === undefined) return [outside(subnet.networkId)];

  // A list that was not requested completely proves nothing; one whose read was refused may hold the connection.
  return near.failed === true ? [notSure(subnet.networkId, near)] : [];
}

/** Connections that the cloud lists for a while after their end. */
const ENDED: ReadonlySet<string> = new Set(['deleted', 'failed']);

/** The connected network that has an address; why there may be one, where not all connections were read. */
function nextDoor(place: SubnetPlace, to: Span): string | Missing | undefined {
  const { world } = place;
  const { index } = world;
  const { networkId } = place.subnet;
  const peerings = index.all('peerings');
  for (const { sides, state } of peerings.items) {
    if (ENDED.has(state)) continue;

    const far = sides[0].networkId === networkId ? sides[1] : sides[1].networkId === networkId ? sides[0] : undefined;
    if (far === undefined) continue;

    const blocks = far.cidrBlocks?.flatMap((text) => readSpan(text) ?? []) ?? world.blocksOf(far.networkId);
    if (blocks?.some((block) => meets(block, to))) return far.networkId;
  }
  const gateways = index.all('transitGateways');
  for (const { id, attachments = [], routeTables = [] } of gateways.items) {
    const live = attachments.filter(({ state }) => !ENDED.has(state));
    const mine = live.find(({ kind, resourceId }) => kind === 'network' && resourceId === networkId);
    if (mine === undefined) continue;

    const routes = routeTables.find((table) => table.id === mine.routeTableId)?.routes ?? [];
    if (routes.some(({ cidrBlock }) => overlaps(cidrBlock, to))) return id;

    const other = live.find(
      ({ resourceId }) =>
        resourceId !== undefined &&
        resourceId !== networkId &&
        world.blocksOf(resourceId)?.some((block) => meets(block, to)),
    );
    if (other !== undefined) return other.resourceId;
  }
  const lines = index.all('virtualGateways');
  for (const { id, networkIds, connections = [] } of lines.items) {
    if (
      networkIds.includes(networkId) &&
      connections.some(({ cidrBlocks = [] }) => cidrBlocks.some((text) => overlaps(text, to)))
    )
      return id;
  }
  const unread = (isAlone(place) ? [peerings] : [peerings, gateways, lines]).flatMap(({ missing }) => missing ?? []);
  return unread.find(({ failed }) => failed === true) ?? unread[0];
}

/**
 * Where routers between networks and connections out of the cloud are not listed, only the routes to them
 * show that they exist.
 */
function isAlone({ world: { index }, subnet: { networkId } }: SubnetPlace): boolean {
  if (index.clouds.network(index.region).routersAreListed) return false;

  const tables = index.all('routeTables').items.filter((table) => table.networkId === networkId);
  return tables.every(({ routes = [] }) =>
    routes.every(({ nextHop: { kind, id } }) => id === undefined || WITHIN.has(kind)),
  );
}

/**
 * Next hops that do not lead to another network, or only to one that has its own list. The same holds for
 * services of the cloud, which have no ID.
 */
const WITHIN: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['local', 'peering', 'nat', 'endpoint', ...AWAY]);

function overlaps(text: string, to: Span): boolean {
  const block = readSpan(text);
  // A default route does not show which networks are connected.
  return block !== undefined && !text.endsWith('/0') && meets(block, to);
}

function notSure(networkId: string, missing: Missing): PathStep {
  return unknownStep('path/outside', HOP, { kind: 'network', id: networkId }, missing);
}

function connected(to: string): PathStep {
  return passStep('path/outside', HOP, () => ({
    kind: 'network',
    id: to,
    text: 'outside the network of the link, and connected to it',
  }));
}

function outside(networkId: string): PathStep {
  return failStep('path/outside', HOP, ({ to }) => ({
    kind: 'network',
    id: networkId,
    text: `${to.text} is outside ${networkId}, and no connection leads to it`,
    code: 'NO_ROUTE_TO_DESTINATION',
    ...outsideReasons.OUTSIDE_NETWORKS({ to: to.text, network: networkId, block: blockText(to) }),
  }));
}
