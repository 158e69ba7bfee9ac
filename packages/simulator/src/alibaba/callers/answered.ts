import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import { domainsOfGroup } from '../traditional/control/group.js';
import { SERVING, type Connection, type Finding } from '../connects/connection.js';
import type { AlibabaState, AlibabaRegionState } from '../state/alibaba-state.js';
import type { GroupDomainRow } from '../traditional/control/domain/state.js';
import type { ApiGroupRow, GatewayInstanceRow } from '../traditional/control/state.js';

/** The account, and when it is asked: simulated milliseconds since the epoch. */
export interface Moment {
  readonly alibaba: AlibabaState;
  readonly now: number;
  /** What health checks of load balancers meet; by default all of them pass. */
  readonly conditionAt?: ConditionAt | undefined;
}

export interface CalledDomain {
  readonly state: AlibabaRegionState;
  readonly group: ApiGroupRow;
  readonly domain: GroupDomainRow;
}

/** The same, and the instance that its name resolves to. */
interface Called extends CalledDomain {
  readonly instanceId: string;
}

const INTERNET = /^internet(?:-ipv6)?$/;

/**
 * Whether callers of an API group are answered at one of its domains, and what decides it: the group's
 * network policy, and what is enabled on the instance that the name resolves to. Undefined where the domain
 * or the caller does not exist in this world.
 * - its own domain and users' own ones are called from the internet, over IPv6 where group and instance have
 *   it;
 * - its VPC domain from the client VPC of a dedicated instance, on the shared one from any VPC of the
 *   region;
 * - its self-call domain from gateway instances of the region.
 *
 * After a move the former instance continues until DNS has changed. Then it answers 410 (I410GG). An A
 * record with its address keeps resolving to it. The documentation warns that a target without one of these
 * loses its callers. It does not state which error they get.
 * @param from `internet`, `internet-ipv6`, the id of a VPC, or that of a gateway instance, whose APIs call
 * others
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/access-api-gateway-over-a-vpc
 * @see https://www.alibabacloud.com/help/doc-detail/185117.htm self-calls
 * @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table I410GG
 */
export function answered({ alibaba, now }: Moment, from: string, name: string): Connection | undefined {
  const called = find(alibaba, name);
  if (called === undefined || !isCaller(alibaba, from)) return undefined;

  const { group, instanceId } = called;
  const stop = callerStops(called, instanceId, from, now);
  const finding = stop ?? { by: 'group' as const, because: `${instanceId} answers for ${group.id} at ${name}.` };
  const connects = stop === undefined;
  return { connects, ...finding, sources: [{ connects, ...finding, zoneId: '', from, to: name, via: [] }] };
}

/**
 * Why a caller of a domain is not answered by an instance; undefined where it is.
 * @param instanceId the one that the name resolves to for this caller
 */
export function callerStops(
  { state, group, domain }: CalledDomain,
  instanceId: string,
  from: string,
  now: number,
): Finding | undefined {
  const called = { state, group, domain, instanceId };
  return noInstance(called, now) ?? notAnswered(called, from);
}

function find({ regions }: AlibabaState, name: string): Called | undefined {
  if (!/[a-z]\.|\.[a-z]/i.test(name)) return undefined;

  for (const state of regions.values()) {
    for (const group of state.cloudApi.groups.values()) {
      const domain = domainsOfGroup(group, state.name).find((row) => row.name === name);
      if (domain) return { state, group, domain, instanceId: domain.leadsTo ?? group.instanceId };
    }
  }
  return undefined;
}

function isCaller({ regions }: AlibabaState, from: string): boolean {
  if (INTERNET.test(from)) return true;

  return [...regions.values()].some(({ network, cloudApi }) => network.vpcs.has(from) || cloudApi.instances.has(from));
}

/** The instance does not exist, does not serve calls, or no longer hosts the group. */
function noInstance({ state, group, instanceId }: Called, now: number): Finding | undefined {
  const instance = state.cloudApi.instances.get(instanceId);
  if (!instance) return { by: 'link', because: `There is no instance ${instanceId} any more.` };
  if (!SERVING.has(instance.status)) {
    return { by: 'link', because: `Instance ${instanceId} is ${instance.status}.` };
  }

  const { previous } = group;
  const draining = previous?.instanceId === instanceId && now < previous.until;
  if (instanceId === group.instanceId || draining) return undefined;

  return { by: 'group', because: `I410GG: Group's instance invalid. ${group.id} is on ${group.instanceId} now.` };
}

function notAnswered(called: Called, from: string): Finding | undefined {
  const instance = called.state.cloudApi.instances.get(called.instanceId);
  if (!instance) return undefined;

  switch (called.domain.kind) {
    case 'custom':
      if (called.domain.isIntranet !== true) return notFromInternet(called, instance, from);

      return INTERNET.test(from) ? onIntranet(called) : notFromVpc(called, instance, from);
    case 'public':
      return notFromInternet(called, instance, from);
    case 'network':
      return notFromVpc(called, instance, from);
    case 'intranet':
      return notFromGateway(called, instance, from);
  }
}

/** A domain of a user's own of the type INTRANET. */
function onIntranet({ domain }: Called): Finding {
  return { by: 'domain', because: `${domain.name} is not called from the internet: its type is INTRANET.` };
}

/** VPCs and gateways call a public name over the internet. */
function notFromInternet({ group, domain }: Called, instance: GatewayInstanceRow, from: string): Finding | undefined {
  const { InternetEnable, InnerDomainEnable, InternetIPV6Enable } = group.networkPolicy;
  const says = (because: string): Finding => ({ by: 'domain', because });
  if (InternetEnable === false) return says(`${group.id} is not called from the internet.`);
  if (domain.kind === 'public' && InnerDomainEnable === false) {
    return says(`${group.id} is called by its users' own domains only.`);
  }
  if (from !== 'internet-ipv6') return undefined;
  if (InternetIPV6Enable !== true) return { by: 'ipv6', because: `${group.id} is not called over IPv6.` };

  return instance.ipv6 ? undefined : { by: 'ipv6', because: `Instance ${instance.id} has no IPv6.` };
}

function notFromVpc({ state, group, domain }: Called, instance: GatewayInstanceRow, from: string): Finding | undefined {
  const says = (because: string): Finding => ({ by: 'client-vpc', because });
  if (!state.network.vpcs.has(from))
    return says(`${domain.name} is called from VPCs of ${state.name}, not from ${from}.`);

  const { vpcWhitelist = [] } = group;
  if (vpcWhitelist.length > 0 && !vpcWhitelist.includes(from)) {
    return says(`The VPC whitelist of ${group.id} does not have ${from}.`);
  }
  if (instance.kind === 'shared') return undefined;
  if (instance.vpcIntranet !== true) return says(`Instance ${instance.id} is not called from VPCs.`);
  if (instance.clientVpcId === from) return undefined;

  return says(`Instance ${instance.id} is called from ${instance.clientVpcId ?? 'no VPC'}, not from ${from}.`);
}

function notFromGateway({ state, domain }: Called, instance: GatewayInstanceRow, from: string): Finding | undefined {
  const says = (because: string): Finding => ({ by: 'self-call', because });
  if (!state.cloudApi.instances.has(from)) {
    return says(`${domain.name} is called from API Gateway in ${state.name}, not from ${from}.`);
  }

  return instance.vpcSlbIntranet ? undefined : says(`Instance ${instance.id} is not called by API Gateway itself.`);
}
