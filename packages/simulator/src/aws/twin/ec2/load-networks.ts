import type { Subnet, PeeringSide, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../../operation/operation.js';
import { usableCount } from '../../ec2/vpc/addresses.js';
import { DEFAULT_FIELDS, zonesOf } from '../../ec2/subnet/zones.js';
import type { SubnetRow, VpcRow, PeeringRow, PeeringSideRow } from '../../ec2/state.js';
import type { Lack } from '../lack.js';

/** VPCs with all their blocks, and subnets with as many free addresses as there were. */
export function loadNetworks(call: AwsCall, { networks, subnets, zones }: RegionSnapshot): void {
  for (const { id, cidrBlocks, ipv6CidrBlocks = [], encryption, isDefault = false, account, tags } of networks) {
    const row: VpcRow = {
      id,
      ownerId: account ?? call.account,
      cidrBlock: cidrBlocks[0] ?? '',
      cidrBlocks: cidrBlocks.map((cidrBlock) => associated(call, 'vpc-cidr-assoc-', cidrBlock)),
      ipv6CidrBlocks: ipv6CidrBlocks.map((cidrBlock) => ({
        ...associated(call, 'vpc-cidr-assoc-', cidrBlock),
        networkBorderGroup: call.region,
      })),
      isDefault,
      instanceTenancy: 'default',
      dhcpOptionsId: 'default',
      enableDnsSupport: true,
      enableDnsHostnames: false,
      enableNetworkAddressUsageMetrics: false,
      tags: { ...tags },
      ...(encryption === undefined || encryption === 'none'
        ? {}
        : {
            encryptionControl: {
              id: call.id('vpcec-'),
              mode: encryption === 'monitored' ? 'monitor' : 'enforce',
              excludesApiGateway: encryption === 'enforced-without-links',
              tags: {},
            },
          }),
    };
    call.state.ec2.vpcs.set(id, row);
  }
  // Names of zones are dealt out by the simulated account; all that is loaded must use the same.
  const names = new Map((zones ?? []).map(({ id, name }) => [id, name] as const));
  for (const subnet of subnets) {
    const zone = zonesOf(call.region, call.account).find(({ id }) => id === subnet.zone);
    call.state.ec2.subnets.set(subnet.id, subnetRow(call, subnet, zone?.name ?? names.get(subnet.zone) ?? subnet.zone));
  }
}

function subnetRow(call: AwsCall, subnet: Subnet, zoneName: string): SubnetRow {
  const { cidrBlock, freeAddresses, isDefault: DefaultForAz = false } = subnet;
  const usable = usableCount(cidrBlock);
  return {
    id: subnet.id,
    vpcId: subnet.networkId,
    ownerId: subnet.account ?? call.account,
    cidrBlock,
    ipv6CidrBlocks: (subnet.ipv6CidrBlocks ?? []).map((block) => associated(call, 'subnet-cidr-assoc-', block)),
    zoneId: subnet.zone,
    zoneName,
    fields: { ...DEFAULT_FIELDS, DefaultForAz, Ipv6Native: cidrBlock === '' },
    // A snapshot contains no reservations or other uses of addresses, but it contains the number of free
    // ones.
    usedAddresses: usable - (freeAddresses ?? usable),
    tags: { ...subnet.tags },
  };
}

function associated(call: AwsCall, prefix: string, cidrBlock: string) {
  return { associationId: call.id(prefix), cidrBlock, state: 'associated' as const };
}

/** Peering connections, with the blocks of networks that other accounts or regions have behind them. */
export function loadPeerings(call: AwsCall, { peerings }: RegionSnapshot, lack: Lack): void {
  if (peerings === undefined) return lack(`the peering connections of ${call.region} were not read`);

  for (const { id, nativeState, state, sides } of peerings) {
    const [requester, accepter] = sides;
    call.state.ec2.peerings.set(id, {
      id,
      requester: sideRow(call, requester),
      accepter: sideRow(call, accepter),
      status: STATUSES.find((status) => status === nativeState) ?? NEAREST[state],
      tags: {},
    });
  }
}

function sideRow(call: AwsCall, side: PeeringSide): PeeringSideRow {
  const [first = '', ...further] = side.cidrBlocks ?? [];
  return {
    vpcId: side.networkId,
    ownerId: side.account ?? call.account,
    region: side.region ?? call.region,
    cidrBlock: first,
    ...(further.length > 0 && !call.state.ec2.vpcs.has(side.networkId) ? { furtherBlocks: further } : {}),
  };
}

const STATUSES: readonly PeeringRow['status'][] = [
  'active',
  'pending-acceptance',
  'deleted',
  'rejected',
  'expired',
  'failed',
  'provisioning',
];

/** For states that last only a moment. */
const NEAREST = {
  active: 'active',
  pending: 'provisioning',
  failed: 'failed',
  deleted: 'deleted',
  unknown: 'failed',
} as const;
