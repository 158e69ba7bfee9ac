import { defined } from '../../../../simulation/defined.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import type { ApigGatewayRow, SubDomainRow } from '../state.js';
import { replicasOf } from './gateway-life.js';

/** Tags as APIG answers them. */
const tagView = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));

/** What GetGateway and ListGateways both answer. Network access and the zone configuration are not part of it. */
export function gatewayView({ network }: AlibabaRegionState, row: ApigGatewayRow): Record<string, unknown> {
  const vSwitch = (id: string) => ({ vSwitchId: id, name: network.vSwitches.get(id)?.name ?? '' });
  return {
    gatewayId: row.id,
    name: row.name,
    status: row.status,
    gatewayType: row.type,
    gatewayEdition: row.edition,
    spec: row.spec,
    chargeType: row.chargeType,
    createFrom: 'Console',
    createTimestamp: row.createdAt,
    updateTimestamp: row.modifiedAt,
    ...defined({ expireTimestamp: row.expiresAt }),
    replicas: String(replicasOf(row)),
    version: row.version,
    targetVersion: row.targetVersion,
    resourceGroupId: row.resourceGroupId,
    vpc: { vpcId: row.vpcId, name: network.vpcs.get(row.vpcId)?.name ?? '' },
    vSwitch: vSwitch(row.vSwitchId),
    zones: row.zones.map(({ zoneId, vSwitchId }) => ({ zoneId, name: zoneId, vSwitch: vSwitch(vSwitchId) })),
    securityGroup: { securityGroupId: row.securityGroupId, name: `APIG-sg-${row.id}` },
    loadBalancers: row.loadBalancers.map((balancer) => loadBalancerView(row, balancer)),
    tags: tagView(row.tags),
  };
}

function loadBalancerView({ status }: ApigGatewayRow, balancer: ApigGatewayRow['loadBalancers'][number]) {
  const { id, address, addressType, ipv4Addresses } = balancer;
  return {
    loadBalancerId: id,
    address,
    addressType,
    addressIpVersion: 'ipv4',
    ipv4Addresses,
    ipv6Addresses: [],
    type: 'NLB',
    mode: 'Managed',
    gatewayDefault: true,
    status: status === 'Creating' || status === 'CreateFailed' ? 'NotCreate' : 'Ready',
    ports: [
      { port: 80, protocol: 'TCP' },
      { port: 443, protocol: 'TCP' },
    ],
  };
}

/** The environment that each gateway has. Users do not manage environments any longer. */
export const environmentView = ({ id, environmentId, name }: ApigGatewayRow) => ({
  environmentId,
  name: `default-${id}`,
  alias: name,
});

/** A gateway inside another answer. */
export const gatewayInfo = ({ id, name, edition }: ApigGatewayRow) => ({
  gatewayId: id,
  name,
  gatewayEdition: edition,
});

/** Default domains as answers show them. */
export const subDomainViews = (rows: readonly SubDomainRow[]) =>
  rows.map(({ domainId, name, networkType, protocol }) => ({ domainId, name, networkType, protocol }));
