import type { NetworkInterfaceAttachment } from '@aws-sdk/client-ec2';
import type { NetworkInterface, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import { adoptInstance } from '../../ec2/instance/instances.js';
import { newAttachment } from '../../ec2/vpc/network.js';
import type { InterfaceRow } from '../../ec2/state.js';

/**
 * Network interfaces, with their addresses and owners. An interface that is the target of a route counts as
 * attached where the route worked, and one of which the snapshot does not say whether it is in use counts as attached.
 */
export function loadInterfaces(call: AwsCall, region: RegionSnapshot): void {
  const { ec2 } = call.state;
  const called = new Set(region.interfaces.flatMap((one) => (one.primary === true ? (one.attachedTo ?? []) : [])));
  // Where it was not read, the first interface that is not known to be a secondary one counts as the primary
  // one.
  const isPrimary = ({ attachedTo = '', primary }: NetworkInterface): boolean => {
    if (primary !== undefined || called.has(attachedTo)) return primary === true;

    called.add(attachedTo);
    return true;
  };
  const routed = new Map<string, boolean>();
  for (const { nextHop, state } of (region.routeTables ?? []).flatMap(({ routes }) => routes ?? [])) {
    if (nextHop.kind === 'interface' && nextHop.id !== undefined) routed.set(nextHop.id, state === 'active');
  }
  for (const one of region.interfaces) {
    const subnet = ec2.subnets.get(one.subnetId);
    const addresses = one.addresses.filter((address) => !address.includes(':'));
    const use = useOf(one);
    const row: InterfaceRow = {
      id: one.id,
      subnetId: one.subnetId,
      vpcId: one.networkId,
      zoneId: subnet?.zoneId ?? '',
      zoneName: subnet?.zoneName ?? '',
      ownerId: one.account ?? call.account,
      interfaceType: use.type,
      description: use.description,
      privateIpAddress: addresses[0] ?? '',
      addresses,
      ...(one.prefixes === undefined || one.prefixes.length === 0 ? {} : { prefixes: [...one.prefixes] }),
      ipv6Addresses: one.addresses.filter((address) => address.includes(':')),
      publicIpAddress: undefined,
      groupIds: [...one.securityGroupIds],
      sourceDestCheck: one.sourceDestinationCheck ?? true,
      macAddress: `0a:${one.id.slice(-10).replace(/..(?!$)/g, '$&:')}`,
      requesterId: use.requester,
      requesterManaged: use.requester !== undefined,
      operator: use.type === 'api_gateway_managed' ? 'apigateway.amazonaws.com' : undefined,
      attachment: attachmentOf(call, use, routed.get(one.id) ?? one.inUse, isPrimary(one)),
      tags: one.linkId === undefined ? {} : { Owner: 'API Gateway', VpcLinkId: one.linkId },
    };
    ec2.interfaces.set(row.id, row);
    const { InstanceId, DeviceIndex } = row.attachment ?? {};
    if (InstanceId !== undefined && DeviceIndex === 0) adoptInstance(call, InstanceId, row);
    for (const address of addresses) ec2.addresses.set(`${row.vpcId}/${address}`, row.id);
  }
}

/** What an interface is for, and who made it. */
interface Use {
  readonly type: string;
  readonly description: string;
  readonly requester?: string | undefined;
  readonly instanceId?: string | undefined;
}

const BALANCER_TYPES: Readonly<Record<string, string>> = {
  app: 'interface',
  net: 'network_load_balancer',
  gwy: 'gateway_load_balancer',
};

function useOf({ attachedTo, linkId }: NetworkInterface): Use {
  if (linkId !== undefined) {
    return { type: 'api_gateway_managed', description: attachedTo ?? '', requester: 'amazon-apigateway' };
  }
  if (attachedTo === undefined) return { type: 'interface', description: '' };
  if (/^i-[0-9a-f]+$/.test(attachedTo)) return { type: 'interface', description: '', instanceId: attachedTo };

  const [, path, letters = ''] = /:loadbalancer\/((app|net|gwy)\/[^]+)$/.exec(attachedTo) ?? [];
  if (path !== undefined) {
    const requester = letters === 'app' ? 'amazon-elb' : 'amazon-aws';
    return { type: BALANCER_TYPES[letters] ?? 'interface', description: `ELB ${path}`, requester };
  }
  if (attachedTo.startsWith('VPC Endpoint Interface')) {
    return { type: 'vpc_endpoint', description: attachedTo, requester: 'amazon-aws' };
  }

  const transit = attachedTo.startsWith('Network Interface for Transit Gateway Attachment');
  return { type: transit ? 'transit_gateway' : 'interface', description: attachedTo, requester: 'amazon-aws' };
}

function attachmentOf(
  call: AwsCall,
  use: Use,
  works: boolean | undefined,
  isPrimary: boolean,
): NetworkInterfaceAttachment | undefined {
  if (use.requester === undefined && use.instanceId === undefined && works === false) return undefined;

  const prefix = use.instanceId === undefined ? 'ela-attach-' : 'eni-attach-';
  return newAttachment(call, prefix, use.requester ?? call.account, {
    InstanceId: use.instanceId,
    DeviceIndex: use.instanceId !== undefined && isPrimary ? 0 : 1,
    Status: works === false ? 'detached' : 'attached',
  });
}
