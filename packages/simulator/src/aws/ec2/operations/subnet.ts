import { raise } from '../../../simulation/raise.js';
import type { ModifySubnetAttributeRequest, Subnet } from '@aws-sdk/client-ec2';
import { defined } from '../../../simulation/defined.js';
import { covers, overlaps } from '../../../simulation/addresses.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { birthplaceOf } from '../birthplace.js';
import {
  parseBlock,
  invalidCombination,
  invalidMember,
  invalidValue,
  missingParameter,
  need,
  refuse,
  checkQuota,
  hasDependencies,
} from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { shownFilters, listRows } from '../request/filters.js';
import { checkId, getRow, needRow, ID, PART_ID, notFound } from '../request/ids.js';
import { findZone, reservationView, subnetView, subnetBlock, subnetIpv6Block } from '../subnet/subnet.js';
import { newSubnet, zonesOf, type Zone } from '../subnet/zones.js';
import type { CidrReservationRow, SubnetRow } from '../state.js';

const SUBNET_FILTERS = `availability-zone availabilityZone=availability-zone availability-zone-id
  availabilityZoneId=availability-zone-id available-ip-address-count
  customer-owned-ipv4-pool default-for-az defaultForAz=default-for-az enable-dns64 enable-lni-at-device-index
  ipv6-cidr-block-association.ipv6-cidr-block ipv6-cidr-block-association.association-id
  ipv6-cidr-block-association.state=ipv6-cidr-block-association.ipv6-cidr-block-state.state ipv6-native
  map-customer-owned-ip-on-launch map-public-ip-on-launch outpost-arn owner-id
  private-dns-name-options-on-launch.hostname-type private-dns-name-options-on-launch.enable-resource-name-dns-a-record
  private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record state subnet-arn subnet-id vpc-id`;

/** Empty without IPv4, which the value `*` finds although it is not shown. */
const blockOf = ({ cidrBlock }: SubnetRow): string => cidrBlock;

const RESERVATION_FILTERS = shownFilters('reservationType=reservation-type subnet-id', reservationView);

/** Subnets, with their attributes, IPv6 blocks and CIDR reservations. */
export const subnetOperations = family({
  CreateSubnet(call, input) {
    refuse(input, ['OutpostArn', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength']);
    const { ec2 } = call.state;
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const native = input.Ipv6Native === true;
    if (native && input.CidrBlock !== undefined) {
      throw invalidCombination('The parameter cidrBlock cannot be used with the parameter ipv6Native'); // [U]
    }

    const zone = findZone(call, input) ?? anyZone(call);
    const block = native ? undefined : subnetBlock(ec2, vpc, need(input.CidrBlock, 'cidrBlock'));
    const ipv6Text = native ? need(input.Ipv6CidrBlock, 'ipv6CidrBlock') : input.Ipv6CidrBlock;
    const ipv6 = ipv6Text === undefined ? undefined : subnetIpv6Block(ec2, vpc, ipv6Text);
    const tags = tagsFrom(input.TagSpecifications, 'subnet');
    const count = [...ec2.subnets.values()].filter((subnet) => subnet.vpcId === vpc.id).length;
    checkQuota(call, 'subnets-per-vpc', count, 'SubnetLimitExceeded', 'subnets');

    const row = newSubnet(birthplaceOf(call), vpc, {
      cidrBlock: block?.text ?? '',
      ipv6CidrBlock: ipv6?.text,
      ipv6Native: native,
      zone,
      isDefault: false,
      tags,
    });
    return { Subnet: subnetView(call, row) };
  },

  /** Deletes a subnet that no interface is in; what was associated with it no longer is. */
  DeleteSubnet({ state: { ec2 } }, input) {
    const { id } = needRow(ec2, ID.subnet, input.SubnetId);
    if ([...ec2.interfaces.values()].some((row) => row.subnetId === id)) throw hasDependencies('subnet', id);

    for (const table of ec2.routeTables.values()) {
      table.associations = table.associations.filter((association) => association.subnetId !== id);
    }
    for (const acl of ec2.networkAcls.values()) {
      acl.associations = acl.associations.filter((association) => association.subnetId !== id);
    }
    for (const reservation of ec2.cidrReservations.values()) {
      if (reservation.fields.SubnetId === id) ec2.cidrReservations.delete(reservation.id);
    }
    ec2.subnets.delete(id);
    return {};
  },

  DescribeSubnets: listing({
    of: ID.subnet,
    as: 'Subnets',
    view: (row, call) => subnetView(call, row),
    filters: SUBNET_FILTERS,
    otherFilters: { 'cidr-block': blockOf, cidr: blockOf, cidrBlock: blockOf },
  }),

  /** Changes one attribute of a subnet. */
  ModifySubnetAttribute(call, input) {
    refuse(input, ['MapCustomerOwnedIpOnLaunch', 'CustomerOwnedIpv4Pool']);
    const { SubnetId, ...attributes } = input;
    const row = needRow(call.state.ec2, ID.subnet, SubnetId);
    const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
    if (given.length === 0) throw missingParameter('an attribute to modify'); // [U]
    if (given.length > 1) throw invalidCombination('Only one subnet attribute can be modified at a time.'); // [U]

    checkIpv6(row, attributes);
    row.fields = changedFields(row.fields, attributes);
    return {};
  },

  /** Gives a subnet its IPv6 block; it can have one. */
  AssociateSubnetCidrBlock(call, input) {
    refuse(input, ['Ipv6IpamPoolId', 'Ipv6NetmaskLength']);
    const { ec2 } = call.state;
    const subnet = needRow(ec2, ID.subnet, input.SubnetId);
    const vpc = getRow(ec2, ID.vpc, subnet.vpcId);
    const block = subnetIpv6Block(ec2, vpc, need(input.Ipv6CidrBlock, 'ipv6CidrBlock'));
    if (subnet.ipv6CidrBlocks.length > 0) {
      throw new ServiceError(
        'CidrLimitExceeded',
        `This subnet '${subnet.id}' has met its maximum number of allowed CIDRs: 1`,
      );
    }

    const row = { associationId: call.id('subnet-cidr-assoc-'), cidrBlock: block.text, state: 'associated' as const };
    subnet.ipv6CidrBlocks.push(row);
    return {
      SubnetId: subnet.id,
      Ipv6CidrBlockAssociation: {
        AssociationId: row.associationId,
        Ipv6CidrBlock: row.cidrBlock,
        Ipv6CidrBlockState: { State: 'associating' },
      },
    };
  },

  DisassociateSubnetCidrBlock(call, input) {
    const id = need(input.AssociationId, 'associationId');
    checkId(id, PART_ID.subnetCidrAssociation);
    for (const subnet of call.state.ec2.subnets.values()) {
      const row = subnet.ipv6CidrBlocks.find((block) => block.associationId === id);
      if (row === undefined) continue;

      subnet.ipv6CidrBlocks = subnet.ipv6CidrBlocks.filter((block) => block !== row);
      return {
        SubnetId: subnet.id,
        Ipv6CidrBlockAssociation: {
          AssociationId: id,
          Ipv6CidrBlock: row.cidrBlock,
          Ipv6CidrBlockState: { State: 'disassociating' },
        },
      };
    }
    throw notFound(PART_ID.subnetCidrAssociation, id);
  },

  /** Reserves a part of a subnet: EC2 does not choose its addresses for an interface. */
  CreateSubnetCidrReservation(call, input) {
    const { ec2 } = call.state;
    const subnet = needRow(ec2, ID.subnet, input.SubnetId);
    const text = need(input.Cidr, 'cidr');
    const block = parseBlock(text) ?? raise(invalidMember('cidr', text, 'This is not a valid CIDR block.'));

    const type = need<string>(input.ReservationType, 'reservationType');
    if (type !== 'prefix' && type !== 'explicit') throw invalidMember('reservationType', type, 'Unknown type.');

    const outer = [subnet.cidrBlock, ...subnet.ipv6CidrBlocks.map((row) => row.cidrBlock)].map(parseBlock);
    if (!outer.some((range) => range && covers(range, block))) {
      throw invalidValue(`Reservation CIDR should be within subnet CIDR block (${subnet.cidrBlock})`);
    }

    for (const other of ec2.cidrReservations.values()) {
      const range = parseBlock(other.fields.Cidr);
      if (other.fields.SubnetId !== subnet.id || range === undefined || !overlaps(range, block)) continue;

      throw invalidValue(`Reservation CIDR ${block.text} has overlap with existing reserved CIDR block`);
    }
    const row: CidrReservationRow = {
      id: call.id('scr-'),
      fields: {
        SubnetId: subnet.id,
        Cidr: block.text,
        ReservationType: type,
        OwnerId: call.account,
        Description: input.Description,
      },
      tags: tagsFrom(input.TagSpecifications, 'subnet-cidr-reservation'),
    };
    ec2.cidrReservations.set(row.id, row);
    return { SubnetCidrReservation: reservationView(row) };
  },

  DeleteSubnetCidrReservation({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.reservation, input.SubnetCidrReservationId);
    ec2.cidrReservations.delete(row.id);
    return { DeletedSubnetCidrReservation: reservationView(row) };
  },

  GetSubnetCidrReservations(call, input) {
    const { id } = needRow(call.state.ec2, ID.subnet, input.SubnetId);
    const { rows, next } = listRows(input, {
      list: `GetSubnetCidrReservations/${id}`,
      rows: call.state.ec2.cidrReservations,
      filters: RESERVATION_FILTERS,
      tagsOf: (row) => row.tags,
      visible: ({ fields }) => fields.SubnetId === id,
    });
    const isIpv6 = ({ fields }: CidrReservationRow): boolean => fields.Cidr.includes(':');
    return {
      SubnetIpv4CidrReservations: rows.filter((row) => !isIpv6(row)).map(reservationView),
      SubnetIpv6CidrReservations: rows.filter(isIpv6).map(reservationView),
      NextToken: next,
    };
  },
});

/** EC2 chooses a zone where the caller names none. */
function anyZone(call: AwsCall): Zone {
  const open = zonesOf(call.region, call.account).filter((zone) => zone.type === 'availability-zone');
  const zone = open[Math.floor(call.random() * open.length)];
  if (zone === undefined) throw new ServiceError('InvalidRegion', `There is no region ${call.region}.`);

  return zone;
}

type Attributes = Omit<ModifySubnetAttributeRequest, 'SubnetId'>;

function checkIpv6(row: SubnetRow, wanted: Attributes): void {
  if (wanted.AssignIpv6AddressOnCreation?.Value === true && row.ipv6CidrBlocks.length === 0) {
    throw invalidValue(
      `Invalid value 'true' for assignIpv6AddressOnCreation. Subnet must be associated with an IPv6 CIDR block.`,
    );
  }
}

function changedFields(before: Subnet, wanted: Attributes): Subnet {
  const { PrivateDnsHostnameTypeOnLaunch: HostnameType, DisableLniAtDeviceIndex } = wanted;
  if (HostnameType !== undefined && HostnameType !== 'ip-name' && HostnameType !== 'resource-name') {
    throw invalidMember('privateDnsHostnameTypeOnLaunch', HostnameType, 'Unknown hostname type.');
  }

  const names = {
    HostnameType,
    EnableResourceNameDnsARecord: wanted.EnableResourceNameDnsARecordOnLaunch?.Value,
    EnableResourceNameDnsAAAARecord: wanted.EnableResourceNameDnsAAAARecordOnLaunch?.Value,
  };
  const switches = {
    MapPublicIpOnLaunch: wanted.MapPublicIpOnLaunch?.Value,
    AssignIpv6AddressOnCreation: wanted.AssignIpv6AddressOnCreation?.Value,
    EnableDns64: wanted.EnableDns64?.Value,
    EnableLniAtDeviceIndex: wanted.EnableLniAtDeviceIndex,
  };
  return {
    ...before,
    ...defined(switches),
    PrivateDnsNameOptionsOnLaunch: { ...before.PrivateDnsNameOptionsOnLaunch, ...defined(names) },
    ...(DisableLniAtDeviceIndex?.Value === true && { EnableLniAtDeviceIndex: undefined }),
  };
}
