import type { AllowEntry, CallContext, BlockResources } from '@postern/core/internal/library';
import { jsonIn, CloudError, type Allowlist, ALL_PORTS } from '@postern/core/internal/adapter';
import { formatPrefix, parsePrefix, contains, parseAddress, prefixOf } from '@postern/core/internal/cidr';
import { isIntegration, type InstanceOutput, requireInstance } from './instance.js';
import { listLoadBalancers, listEcsInstances } from '../../balancers/observe.js';
import { listInterfaces, toInterface } from '../../network/nat.js';
import type { Session } from '../../client/session.js';

/** An entry for a whole block: the allowlists of this cloud have no ports. */
export function blockEntry(cidrBlock: string, fixed = false): AllowEntry {
  return { cidrBlock, protocol: 'all', ...ALL_PORTS, ...(fixed ? { fixed: true } : {}) };
}

/**
 * The CIDR blocks that an instance may reach. They are in a text that holds a JSON array; in examples its
 * quotes are escaped once more. A text that cannot be read is an error, never an empty list.
 * @throws {CloudError} `BAD_RESPONSE`
 */
export function connectBlocks({ ConnectCidrBlocks, InstanceId = '' }: InstanceOutput): readonly string[] {
  if (ConnectCidrBlocks === undefined || ConnectCidrBlocks === '') return [];

  const blocks =
    read(ConnectCidrBlocks) ?? read(ConnectCidrBlocks.replaceAll('\\"', '"')) ?? unwrapped(ConnectCidrBlocks);
  if (blocks !== undefined) return blocks.map(canonical);

  throw new CloudError(
    'BAD_RESPONSE',
    `the accessible blocks of ${InstanceId} cannot be read: ${ConnectCidrBlocks.slice(0, 200)}`,
    { operation: 'DescribeInstances', remedy: 'Check the instance in the console.' },
  );
}

function read(text: string): readonly string[] | undefined {
  const value = jsonIn(text);
  if (typeof value === 'string') return read(value);

  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

/** A single block, or several between commas, without the array. */
function unwrapped(text: string): readonly string[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  return parts.every((part) => /^\d+(?:\.\d+){3}\/\d+$/.test(part)) ? parts : undefined;
}

/** The CIDR blocks of the vSwitches that an instance has interfaces in. */
export function vSwitchBlocks({ NetworkInterfaceAttributes }: InstanceOutput): ReadonlyMap<string, string> {
  const rows = NetworkInterfaceAttributes?.NetworkInterfaceAttribute ?? [];
  return new Map(rows.map(({ CidrBlock = '', VswitchId = '' }) => [canonical(CidrBlock), VswitchId]));
}

/** What an instance may reach: the blocks of its own vSwitches stay as long as it does. A conventional one has no such list. */
export function toAllowlist(instance: InstanceOutput): Allowlist {
  const own = vSwitchBlocks(instance);
  return {
    linkId: instance.InstanceId ?? '',
    // No other setting decides what an instance may reach, so the list is exact for any owner.
    owned: isIntegration(instance),
    entries: connectBlocks(instance).map((block) => blockEntry(block, own.has(block))),
    wider: [],
  };
}

function canonical(text: string): string {
  try {
    return formatPrefix(parsePrefix(text));
  } catch {
    return text;
  }
}

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
        id: one.LoadBalancerId,
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
