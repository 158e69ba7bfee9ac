import { covers } from '../../../simulation/blocks.js';
import type { DisassociateVpcCidrBlockRequest, DisassociateVpcCidrBlockResult } from '@aws-sdk/client-ec2';
import { parseBlock } from '../../ec2/request/cidr.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { checkId, ID, notFound } from '../../ec2/request/ids.js';
import { LAST_IPV6_RULE } from '../../ec2/network-acl/new-network-acl.js';
import { cidrView, ipv6CidrView } from '../../ec2/vpc/vpc-view.js';
import { ServiceError } from '../../service-error.js';
import type { Ec2State, VpcRow } from '../../state/ec2-state.js';

/**
 * Removes a secondary block without subnets from its VPC, and its local routes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateVpcCidrBlock.html
 */
export const disassociateVpcCidrBlock = ec2Operation({
  name: 'DisassociateVpcCidrBlock',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DisassociateVpcCidrBlockRequest): DisassociateVpcCidrBlockResult => {
    const id = need(input.AssociationId, 'associationId');
    checkId(id, ID.vpcCidrAssociation);
    for (const vpc of ec2.vpcs.values()) {
      const ipv4 = vpc.cidrBlocks.find((row) => row.associationId === id);
      if (ipv4 !== undefined) {
        if (ipv4 === vpc.cidrBlocks[0]) throw primaryBlock(id);
        checkUnused(ec2, vpc, ipv4.cidrBlock);
        vpc.cidrBlocks = vpc.cidrBlocks.filter((row) => row !== ipv4);
        removeLocalRoutes(ec2, vpc, ipv4.cidrBlock);
        return { VpcId: vpc.id, CidrBlockAssociation: cidrView(ipv4, 'disassociating') };
      }
      const ipv6 = vpc.ipv6CidrBlocks.find((row) => row.associationId === id);
      if (ipv6 === undefined) continue;
      checkUnused(ec2, vpc, ipv6.cidrBlock);
      vpc.ipv6CidrBlocks = vpc.ipv6CidrBlocks.filter((row) => row !== ipv6);
      removeLocalRoutes(ec2, vpc, ipv6.cidrBlock);
      if (vpc.ipv6CidrBlocks.length === 0) removeLastIpv6Rules(ec2, vpc);
      return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6CidrView(ipv6, 'disassociating') };
    }
    throw notFound(ID.vpcCidrAssociation, id);
  },
});

function primaryBlock(id: string): ServiceError {
  return new ServiceError(
    'OperationNotPermitted',
    `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
  );
}

function checkUnused(ec2: Ec2State, vpc: VpcRow, cidrBlock: string): void {
  const outer = parseBlock(cidrBlock);
  for (const subnet of ec2.subnets.values()) {
    if (subnet.vpcId !== vpc.id || outer === undefined) continue;
    const inner = [subnet.cidrBlock, ...subnet.ipv6CidrBlocks.map((row) => row.cidrBlock)].map(parseBlock);
    if (!inner.some((block) => block && covers(outer, block))) continue;
    throw new ServiceError(
      'InvalidCidrBlock.InUse',
      `The vpc ${vpc.id} currently has a subnet within CIDR block ${cidrBlock}`,
    );
  }
}

function removeLocalRoutes(ec2: Ec2State, vpc: VpcRow, cidrBlock: string): void {
  for (const table of ec2.routeTables.values()) {
    if (table.vpcId !== vpc.id) continue;
    table.routes = table.routes.filter(
      (route) => route.origin !== 'CreateRouteTable' || route.destination !== cidrBlock,
    );
  }
}

function removeLastIpv6Rules(ec2: Ec2State, vpc: VpcRow): void {
  for (const acl of ec2.networkAcls.values()) {
    if (acl.vpcId === vpc.id) acl.entries = acl.entries.filter((entry) => entry.ruleNumber !== LAST_IPV6_RULE);
  }
}
