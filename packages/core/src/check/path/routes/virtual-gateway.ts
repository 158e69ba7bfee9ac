import { onPremisesReasons } from '../reasons/route.js';
import type { RemoteConnection, RouteEntry, VirtualGateway } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import { holds, readSpan, spanText, type Span } from '../model/span.js';
import { failStep, passStep, unknownStep, type PathStep } from '../model/step.js';
import { arrives, stops, type Arrival, type Leaving } from './arrival.js';

const CHECK = 'path/on-premises';
const HOP = 'on-premises connection';

/**
 * The path out of the cloud, over connections to other sites. What the snapshot can prove is checked: the
 * gateway exists, is attached and available, a connection behind it is up, and the cloud has the block at its
 * other end. What the routers there do cannot be determined.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function throughVirtualGateway(taken: PathStep, route: RouteEntry, { place, to }: Leaving): Arrival {
  const { id = '', native, kind } = route.nextHop;
  const found = place.world.index.find('virtualGateways', id);
  const what = { kind: 'virtual gateway', id };
  if (found.is !== 'found') {
    // Next hops of other kinds are not virtual gateways, and no list of the snapshot contains them.
    const missing =
      found.is === 'unknown' && kind === 'virtual-gateway'
        ? found.missing
        : {
            what: `the connection behind ${native ?? kind} ${id}`,
            remedy: `Check that ${id} is connected and has a route to ${spanText(to)}.`,
          };
    if (found.is === 'absent' && kind === 'virtual-gateway')
      return stops([taken, fail(id, 'does not exist', 'BAD_STATE')]);

    return arrives([taken, unknownStep(CHECK, HOP, what, missing)], { kind: 'remote', behind: id });
  }

  const gateway = found.value;
  const state = stateStep(gateway, place.subnet.networkId, place.world.index.missing('virtualGateways', id));
  if (state !== undefined) return stops([taken, state]);

  const line = lineStep(gateway, to, route.origin === 'propagated', place.world.index.missing('virtualGateways', id));
  return line.verdict === 'fail' ? stops([taken, line]) : arrives([taken, line], { kind: 'remote', behind: id });
}

function stateStep(gateway: VirtualGateway, networkId: string, gap: Missing | undefined): PathStep | undefined {
  const { id, state, nativeState, networkIds } = gateway;
  if (state === 'unknown') {
    const missing = gap ?? {
      what: `the state of ${id} (${nativeState})`,
      remedy: `Check ${id} in the console of the cloud.`,
    };
    return unknownStep(CHECK, HOP, { kind: 'virtual gateway', id }, missing);
  }
  if (state !== 'available') return fail(id, `is ${nativeState}`, 'BAD_STATE');

  return networkIds.includes(networkId)
    ? undefined
    : fail(id, `is not attached to ${networkId}`, 'UNASSOCIATED_COMPONENT');
}

/** A route that the gateway propagated proves that one of its connections announced the block. */
function lineStep(gateway: VirtualGateway, to: Span, announced: boolean, gap: Missing | undefined): PathStep {
  const { id, connections } = gateway;
  const what = { kind: 'virtual gateway', id };
  if (connections === undefined) {
    return unknownStep(CHECK, HOP, what, gap ?? { what: `the connections of ${id}`, remedy: READ_AGAIN });
  }

  const known = connections.filter((one) => (leadsTo(one, to) ?? announced) === true);
  const up = known.find(({ state }) => state === 'up');
  if (up !== undefined) return passed(id, up);

  const open = connections.find((one) => one.state !== 'down' && leadsTo(one, to) !== false);
  if (open !== undefined) {
    const of =
      open.state === 'unknown' ? `the state of ${open.id} (${open.nativeState})` : `the remote blocks of ${open.id}`;
    return unknownStep(
      CHECK,
      HOP,
      { kind: open.kind, id: open.id },
      gap ?? { what: of, remedy: `Check that ${open.id} is up and has a route to ${spanText(to)}.` },
    );
  }

  const [down] = known;
  if (down !== undefined) return lineDown(down);

  return connections.length > 0 && connections.every(({ state }) => state === 'down')
    ? lineDown(connections[0])
    : fail(id, `has no connection to ${spanText(to)}`, 'NO_ROUTE_TO_DESTINATION');
}

/** Undefined where the cloud does not know the blocks behind a connection. */
function leadsTo({ cidrBlocks }: RemoteConnection, to: Span): boolean | undefined {
  if (cidrBlocks === undefined) return undefined;

  return cidrBlocks.some((text) => {
    const block = readSpan(text);
    return block !== undefined && holds(block, to);
  });
}

const READ_AGAIN = 'Take the snapshot again with credentials that may read VPN connections and virtual interfaces.';

function passed(id: string, { id: line, via, cidrBlocks }: RemoteConnection): PathStep {
  const by = via === undefined ? line : `${line} through ${via}`;
  return passStep(CHECK, HOP, () => ({
    kind: 'virtual gateway',
    id,
    text: `attached; ${by} is up, remote blocks: ${cidrBlocks?.join(', ') ?? 'as announced'}`,
  }));
}

function lineDown(line: RemoteConnection | undefined): PathStep {
  const { id = '', kind = 'vpn', nativeState = 'down' } = line ?? {};
  return failStep(CHECK, HOP, () => ({
    kind,
    id,
    text: `is ${nativeState}`,
    code: kind === 'vpn' ? 'BAD_STATE_VPN' : 'BAD_STATE',
    ...onPremisesReasons.LINE_DOWN({ line: id, nativeState }),
  }));
}

function fail(id: string, what: string, code: string): PathStep {
  return failStep(CHECK, HOP, ({ to, from }) => ({
    kind: 'virtual gateway',
    id,
    text: what,
    code,
    ...onPremisesReasons.GATEWAY_CARRIES_NOTHING({ gateway: id, what, to: to.text, network: from.networkId }),
  }));
}
