import type { Link } from '@postern/core/internal/library';
import { rpsOf, newInstance } from '../control/instance/new-instance.js';
import type { ConnectionRow, ConnectZoneRow, GatewayInstanceRow } from '../control/state.js';
import { momentOf, type Building } from '../../twin/api-rows.js';
import { textOf } from '../../state/json-object.js';
import { isGateway, linkText, objectsOf } from '../../twin/native-rows.js';

/** How long a change in progress takes from the snapshot on. */
const SETTLE_MS = 60_000;

/**
 * Gateway instances in their states, with accessible blocks and interfaces. The shared one exists in any
 * case.
 */
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
