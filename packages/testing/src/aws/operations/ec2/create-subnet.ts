import type { CreateSubnetRequest, CreateSubnetResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, need, refuse } from '../../ec2/request/errors.js';
import { findZone } from '../../ec2/subnet/find-zone.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { newSubnet } from '../../ec2/subnet/new-subnet.js';
import { subnetBlock, subnetIpv6Block } from '../../ec2/subnet/subnet-blocks.js';
import { subnetView } from '../../ec2/subnet/subnet-view.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { zonesOf, type Zone } from '../../ec2/subnet/zones.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSubnet.html */
export const createSubnet = ec2Operation({
  name: 'CreateSubnet',
  kind: 'write',
  run: (call, input: CreateSubnetRequest): CreateSubnetResult => {
    refuse(input, ['OutpostArn', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength']);
    const { ec2 } = call.state;
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
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
    if (count >= call.quota('subnets-per-vpc')) {
      throw new ServiceError('SubnetLimitExceeded', 'The maximum number of subnets has been reached.');
    }
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
});

/** EC2 chooses a zone where the caller names none. */
function anyZone(call: AwsCall): Zone {
  const open = zonesOf(call.region, call.account).filter((zone) => zone.type === 'availability-zone');
  const zone = open[Math.floor(call.random() * open.length)];
  if (zone === undefined) throw new ServiceError('InvalidRegion', `There is no region ${call.region}.`);
  return zone;
}
