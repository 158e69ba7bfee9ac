import type { AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidCombination, missingParameter, need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { firstIpv6Entries } from '../../ec2/network-acl/new-network-acl.js';
import { localRoute } from '../../ec2/route-table/new-route-table.js';
import { amazonIpv6Block, ipv6Association } from '../../ec2/vpc/new-vpc.js';
import { checkSecondaryBlock, vpcBlock } from '../../ec2/vpc/vpc-blocks.js';
import { cidrView, ipv6CidrView } from '../../ec2/vpc/vpc-view.js';
import type { AwsCall } from '../../call.js';
import { ServiceError } from '../../service-error.js';
import type { VpcRow } from '../../state/ec2-state.js';

/**
 * Adds a block to a VPC: each of its route tables gets a local route for it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html
 */
export const associateVpcCidrBlock = ec2Operation({
  name: 'AssociateVpcCidrBlock',
  kind: 'write',
  run: (call, input: AssociateVpcCidrBlockRequest): AssociateVpcCidrBlockResult => {
    refuse(input, ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength', 'Ipv6Pool']);
    refuse(input, ['Ipv6CidrBlock', 'Ipv6CidrBlockNetworkBorderGroup']);
    const vpc = getRow(call.state.ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const wantsIpv6 = input.AmazonProvidedIpv6CidrBlock === true;
    if (wantsIpv6 && input.CidrBlock !== undefined) {
      throw invalidCombination('Only one of cidrBlock and amazonProvidedIpv6CidrBlock can be specified.'); // [U]
    }
    if (wantsIpv6) return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6CidrView(addIpv6(call, vpc), 'associating') };
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock or amazonProvidedIpv6CidrBlock');
    return { VpcId: vpc.id, CidrBlockAssociation: cidrView(addIpv4(call, vpc, input.CidrBlock), 'associating') };
  },
});

function addIpv4(call: AwsCall, vpc: VpcRow, text: string): VpcRow['cidrBlocks'][number] {
  const block = vpcBlock(text);
  checkSecondaryBlock(vpc, block);
  checkCount(call, vpc, vpc.cidrBlocks.length);
  const row = { associationId: call.id('vpc-cidr-assoc-'), cidrBlock: block.text, state: 'associated' as const };
  vpc.cidrBlocks.push(row);
  for (const table of call.state.ec2.routeTables.values()) {
    if (table.vpcId === vpc.id) table.routes.push(localRoute(row.cidrBlock, 'ipv4'));
  }
  return row;
}

function addIpv6(call: AwsCall, vpc: VpcRow): VpcRow['ipv6CidrBlocks'][number] {
  checkCount(call, vpc, vpc.ipv6CidrBlocks.length);
  const place = birthplaceOf(call);
  const row = ipv6Association(place, amazonIpv6Block(place));
  const first = vpc.ipv6CidrBlocks.length === 0;
  vpc.ipv6CidrBlocks.push(row);
  for (const table of call.state.ec2.routeTables.values()) {
    if (table.vpcId === vpc.id) table.routes.push(localRoute(row.cidrBlock, 'ipv6'));
  }
  for (const acl of call.state.ec2.networkAcls.values()) {
    if (first && acl.vpcId === vpc.id) acl.entries.push(...firstIpv6Entries(acl));
  }
  return row;
}

function checkCount(call: AwsCall, vpc: VpcRow, count: number): void {
  const most = call.quota('cidr-blocks-per-vpc');
  if (count < most) return;
  throw new ServiceError(
    'CidrLimitExceeded',
    `This network ${vpc.id} has met its maximum number of allowed CIDRs: ${most}`,
  );
}
