import { NAT_GATEWAY } from '../../vpc/state.js';
import { seconds } from '../../vpc/request/text-rules.js';
import type { Link, Target, Allowlist } from '@postern/core/internal/library';
import { NACOS } from '../control/registry.js';
import { portsOf, readHealthCheck } from '../control/service.js';
import type { ApigGatewayRow, ApigServiceRow, NetworkType } from '../control/state.js';
import { loadHttpApi } from './apig-routes.js';
import { madeId, momentOf, rangeOf, type Building } from '../../twin/api-rows.js';
import { textOf, type JsonObject } from '../../state/json-object.js';
import { isGateway, linkText, objectsOf } from '../../twin/native-rows.js';

const SETTLE_MS = 60_000;
/** So long its checks have run before: what they found shows at once. */
const CHECKED_MS = 86_400_000;

/** Whether a target is a service of such a gateway. */
export const isService = ({ kind }: Pick<Target, 'kind'>): boolean => kind === 'apig-service';

/** Gateways of Cloud-native API Gateway with what admits them, their services, and HTTP APIs with their routes. */
export function loadApig(building: Building): void {
  const { snapshot, state } = building;
  for (const link of snapshot.links.filter(isGateway)) {
    const row = gatewayOf(building, link);
    state.apig.gateways.set(row.id, row);
    goOn(building, row);
    const allowlist = snapshot.allowlists.find(({ linkId }) => linkId === link.id);
    if (allowlist) loadGroupRules(building, row, allowlist);
    else building.lack(`the security group rules of ${link.id}`);
    loadNat(building, link);
    for (const source of objectsOf(link.native?.['sources'])) loadSource(building, link.id, source);
  }
  for (const target of snapshot.targets.filter(isService)) loadService(building, target);
  for (const gateway of snapshot.gateways.filter(({ kind }) => kind === 'apig-http-api'))
    loadHttpApi(building, gateway);
}

/** A source, and its registry without services: instances are not in a snapshot. */
function loadSource({ state: { apig }, now }: Building, gatewayId: string, source: JsonObject): void {
  const [id, instanceId] = [textOf(source, 'id'), textOf(source, 'instanceId')];
  const type = textOf(source, 'type') === NACOS ? NACOS : 'K8S';
  apig.sources.set(id, {
    id,
    gatewayId,
    name: textOf(source, 'name'),
    type,
    instanceId,
    resourceGroupId: '',
    createdAt: now,
  });
  const isReleased = textOf(source, 'status') !== 'ASSOCIATED';
  if (type === NACOS) apig.registries.set(instanceId, { instanceId, isReleased, services: new Map() });
}

/** NAT gateways with public addresses, and their SNAT entries for the vSwitches of a gateway. Those of other vSwitches are not in a snapshot. */
function loadNat({ snapshot, state: { network }, now }: Building, link: Link): void {
  const { publicSources = [] } = snapshot.egress.find(({ linkId }) => linkId === link.id) ?? {};
  for (const { subnetId, natGatewayId: NatGatewayId, addresses } of publicSources) {
    const SnatTableId = madeId('stb', NatGatewayId);
    network.natGateways.set(NatGatewayId, {
      ...NAT_GATEWAY,
      NatGatewayId,
      RegionId: snapshot.region,
      Status: 'Available',
      VpcId: link.networkId ?? '',
      CreationTime: seconds(now),
      SnatTableIds: { SnatTableId: [SnatTableId] },
      ForwardTableIds: { ForwardTableId: [madeId('ftb', NatGatewayId)] },
      NatGatewayPrivateInfo: { VswitchId: subnetId },
    });
    for (const IpAddress of addresses) {
      const AllocationId = madeId('eip', IpAddress);
      const used = { Status: 'InUse', InstanceId: NatGatewayId, InstanceType: 'Nat' } as const;
      network.eips.set(AllocationId, { AllocationId, IpAddress, Name: '', ...used, AllocationTime: seconds(now) });
    }
    const SnatEntryId = madeId('snat', `${NatGatewayId} ${subnetId}`);
    const entry = { SnatEntryId, SnatTableId, NatGatewayId, SnatEntryName: '', SnatIp: addresses.join(',') };
    const source = { SourceVSwitchId: subnetId, SourceCIDR: '', Status: 'Available' } as const;
    network.snatEntries.set(SnatEntryId, { ...entry, ...source });
  }
}

/** What was asked for as access is not read: the load balancers show it. Their addresses are not in a snapshot. */
function gatewayOf(building: Building, link: Link): ApigGatewayRow {
  const { snapshot, state, now } = building;
  const text = (name: string): string => linkText(link.native, name);
  const access = text('access');
  const types: readonly NetworkType[] =
    access === 'both' ? ['Internet', 'Intranet'] : [access === 'intranet' ? 'Intranet' : 'Internet'];
  const environmentId = environmentOf(building, link);
  const suffix = { Internet: '', Intranet: '-vpc' };
  const expires = Number(text('expiresAt') || Number.NaN);
  const [vSwitchId = ''] = link.subnetIds;
  return {
    id: link.id,
    name: link.name,
    status: link.nativeState as ApigGatewayRow['status'],
    type: 'API',
    edition: 'Professional',
    spec: text('spec'),
    chargeType: text('chargeType') === 'PREPAY' ? 'PREPAY' : 'POSTPAY',
    resourceGroupId: `rg-acfm${snapshot.account.slice(-10)}`,
    vpcId: link.networkId ?? '',
    vSwitchId,
    zones: link.subnetIds.map((id) => ({ zoneId: state.network.vSwitches.get(id)?.zoneId ?? '', vSwitchId: id })),
    securityGroupId: link.securityGroupIds[0] ?? '',
    environmentId,
    loadBalancers: types.map((addressType) => {
      const id = madeId('nlb', `${link.id} ${addressType}`);
      return { id, address: `${id}.${snapshot.region}.nlb.aliyuncs.com`, addressType, ipv4Addresses: [] };
    }),
    subDomains: types.map((networkType) => ({
      domainId: madeId('d', `${link.id} ${networkType}`),
      name: `${environmentId}-${snapshot.region}${suffix[networkType]}.alicloudapi.com`,
      networkType,
      protocol: 'HTTP',
    })),
    interfaceIds: snapshot.interfaces.filter(({ linkId }) => linkId === link.id).map(({ id }) => id),
    version: text('version'),
    targetVersion: text('version'),
    tags: { ...link.tags },
    createdAt: momentOf(building, link.createdAt),
    modifiedAt: now,
    expiresAt: Number.isNaN(expires) ? undefined : expires,
  };
}

/** The environment of a gateway, by the default domains of the APIs that are only on it; one that is made where there are none. */
function environmentOf({ snapshot }: Building, link: Link): string {
  for (const { routes, settings } of snapshot.gateways) {
    if (routes.length === 0 || !routes.every(({ linkId }) => linkId === link.id)) continue;

    for (const { name, kind } of settings?.domains ?? []) {
      const [, id] = /^(env-[0-9a-z]+)-[a-z]{2}-[a-z0-9-]+\.alicloudapi\.com$/.exec(name) ?? [];
      if (kind !== 'custom' && id !== undefined) return id;
    }
  }
  return madeId('env', link.id);
}

function goOn({ later }: Building, { id, status }: ApigGatewayRow): void {
  if (status === 'Creating') later({ after: SETTLE_MS, kind: 'apig.created', data: { id } });
  if (status === 'Upgrading' || status === 'Restarting')
    later({ after: SETTLE_MS, kind: 'apig.changed', data: { id } });
  if (status === 'Deleting') later({ after: SETTLE_MS, kind: 'apig.deleted', data: { id } });
}

/** Rules that a gateway has written into groups. Those that are fixed are not Postern's, which writes a description. */
function loadGroupRules({ state, now }: Building, gateway: ApigGatewayRow, { entries }: Allowlist): void {
  for (const { securityGroupId = '', fromPort, toPort, ruleId, fixed } of entries) {
    const id = ruleId ?? madeId('gsgr', `${gateway.id} ${securityGroupId} ${fromPort}/${toPort}`);
    const group = state.network.securityGroups.get(securityGroupId);
    const portRange = `${fromPort}/${toPort}`;
    const isOfGateway = (rule: NonNullable<typeof group>['rules'][number]): boolean =>
      rule.direction === 'ingress' &&
      [portRange, rangeOf({ fromPort, toPort })].includes(rule.portRange) &&
      rule.peer.kind === 'group' &&
      rule.peer.groupId === gateway.securityGroupId;
    state.apig.securityGroupRules.set(id, {
      id,
      gatewayId: gateway.id,
      securityGroupId,
      ruleIds: group?.rules.filter(isOfGateway).map((rule) => rule.id) ?? [],
      portRange,
      description: fixed === true ? '' : `postern ${gateway.id} ${securityGroupId} ${portRange}`,
      authCidrs: [],
      listedFrom: now,
    });
  }
}

/** A service, of which a target is one port. How often its health is checked is not in a snapshot: the defaults hold. */
function loadService({ state, now, lack }: Building, target: Target): void {
  const [id = ''] = target.id.split(':');
  if (state.apig.services.has(id)) return;

  const { endpoints = [], protocol = 'HTTP', resourceType = 'VIP' } = target;
  const { source, group = '', namespace = '' } = target.registered ?? {};
  if (target.registered || (resourceType !== 'VIP' && resourceType !== 'DNS'))
    lack(`what is behind the service ${id}, of the type ${resourceType}`);
  const row: ApigServiceRow = {
    id,
    gatewayId: target.linkId ?? '',
    name: target.name ?? '',
    sourceType: resourceType,
    addresses: endpoints,
    dnsServers: [],
    registered: target.registered && { namespace, groupName: group, sourceId: source ?? '' },
    protocol,
    ports: portsOf(endpoints, protocol),
    resourceGroupId: '',
    healthCheck: target.health?.checked === true ? readHealthCheck({ enable: true }) : undefined,
    checkedFrom: now - CHECKED_MS,
    outlierDetection: undefined,
    healthyPanicThreshold: undefined,
    createdAt: now,
    modifiedAt: now,
  };
  state.apig.services.set(id, row);
}
