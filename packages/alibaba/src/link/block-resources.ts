import type { CallContext } from '@postern/core';
import { contains, parseAddress, parsePrefix, prefixOf } from '@postern/core/cidr';
import type { BlockResources } from '@postern/core/snapshot';
import { connectBlocks } from './connect-blocks.js';
import { listEcsInstances } from '../target/ecs-instance.js';
import { requireInstance } from './instance.js';
import { listLoadBalancers } from '../target/load-balancer.js';
import { listInterfaces, toInterface } from '../network/interface.js';
import type { Session } from '../client/session.js';

type Resource = BlockResources['resources'][number];

/**
 * The resources inside each block that an instance may reach: ECS and CLB instances, and network interfaces
 * that belong to neither.
 */
export async function blockResources(
  session: Session,
  linkId: string,
  ctx: CallContext,
): Promise<readonly BlockResources[]> {
  const instance = await requireInstance(session, linkId, ctx);
  const blocks = connectBlocks(instance);
  const vpcId = instance.ConnectVpcId;
  if (vpcId === undefined || vpcId === '') return blocks.map((cidrBlock) => ({ cidrBlock, resources: [] }));
  const [machines, balancers, interfaces] = await Promise.all([
    listEcsInstances(session, ctx, { VpcId: vpcId }),
    listLoadBalancers(session, ctx),
    listInterfaces(session, [vpcId], ctx),
  ]);
  const all: Resource[] = [
    ...machines.flatMap(({ id, name, addresses, subnetId }) =>
      addresses.map((address) => ({ kind: 'instance' as const, id, name: name || undefined, address, subnetId })),
    ),
    ...balancers
      .filter((one) => one.VpcId === vpcId && one.AddressType === 'intranet')
      .map((one) => ({
        kind: 'load-balancer' as const,
        id: one.LoadBalancerId ?? '',
        name: one.LoadBalancerName || undefined,
        address: one.Address ?? '',
        subnetId: one.VSwitchId || undefined,
      })),
  ];
  const taken = new Set(all.map(({ address }) => address));
  for (const row of interfaces) {
    const { id, subnetId, addresses } = toInterface(row, undefined);
    const name = row.NetworkInterfaceName || row.Description || undefined;
    for (const address of addresses) {
      if (!taken.has(address)) all.push({ kind: 'interface', id, name, address, subnetId });
    }
  }
  return blocks.map((cidrBlock) => ({ cidrBlock, resources: all.filter(({ address }) => isIn(address, cidrBlock)) }));
}

/** Whether an address is in a block. False where one of the texts is not valid. */
export function isIn(address: string, cidrBlock: string): boolean {
  try {
    const parsed = parseAddress(address);
    return contains(parsePrefix(cidrBlock), prefixOf(parsed, parsed.family === 4 ? 32 : 128));
  } catch {
    return false;
  }
}
