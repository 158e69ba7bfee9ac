import {
  oncePerToken,
  dependencyViolation,
  invalidValue,
  need,
  checkQuota,
  hasDependencies,
  invalidMember,
  missingParameter,
} from '../request/text-rules.js';
import { family, listing, tagsFrom, tagList } from '../request/family.js';
import { checkId, getRow, needRow, ID } from '../request/ids.js';
import { egressOnlyGatewayView, internetGatewayView } from '../vpc/vgw-routes.js';
import { ServiceError } from '../../operation/operation.js';
import type { GatewayRow, DhcpOptionsRow } from '../state.js';
import type { DhcpOptions } from '@aws-sdk/client-ec2';

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html */
const KEYS: readonly string[] = [
  'domain-name-servers',
  'domain-name',
  'ntp-servers',
  'netbios-name-servers',
  'netbios-node-type',
  'ipv6-address-preferred-lease-time',
];

/** Internet gateways, egress-only ones among them. Sets of DHCP options. */
export const internetGatewayOperations = family({
  CreateInternetGateway(call, input) {
    const { internetGateways } = call.state.ec2;
    const tags = tagsFrom(input.TagSpecifications, 'internet-gateway');
    checkQuota(call, 'internet-gateways', internetGateways.size, 'InternetGatewayLimitExceeded');

    const row: GatewayRow = { id: call.id('igw-'), ownerId: call.account, vpcId: undefined, tags };
    internetGateways.set(row.id, row);
    return { InternetGateway: internetGatewayView(row) };
  },

  DeleteInternetGateway({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.internetGateway, input.InternetGatewayId);
    if (row.vpcId !== undefined) throw hasDependencies('internetGateway', row.id);

    ec2.internetGateways.delete(row.id);
    return {};
  },

  AttachInternetGateway({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.internetGateway, input.InternetGatewayId);
    const vpcId = need(input.VpcId, 'vpcId');
    // The one operation that is known to check the form: https://github.com/aws-controllers-k8s/ec2-controller (63f2ec7)
    checkId(vpcId, { ...ID.vpc, malformed: 'InvalidVpcId.Malformed' });
    const vpc = getRow(ec2, ID.vpc, vpcId);
    if (row.vpcId !== undefined) {
      throw new ServiceError(
        'Resource.AlreadyAssociated',
        `resource ${row.id} is already attached to network ${row.vpcId}`,
      );
    }
    if ([...ec2.internetGateways.values()].some((other) => other.vpcId === vpc.id)) {
      throw invalidValue(`Network ${vpc.id} already has an internet gateway attached`);
    }

    row.vpcId = vpc.id;
    return {};
  },

  /** Detaches a gateway from a VPC without public addresses; routes to it become blackholes. */
  DetachInternetGateway({ state: { ec2 } }, input) {
    const row = needRow(ec2, ID.internetGateway, input.InternetGatewayId);
    // The VPC is never looked up: EC2 repeats whatever text it was given.
    const network = need(input.VpcId, 'vpcId');
    if (row.vpcId !== network) {
      throw new ServiceError('Gateway.NotAttached', `resource ${row.id} is not attached to network ${network}`);
    }

    for (const { vpcId, publicIpAddress } of ec2.interfaces.values()) {
      if (vpcId !== network || publicIpAddress === undefined) continue;

      throw dependencyViolation(
        `Network ${network} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    }
    row.vpcId = undefined;
    return {};
  },

  DescribeInternetGateways: listing({
    of: ID.internetGateway,
    as: 'InternetGateways',
    view: internetGatewayView,
    filters: 'attachment.state attachment.vpc-id internet-gateway-id owner-id',
  }),

  CreateEgressOnlyInternetGateway(call, input) {
    const { ec2 } = call.state;
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const tags = tagsFrom(input.TagSpecifications, 'egress-only-internet-gateway');
    const row = oncePerToken(call, 'CreateEgressOnlyInternetGateway', input, ec2.egressOnlyGateways, () => {
      const made = { id: call.id('eigw-'), ownerId: call.account, vpcId: vpc.id, tags };
      ec2.egressOnlyGateways.set(made.id, made);
      return made;
    });
    return { EgressOnlyInternetGateway: egressOnlyGatewayView(row), ClientToken: input.ClientToken };
  },

  DeleteEgressOnlyInternetGateway({ state: { ec2 } }, input) {
    const id = need(input.EgressOnlyInternetGatewayId, 'egressOnlyInternetGatewayId');
    ec2.egressOnlyGateways.delete(getRow(ec2, ID.egressOnlyGateway, id).id);
    return { ReturnCode: true };
  },

  DescribeEgressOnlyInternetGateways: listing({
    of: ID.egressOnlyGateway,
    as: 'EgressOnlyInternetGateways',
    view: egressOnlyGatewayView,
    size: [5, 255],
  }),

  CreateDhcpOptions(call, input) {
    const configurations = need(input.DhcpConfigurations, 'dhcpConfiguration').map(({ Key, Values }) => {
      const key = need(Key, 'dhcpConfiguration.key');
      if (!KEYS.includes(key)) throw invalidMember('dhcpConfiguration.key', key, 'Unknown DHCP option.');
      if (Values === undefined || Values.length === 0) throw missingParameter('dhcpConfiguration.value');

      return { Key: key, Values: Values.map((Value) => ({ Value })) };
    });
    if (configurations.length === 0) throw missingParameter('dhcpConfiguration');

    const row: DhcpOptionsRow = {
      id: call.id('dopt-'),
      fields: { OwnerId: call.account, DhcpConfigurations: configurations },
      tags: tagsFrom(input.TagSpecifications, 'dhcp-options'),
    };
    call.state.ec2.dhcpOptions.set(row.id, row);
    return { DhcpOptions: dhcpOptionsView(row) };
  },

  DeleteDhcpOptions({ state: { ec2 } }, input) {
    const { id } = needRow(ec2, ID.dhcpOptions, input.DhcpOptionsId);
    if ([...ec2.vpcs.values()].some((vpc) => vpc.dhcpOptionsId === id)) throw hasDependencies('dhcpOptions', id);

    ec2.dhcpOptions.delete(id);
    return {};
  },

  /** Assigns a set of DHCP options to a VPC; `default` means none. */
  AssociateDhcpOptions({ state: { ec2 } }, input) {
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const id = need(input.DhcpOptionsId, 'dhcpOptionsId');
    vpc.dhcpOptionsId = id === 'default' ? id : getRow(ec2, ID.dhcpOptions, id).id;
    return {};
  },

  DescribeDhcpOptions: listing({
    of: ID.dhcpOptions,
    as: 'DhcpOptions',
    view: dhcpOptionsView,
    filters: 'dhcp-options-id key=dhcp-configurations.key value=dhcp-configurations.values.value owner-id',
  }),
});

/** A set of DHCP options as the API shows it. */
function dhcpOptionsView({ id, fields, tags }: DhcpOptionsRow): DhcpOptions {
  return { DhcpOptionsId: id, ...fields, Tags: tagList(tags) };
}
