import { defined } from '../../../simulation/defined.js';
import type { CustomDomain, Gateway, GatewaySettings } from '@postern/core/internal/snapshot';
import { SHARED_INSTANCE_ID, rpsOf, newInstance } from '../control/instance/new-instance.js';
import type { GroupDomainRow } from '../control/domain/state.js';
import type { ApiGroupRow, ConnectionRow, ConnectZoneRow, GatewayInstanceRow } from '../control/state.js';
import { apiOfDefinition, apiOfRoute, madeId, type Building, momentOf } from '../../twin/api-rows.js';
import { textOf, type JsonObject } from '../../state/json-object.js';
import { byText, nativeRows, isGateway, linkText, objectsOf } from '../../twin/native-rows.js';
import type { Link } from '@postern/core/internal/library';

/** API groups with their APIs: drafts, and what is published of them. */
export function loadApis(building: Building): void {
  const { snapshot, state } = building;
  const groups = byText(nativeRows(snapshot, 'groups'), 'id');
  const apis = byText(nativeRows(snapshot, 'apis'), 'id');
  for (const gateway of snapshot.gateways) {
    if (gateway.kind === 'apig-http-api') continue;

    const group = groupOf(building, gateway, groups.get(gateway.id) ?? {});
    state.cloudApi.groups.set(group.id, group);
    if (Object.keys(gateway.tags).length > 0) state.cloudApi.tags.set(`apiGroup/${group.id}`, { ...gateway.tags });
    for (const route of gateway.routes) {
      const native = apis.get(route.id);
      if (native === undefined)
        building.lack(`the definition of API ${route.key} of ${gateway.id}: what the route says of it is there`);
      const api =
        native === undefined
          ? apiOfRoute(building, group, route)
          : apiOfDefinition(building, { group, gateway, route }, native);
      state.cloudApi.apis.set(api.id, api);
    }
  }
}

function groupOf({ snapshot, now }: Building, gateway: Gateway, native: JsonObject): ApiGroupRow {
  const text = (name: string, otherwise: string): string => textOf(native, name) || otherwise;
  const locked = gateway.locked ?? '';
  const { settings } = gateway;
  const limit = settings?.requestsPerSecond ?? Number(text('trafficLimit', '500'));
  return {
    id: gateway.id,
    name: gateway.name,
    description: text('description', ''),
    basePath: text('basePath', '/'),
    instanceId: gateway.linkId ?? SHARED_INSTANCE_ID,
    httpsPolicy: settings?.httpsPolicy ?? text('httpsPolicy', 'HTTPS2_TLS1_0'),
    trafficLimit: limit,
    billingStatus: text('billingStatus', locked.includes('bill') ? 'LOCKED' : 'NORMAL'),
    illegalStatus: text('illegalStatus', locked.includes('terms') ? 'LOCKED' : 'NORMAL'),
    attributes: {},
    networkPolicy: settings === undefined ? {} : policyOf(settings),
    ...(settings === undefined ? {} : { domains: domainsOf(settings, gateway.id, snapshot.customDomains, now) }),
    ...(settings?.marketplace === true ? { marketplace: true } : {}),
    stages: gateway.stages.map(({ name }) => ({ id: madeId('stage', `${gateway.id} ${name}`), name })),
    variables: new Map(),
    migration: undefined,
    migrationStatus: settings?.migration?.state ?? text('migrationStatus', ''),
    migrationError: settings?.migration?.error ?? text('migrationError', ''),
    previous: undefined,
    createdAt: now,
    modifiedAt: now,
  };
}

function policyOf({ ipv6 = false, domains }: GatewaySettings): Readonly<Record<string, boolean>> {
  const has = (kind: string): boolean => domains.some((domain) => domain.kind === kind);
  return {
    InternetIPV6Enable: ipv6,
    VpcIntranetEnable: has('network'),
    VpcSlbIntranetEnable: has('intranet'),
  };
}

function domainsOf(
  { domains }: GatewaySettings,
  groupId: string,
  custom: readonly CustomDomain[] = [],
  now: number,
): readonly GroupDomainRow[] {
  const own = custom.filter(({ mappings = [] }) => mappings.some(({ gatewayId }) => gatewayId === groupId));
  const byName = new Map(own.map((one) => [one.id, one] as const));
  return domains.flatMap(({ name, kind, byCname }) => {
    // No call shows one besides the intranet domain.
    if (kind === 'self-call') return [];

    const row = { name, kind, ...defined({ cname: byCname }) };
    const one = kind === 'custom' ? byName.get(name) : undefined;
    return [one === undefined ? row : { ...row, ...settingsOf(one, now) }];
  });
}

function settingsOf(domain: CustomDomain, now: number): Partial<GroupDomainRow> {
  const { endpoint, redirects, usable, nativeState, certificateIds: [id] = [], certificateEnd } = domain;
  const stageName = domain.mappings?.[0]?.stage;
  return {
    ...defined({ stageName }),
    ...(endpoint === undefined ? {} : { isIntranet: endpoint === 'intranet' }),
    ...defined({ redirects }),
    ...(usable === false ? { problem: nativeState ?? '' } : {}),
    ...(id === undefined
      ? {}
      : { certificate: { id, name: '', body: '', validFrom: now, validUntil: Date.parse(certificateEnd ?? '') } }),
  };
}

/** How long a change in progress takes from the snapshot on. */
const SETTLE_MS = 60_000;

/** Gateway instances in their states, with accessible blocks and interfaces. The shared one exists in any case. */
export function loadLinks(building: Building): void {
  const { snapshot, state } = building;
  for (const link of snapshot.links) {
    if (isGateway(link)) continue;

    const row = rowOf(building, link);
    state.cloudApi.instances.set(row.id, row);
    if (Object.keys(link.tags).length > 0) state.cloudApi.tags.set(`instance/${link.id}`, { ...link.tags });
    goOn(building, row);
  }
}

function rowOf(building: Building, link: Link): GatewayInstanceRow {
  const { native } = link;
  const text = (name: string): string => linkText(native, name);
  const expires = Number(text('expiresAt') || Number.NaN);
  const integration = link.kind === 'integration-instance';
  const { clientNetworkId, requestsPerSecond, networkDomain } = link.settings ?? {};
  const client = clientNetworkId ?? text('clientNetworkId');
  const spec = text('spec');
  return {
    ...newInstance,
    id: link.id,
    name: link.name,
    kind: integration ? 'vpc_connect' : 'normal',
    status: link.nativeState,
    spec,
    chargeType: text('chargeType'),
    httpsPolicy: text('httpsPolicy'),
    zoneId: text('zone'),
    createdAt: momentOf(building, link.createdAt),
    expiresAt: Number.isNaN(expires) ? undefined : expires,
    connection: integration ? connectionOf(building, link) : undefined,
    internetEgressAddress: text('internetEgressAddress'),
    vpcEgressAddress: text('vpcEgressAddress'),
    newVpcEgressAddress: text('newVpcEgressAddress'),
    intranetSegments: text('intranetSegments'),
    ipv6: native?.['ipv6'] === true,
    egressIpv6: native?.['egressIpv6'] === true,
    vpcSlbIntranet: native?.['vpcSlbIntranet'] === true,
    ...(client === '' ? {} : { clientVpcId: client }),
    ...(requestsPerSecond === undefined || requestsPerSecond === rpsOf(spec) ? {} : { requestsPerSecond }),
    ...(networkDomain === true ? { vpcIntranet: true } : {}),
  };
}

function connectionOf({ snapshot, lack }: Building, link: Link): ConnectionRow {
  const allowlist = snapshot.allowlists.find(({ linkId }) => linkId === link.id);
  if (allowlist === undefined) lack(`the accessible blocks of ${link.id}`);
  const entries = allowlist?.entries ?? [];
  const zones = zonesOf(link, snapshot.subnets);
  return {
    vpcId: link.networkId ?? '',
    instanceCidr: linkText(link.native, 'instanceCidr'),
    zones,
    // The vSwitches' own blocks precede.
    cidrBlocks: [...entries.filter(({ fixed }) => fixed), ...entries.filter(({ fixed }) => !fixed)].map(
      ({ cidrBlock }) => cidrBlock,
    ),
    interfaceIds: snapshot.interfaces.filter(({ linkId }) => linkId === link.id).map(({ id }) => id),
  };
}

/** The vSwitch and group in each zone. One group for all where the snapshot does not assign them. */
function zonesOf(link: Link, subnets: Building['snapshot']['subnets']): readonly ConnectZoneRow[] {
  const told = objectsOf(link.native?.['zones']);
  if (told.length > 0) {
    return told.map((zone) => ({
      zoneId: textOf(zone, 'zone'),
      vSwitchId: textOf(zone, 'subnetId'),
      cidrBlock: textOf(zone, 'cidrBlock'),
      securityGroupId: textOf(zone, 'securityGroupId'),
    }));
  }

  return link.subnetIds.map((vSwitchId, index) => {
    const subnet = subnets.find(({ id }) => id === vSwitchId);
    const securityGroupId = link.securityGroupIds[index] ?? link.securityGroupIds[0] ?? '';
    return { zoneId: subnet?.zone ?? '', vSwitchId, cidrBlock: subnet?.cidrBlock ?? '', securityGroupId };
  });
}

/** Changes in progress continue. An undocumented state stays. */
function goOn({ later }: Building, { id, status }: GatewayInstanceRow): void {
  if (status === 'CREATING') later({ after: SETTLE_MS, kind: 'gateway.created', data: { id } });
  if (status === 'MODIFYING') later({ after: SETTLE_MS, kind: 'gateway.blocks', data: { id, add: '', remove: '' } });
  if (status === 'DELETING') later({ after: SETTLE_MS, kind: 'gateway.deleted', data: { id } });
}
