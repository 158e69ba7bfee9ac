import type { Link, RegionSnapshot } from '@postern/core';
import { DELETION_MS, IDLE_MS, PROVISIONING_MS, startProvisioning } from '../../http-api/vpc-link.js';
import type { AwsCall } from '../../operation/call.js';
import type { VpcLinkRow } from '../../http-api/state.js';
import type { Lack } from '../lack.js';

/** V2 links in the states that they were in, and on their way as they were. */
export function loadLinks(call: AwsCall, { links }: RegionSnapshot, lack: Lack): void {
  for (const link of links) {
    if (link.kind === 'vpc-link-v1') continue;
    if (link.kind !== 'vpc-link-v2') {
      lack(`${link.id} is a link of a kind that is not simulated`);
      continue;
    }
    const row = linkRow(call, link);
    call.state.apiGateway.vpcLinks.set(link.id, row);
    goOn(call, row);
  }
}

function linkRow(call: AwsCall, link: Link): VpcLinkRow {
  const { id, subnetIds, networkId } = link;
  const { subnets, interfaces } = call.state.ec2;
  return {
    fields: {
      VpcLinkId: id,
      Name: link.name,
      SubnetIds: [...subnetIds],
      SecurityGroupIds: [...link.securityGroupIds],
      CreatedDate: link.createdAt === undefined ? new Date(call.now) : new Date(link.createdAt),
      VpcLinkStatus: link.nativeState as NonNullable<VpcLinkRow['fields']['VpcLinkStatus']>,
      ...(link.reason === undefined ? {} : { VpcLinkStatusMessage: link.reason }),
      VpcLinkVersion: 'V2',
      Tags: { ...link.tags },
    },
    vpcId: networkId ?? subnets.get(subnetIds[0] ?? '')?.vpcId ?? '',
    interfaceIds: [...interfaces.values()].filter(({ tags }) => tags['VpcLinkId'] === id).map((row) => row.id),
    lastUsedAt: call.now,
  };
}

function goOn(call: AwsCall, { fields, interfaceIds }: VpcLinkRow): void {
  const { VpcLinkId: id, VpcLinkStatus: status } = fields;
  if (status === 'DELETING') call.after(DELETION_MS, 'vpc-link.gone', { id });
  if (status === 'AVAILABLE') call.after(IDLE_MS, 'vpc-link.idle', { id });
  if (status !== 'PENDING') return;
  if (interfaceIds.length === 0) startProvisioning(call, id);
  else call.after(PROVISIONING_MS, 'vpc-link.available', { id });
}
