import { matchingRule, type AskedUrl } from '../slb/rules.js';
import type { ListenerRow, LoadBalancerRow, BackendServerRow } from '../slb/state.js';
import { overlaps, readBlock } from '../../simulation/addresses.js';
import type { Choose } from '../../simulation/open-questions.js';
import { blockHas } from '../vpc/request/text-rules.js';
import { healthOf, serverPort, serversOf, type Checks } from '../slb/load-balancer.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import type { Finding, Source } from './connection.js';
import { aclStops, EPHEMERAL, firstStop } from './network-acls.js';
import { clientStops } from './security-groups.js';

/** Where a call arrives. */
export interface Arrival {
  readonly address: string;
  readonly port: number;
  /** The address, or the block, that the receiver sees. */
  readonly source: string;
  /** The VPC that the address is in; undefined for one outside of the simulated world. */
  readonly vpcId: string | undefined;
  /** The ECS instance that has the address. */
  readonly instanceId: string | undefined;
}

/**
 * One call of the data path: which of several ways it takes, and what it meets on it. Without one, `connects` evaluates all
 * ways.
 */
export interface OneCall {
  /** That of the authorization that an API was published with: it is in effect until the API is published anew. */
  readonly vpcId: string | undefined;
  /** What rules of listeners look at. */
  readonly request: AskedUrl;
  /** One of several, in proportion to their weights; none of none. */
  readonly pick: <T>(several: readonly T[], weightOf?: (one: T) => number) => readonly T[];
  /** A layer 7 listener has accepted the call, and answers whatever stops it from now on. */
  readonly accepted: (balancer: LoadBalancerRow, listener: ListenerRow) => void;
  readonly arrives: (arrival: Arrival) => void;
}

/** The ways that are evaluated: the one that a call takes, or all. */
export function ways<T>(one: OneCall | undefined, several: readonly T[], weightOf?: (one: T) => number): readonly T[] {
  return one ? one.pick(several, weightOf) : several;
}

/** Where layer 7 listeners call their servers from; those of layer 4 keep the caller's address. */
const PROXIES = '100.64.0.0/10';

/** The load balancer's region, and how it is evaluated. */
interface Here {
  readonly state: AlibabaRegionState;
  readonly choose: Choose;
  readonly checks?: Checks | undefined;
  readonly one?: OneCall | undefined;
}

/** Whether a load balancer refuses a call, or has no backend server for it. */
export function loadBalancerStops(
  here: Here,
  { from }: Source,
  balancer: LoadBalancerRow,
  port: number,
): Finding | undefined {
  const { LoadBalancerId: id, LoadBalancerStatus } = balancer;
  if (LoadBalancerStatus !== 'active') {
    return { by: 'listener', because: `Load balancer ${id} is ${LoadBalancerStatus}.` };
  }

  const listener = [...balancer.listeners.values()].find((row) => row.ListenerPort === port && row.protocol !== 'udp');
  if (!listener)
    return { by: 'listener', because: `Load balancer ${id} has no TCP, HTTP or HTTPS listener on port ${port}.` };
  if (listener.Status !== 'running') {
    return { by: 'listener', because: `The listener on port ${port} of ${id} is ${listener.Status}.` };
  }

  const stop = listenerAclStops(here.state, id, listener, from);
  if (stop) return stop;

  if (listener.protocol !== 'tcp') here.one?.accepted(balancer, listener);
  return serversStop(here, balancer, listener, from);
}

/** A white list allows only its entries, and all callers while it is empty. A black list denies its entries. */
function listenerAclStops(
  { slb }: AlibabaRegionState,
  balancerId: string,
  { acl: { AclStatus, AclType, AclIds }, ListenerPort }: ListenerRow,
  from: string,
): Finding | undefined {
  if (AclStatus === 'off') return undefined;

  const blocks = AclIds.flatMap(
    (id) => slb.accessControlLists.get(id)?.entries.map(({ AclEntryIP }) => AclEntryIP) ?? [],
  );
  const say = (what: string): Finding => ({
    by: 'listener-acl',
    because: `${AclIds.join(', ')} on port ${ListenerPort} of ${balancerId} ${what} ${from}.`,
  });
  if (AclType === 'white') {
    return blocks.length === 0 || blocks.some((block) => blockHas(block, from)) ? undefined : say('does not have');
  }

  const caller = readBlock(from);
  const barred = blocks.some((text) => {
    const block = readBlock(text);
    return block !== undefined && caller !== undefined && overlaps(block, caller);
  });
  return barred ? say('bars') : undefined;
}

/**
 * Each server that has a weight and is not observed as unhealthy gets a part of the calls. A server that
 * does not run, or that a network ACL cuts off, loses its part. It is not documented whether its groups
 * filter callers whose address is kept. Callers with the address of a proxy need no rule.
 */
function serversStop(here: Here, balancer: LoadBalancerRow, listener: ListenerRow, from: string): Finding | undefined {
  const { state, one, checks } = here;
  // By id and port: where several are stopped, the same one is named whatever order they were added in.
  // Where no call is followed, it is one of the path / to no domain of the listener's.
  const rule = matchingRule(listener, one?.request ?? { host: '', path: '/' });
  const served = serversOf(state, balancer, listener, rule)
    .filter((server) => server.Weight !== 0 && healthOf(state, listener, server, checks) !== 'abnormal')
    .toSorted((a, b) =>
      a.ServerId === b.ServerId ? serverPort(listener, a) - serverPort(listener, b) : a.ServerId < b.ServerId ? -1 : 1,
    );
  if (served.length === 0) {
    return {
      by: 'backend-servers',
      because: `No backend server of ${balancer.LoadBalancerId} runs and is well.`,
    };
  }

  const weightOf = ({ Weight }: BackendServerRow): number => (listener.settings['Scheduler'] === 'rr' ? 1 : Weight);
  for (const server of ways(one, served, weightOf)) {
    const stop = serverStops(here, balancer, listener, server, from);
    if (stop) return stop;
  }
  return undefined;
}

function serverStops(
  { state, choose, one }: Here,
  balancer: LoadBalancerRow,
  listener: ListenerRow,
  server: BackendServerRow,
  from: string,
): Finding | undefined {
  const { ServerId: serverId, Type: type } = server;
  const { LoadBalancerId } = balancer;
  const isKept = listener.protocol === 'tcp';
  const caller = isKept ? from : PROXIES;
  const port = serverPort(listener, server);
  const instanceId = type === 'eni' ? state.network.interfaces.get(serverId)?.instanceId : serverId;
  const instance = state.network.instances.get(instanceId ?? '');
  const eni = state.network.interfaces.get(type === 'eni' ? serverId : (instance?.primaryInterfaceId ?? ''));
  const vSwitch = eni && state.network.vSwitches.get(eni.vSwitchId);
  if (instance?.Status !== 'Running' || !vSwitch) {
    return { by: 'backend-servers', because: `Backend server ${serverId} of ${LoadBalancerId} does not run.` };
  }

  const stop =
    firstStop(aclStops(state, vSwitch, 'ingress', caller, [port, port], 'network-acl-in')) ??
    firstStop(aclStops(state, vSwitch, 'egress', caller, EPHEMERAL, 'network-acl-return'));
  if (stop) return stop;

  const shut = blockHas(PROXIES, caller) ? undefined : clientStops(state, eni, caller, port);
  const question = `whether groups of ${serverId} filter callers of ${LoadBalancerId}, whose addresses it keeps`;
  if (shut && choose(question, 2) === 0) return shut;

  const address = server.serverIp === '' ? eni.primaryIpAddress : server.serverIp;
  const { vpcId } = eni;
  one?.arrives({
    address,
    port,
    source: isKept ? from : proxyOf(LoadBalancerId),
    vpcId,
    instanceId: instance.InstanceId,
  });
  return undefined;
}

/** The address from which a layer 7 listener calls its servers: one of {@link PROXIES}, by the load balancer's ID [I]. */
function proxyOf(id: string): string {
  const sum = [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) % 0x1_0000, 7);
  return `100.${64 + (sum >> 10)}.${(sum >> 2) & 0xff}.${10 + (sum & 0x3)}`;
}
