import { ServiceError } from '../../operation/operation.js';
import {
  addressView,
  associate,
  disassociate,
  newPublicIp,
  NAT_MS,
  natGatewayView,
} from '../nat-gateway/nat-gateways.js';
import type { AddressRow, NatGatewayRow } from '../nat-gateway/state.js';
import {
  oncePerToken,
  invalidCombination,
  invalidMember,
  missingParameter,
  need,
  refuse,
  checkQuota,
} from '../request/text-rules.js';
import { shownFilters, listRows } from '../request/filters.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { getRow, needRow, ID, notFound } from '../request/ids.js';
import { isUsable } from '../route-table/route-table-view.js';
import { createInterface, primaryOf, serviceAttachment } from '../vpc/network.js';

/** NAT gateways and Elastic IP addresses. */
export const natGatewayOperations = family({
  AllocateAddress(call, input) {
    refuse(input, ['Address', 'PublicIpv4Pool', 'CustomerOwnedIpv4Pool', 'IpamPoolId']);
    if (input.Domain === 'standard') throw invalidMember('domain', input.Domain, 'It must be vpc.');

    const { elasticIps } = call.state.ec2;
    const tags = tagsFrom(input.TagSpecifications, 'elastic-ip');
    checkQuota(call, 'elastic-ips', elasticIps.size, 'AddressLimitExceeded', 'addresses');

    const publicIp = newPublicIp(call);
    const row = { id: call.id('eipalloc-'), publicIp, associationId: undefined, interfaceId: undefined, tags };
    elasticIps.set(row.id, row);
    const { PublicIp, AllocationId, Domain, PublicIpv4Pool, NetworkBorderGroup } = addressView(row, call);
    return { PublicIp, AllocationId, Domain, PublicIpv4Pool, NetworkBorderGroup };
  },

  AssociateAddress(call, input) {
    const { ec2 } = call.state;
    refuse(input, ['PublicIp', 'PrivateIpAddress']);
    const row = needRow(ec2, ID.allocation, input.AllocationId);
    if (input.InstanceId !== undefined) getRow(ec2, ID.instance, input.InstanceId);
    const named = input.NetworkInterfaceId;
    const eni =
      named === undefined
        ? primaryOf(call.state, need(input.InstanceId, 'instanceId or networkInterfaceId'))
        : getRow(ec2, ID.networkInterface, named);
    if (!eni) throw notFound(ID.instance, input.InstanceId ?? '');

    const isTaken = row.interfaceId !== undefined && row.interfaceId !== eni.id;
    if (isTaken && input.AllowReassociation === false) {
      const message = `resource ${row.id} is already associated with associate-id ${row.associationId}`;
      throw new ServiceError('Resource.AlreadyAssociated', message);
    }
    if (![...ec2.internetGateways.values()].some(({ vpcId }) => vpcId === eni.vpcId)) {
      throw new ServiceError('Gateway.NotAttached', `Network ${eni.vpcId} is not attached to any internet gateway`);
    }

    disassociate(call, row);
    associate(call, row, eni);
    return { AssociationId: row.associationId };
  },

  DisassociateAddress(call, input) {
    const id = need(input.AssociationId, 'associationId');
    const row = [...call.state.ec2.elasticIps.values()].find(({ associationId }) => associationId === id);
    if (!row) throw new ServiceError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);

    disassociate(call, row);
    return {};
  },

  ReleaseAddress(call, input) {
    const { elasticIps, interfaces } = call.state.ec2;
    const row = needRow(call.state.ec2, ID.allocation, input.AllocationId);
    if (interfaces.has(row.interfaceId ?? '')) {
      throw new ServiceError('InvalidIPAddress.InUse', `Address ${row.publicIp} is in use.`); // [U] words
    }

    elasticIps.delete(row.id);
    return {};
  },

  DescribeAddresses(call, input) {
    const { AllocationIds: wanted, PublicIps: ips = [] } = input;
    const absent = ips.find((ip) => ![...call.state.ec2.elasticIps.values()].some(({ publicIp }) => publicIp === ip));
    if (absent !== undefined) throw new ServiceError('InvalidAddress.NotFound', `Address '${absent}' not found.`);

    const { rows } = listRows(
      { Filters: input.Filters },
      {
        list: 'DescribeAddresses',
        rows: call.state.ec2.elasticIps,
        visible: ({ publicIp }) => ips.length === 0 || ips.includes(publicIp),
        filters: shownFilters(ADDRESS_FILTERS, (row: AddressRow) => addressView(row, call)),
        tagsOf: ({ tags }) => tags,
        ids: { wanted, kind: ID.allocation, member: 'allocationId' },
      },
    );
    return { Addresses: rows.map((row) => addressView(row, call)) };
  },

  /** The names of addresses: none has one of its own. */
  DescribeAddressesAttribute(call, input) {
    const { rows, next } = listRows(input, {
      list: 'DescribeAddressesAttribute',
      rows: call.state.ec2.elasticIps,
      filters: {},
      ids: { wanted: input.AllocationIds, kind: ID.allocation, member: 'allocationId' },
      size: [1, 1000],
    });
    const shown = rows.map(({ id, publicIp }) => ({ AllocationId: id, PublicIp: publicIp }));
    return { Addresses: shown, NextToken: next };
  },

  /** Creates a gateway. A public one without an internet gateway or with an address in use fails later. */
  CreateNatGateway(call, input) {
    refuse(input, ['SecondaryAllocationIds', 'SecondaryPrivateIpAddressCount', 'SecondaryPrivateIpAddresses']);
    refuse(input, ['AvailabilityMode', 'AvailabilityZoneAddresses', 'VpcId']);
    const { ec2 } = call.state;
    const connectivityType = input.ConnectivityType ?? 'public';
    const subnet = needRow(ec2, ID.subnet, input.SubnetId);
    const { AllocationId } = input;
    if (connectivityType === 'public' && AllocationId === undefined) throw missingParameter('AllocationId');
    if (connectivityType === 'private' && AllocationId !== undefined) {
      throw invalidCombination('AllocationId cannot be used with a private NAT gateway.'); // [U] words
    }

    if (AllocationId !== undefined) getRow(ec2, ID.allocation, AllocationId);
    const tags = tagsFrom(input.TagSpecifications, 'natgateway');
    const row = oncePerToken(call, 'CreateNatGateway', input, ec2.natGateways, () => {
      const inZone = [...ec2.natGateways.values()].filter(
        (gateway) => isUsable(gateway) && ec2.subnets.get(gateway.fields.SubnetId)?.zoneId === subnet.zoneId,
      );
      checkQuota(call, 'nat-gateways-per-zone', inZone.length, 'NatGatewayLimitExceeded', 'NAT Gateways');

      const id = call.id('nat-');
      const eni = createInterface(call, {
        subnetId: subnet.id,
        groupIds: [],
        interfaceType: 'nat_gateway',
        description: `Interface for NAT Gateway ${id}`,
        requesterManaged: true,
        attachment: serviceAttachment(call),
        privateIpAddress: input.PrivateIpAddress,
      });
      eni.groupIds = []; // a NAT gateway has no groups
      const made: NatGatewayRow = {
        id,
        fields: {
          VpcId: subnet.vpcId,
          SubnetId: subnet.id,
          ConnectivityType: connectivityType,
          State: 'pending',
          CreateTime: new Date(call.now),
        },
        address: { AllocationId, NetworkInterfaceId: eni.id, PrivateIp: eni.privateIpAddress },
        tags,
      };
      ec2.natGateways.set(id, made);
      call.after(NAT_MS, 'ec2.nat-gateway', { id, to: 'available' });
      return made;
    });
    return { ClientToken: input.ClientToken, NatGateway: natGatewayView(call, row) };
  },

  DeleteNatGateway(call, input) {
    const row = needRow(call.state.ec2, ID.natGateway, input.NatGatewayId);
    const { State } = row.fields;
    if (State !== 'deleting' && State !== 'deleted') {
      row.fields.State = 'deleting';
      call.after(NAT_MS, 'ec2.nat-gateway', { id: row.id, to: 'deleted' });
    }
    return { NatGatewayId: row.id };
  },

  DescribeNatGateways: listing({
    of: ID.natGateway,
    as: 'NatGateways',
    view: (row, call) => natGatewayView(call, row),
    filters: 'nat-gateway-id state subnet-id vpc-id',
  }),
});

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html (Filter.N) */
const ADDRESS_FILTERS = `allocation-id association-id instance-id network-border-group network-interface-id
  network-interface-owner-id private-ip-address public-ip`;
