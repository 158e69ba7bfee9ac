import { covers } from '../../../simulation/addresses.js';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { birthplaceOf } from '../birthplace.js';
import { firstIpv6Entries, LAST_IPV6_RULE } from '../network-acl/network-acl.js';
import {
  parseBlock,
  invalidCombination,
  invalidMember,
  missingParameter,
  need,
  refuse,
  checkQuota,
  hasDependencies,
} from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { checkId, needRow, ID, PART_ID, notFound } from '../request/ids.js';
import { isMain, localRoute } from '../route-table/route-table-view.js';
import { deleteSecurityGroupRow } from '../security-group/security-group-rules.js';
import { amazonIpv6Block, ipv6Association, newVpc } from '../default-network.js';
import { checkSecondaryBlock, vpcBlock, cidrView, ipv6CidrView, vpcView } from '../vpc/vpc-blocks.js';
import type { Ec2State, VpcRow } from '../state.js';

/** VPCs, with their attributes and CIDR blocks. */
export const vpcOperations = family({
  CreateVpc(call, input) {
    refuse(input, ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength', 'Ipv6Pool']);
    refuse(input, ['Ipv6CidrBlock', 'Ipv6CidrBlockNetworkBorderGroup', 'VpcEncryptionControl']);
    if (input.CidrBlock === undefined) throw missingParameter(`cidrBlock or ipv4IpamPoolId`);

    const block = vpcBlock(input.CidrBlock);
    const tenancy = input.InstanceTenancy ?? 'default';
    if (tenancy !== 'default' && tenancy !== 'dedicated') {
      throw invalidMember('instanceTenancy', tenancy, 'Invalid tenancy.');
    }

    const tags = tagsFrom(input.TagSpecifications, 'vpc');
    checkQuota(call, 'vpcs', call.state.ec2.vpcs.size, 'VpcLimitExceeded', 'VPCs');

    const place = birthplaceOf(call);
    const row = newVpc(place, {
      cidrBlock: block.text,
      ipv6CidrBlock: input.AmazonProvidedIpv6CidrBlock === true ? amazonIpv6Block(place) : undefined,
      isDefault: false,
      instanceTenancy: tenancy,
      tags,
    });
    return { Vpc: { ...vpcView(row), State: 'pending' } };
  },

  /** Deletes an empty VPC, and the resources that were created with it. */
  DeleteVpc({ state: { ec2 } }, input) {
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    if (isInUse(ec2, vpc.id)) throw hasDependencies('vpc', vpc.id);

    for (const group of ec2.securityGroups.values()) {
      if (group.vpcId === vpc.id) deleteSecurityGroupRow(ec2, group.id);
    }
    for (const table of ec2.routeTables.values()) if (table.vpcId === vpc.id) ec2.routeTables.delete(table.id);
    for (const acl of ec2.networkAcls.values()) if (acl.vpcId === vpc.id) ec2.networkAcls.delete(acl.id);
    ec2.vpcs.delete(vpc.id);
    return {};
  },

  DescribeVpcs: listing({
    of: ID.vpc,
    as: 'Vpcs',
    view: vpcView,
    filters: `cidr=cidr-block cidrBlock=cidr-block cidr-block cidr-block-association.cidr-block
       cidr-block-association.association-id cidr-block-association.state=cidr-block-association.cidr-block-state.state
       dhcp-options-id dhcpOptionsId=dhcp-options-id ipv6-cidr-block-association.ipv6-cidr-block
       ipv6-cidr-block-association.ipv6-pool ipv6-cidr-block-association.association-id
       ipv6-cidr-block-association.state=ipv6-cidr-block-association.ipv6-cidr-block-state.state
       is-default isDefault=is-default owner-id state vpc-id`,
  }),

  /** Changes one attribute of a VPC. */
  ModifyVpcAttribute(call, input) {
    const vpc = needRow(call.state.ec2, ID.vpc, input.VpcId);
    const support = input.EnableDnsSupport?.Value;
    const hostnames = input.EnableDnsHostnames?.Value;
    const metrics = input.EnableNetworkAddressUsageMetrics?.Value;
    const given = [support, hostnames, metrics].filter((value) => value !== undefined).length;
    if (given === 0) throw missingParameter('enableDnsSupport, enableDnsHostnames or enableNetworkAddressUsageMetrics'); // [U]
    if (given > 1) throw invalidCombination('Only one attribute can be modified at a time.'); // [U]
    if (hostnames === true && !vpc.enableDnsSupport) {
      throw invalidCombination('DNS hostnames can only be enabled if DNS support is enabled.'); // [U]
    }

    vpc.enableDnsSupport = support ?? vpc.enableDnsSupport;
    vpc.enableDnsHostnames = hostnames ?? vpc.enableDnsHostnames;
    vpc.enableNetworkAddressUsageMetrics = metrics ?? vpc.enableNetworkAddressUsageMetrics;
    return {};
  },

  DescribeVpcAttribute(call, input) {
    const vpc = needRow(call.state.ec2, ID.vpc, input.VpcId);
    const attribute = need<string>(input.Attribute, 'attribute');
    switch (attribute) {
      case 'enableDnsSupport':
        return { VpcId: vpc.id, EnableDnsSupport: { Value: vpc.enableDnsSupport } };
      case 'enableDnsHostnames':
        return { VpcId: vpc.id, EnableDnsHostnames: { Value: vpc.enableDnsHostnames } };
      case 'enableNetworkAddressUsageMetrics':
        return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: vpc.enableNetworkAddressUsageMetrics } };
      default:
        throw invalidMember('attribute', attribute, 'Unknown attribute.');
    }
  },

  /** Adds a block to a VPC: each of its route tables gets a local route for it. */
  AssociateVpcCidrBlock(call, input) {
    refuse(input, ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength', 'Ipv6Pool']);
    refuse(input, ['Ipv6CidrBlock', 'Ipv6CidrBlockNetworkBorderGroup']);
    const vpc = needRow(call.state.ec2, ID.vpc, input.VpcId);
    const wantsIpv6 = input.AmazonProvidedIpv6CidrBlock === true;
    if (wantsIpv6 && input.CidrBlock !== undefined) {
      throw invalidCombination('Only one of cidrBlock and amazonProvidedIpv6CidrBlock can be specified.'); // [U]
    }
    if (wantsIpv6) return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6CidrView(addIpv6(call, vpc), 'associating') };
    if (input.CidrBlock === undefined) throw missingParameter('cidrBlock or amazonProvidedIpv6CidrBlock');

    return { VpcId: vpc.id, CidrBlockAssociation: cidrView(addIpv4(call, vpc, input.CidrBlock), 'associating') };
  },

  /** Removes a secondary block without subnets from its VPC, and its local routes. */
  DisassociateVpcCidrBlock({ state: { ec2 } }, input) {
    const id = need(input.AssociationId, 'associationId');
    checkId(id, PART_ID.vpcCidrAssociation);
    for (const vpc of ec2.vpcs.values()) {
      const ipv4 = vpc.cidrBlocks.find((row) => row.associationId === id);
      if (ipv4 !== undefined) {
        if (ipv4 === vpc.cidrBlocks[0]) throw primaryBlock(id);

        checkBlockUnused(ec2, vpc, ipv4.cidrBlock);
        vpc.cidrBlocks = vpc.cidrBlocks.filter((row) => row !== ipv4);
        removeLocalRoutes(ec2, vpc, ipv4.cidrBlock);
        return { VpcId: vpc.id, CidrBlockAssociation: cidrView(ipv4, 'disassociating') };
      }

      const ipv6 = vpc.ipv6CidrBlocks.find((row) => row.associationId === id);
      if (ipv6 === undefined) continue;

      checkBlockUnused(ec2, vpc, ipv6.cidrBlock);
      vpc.ipv6CidrBlocks = vpc.ipv6CidrBlocks.filter((row) => row !== ipv6);
      removeLocalRoutes(ec2, vpc, ipv6.cidrBlock);
      if (vpc.ipv6CidrBlocks.length === 0) removeLastIpv6Rules(ec2, vpc);
      return { VpcId: vpc.id, Ipv6CidrBlockAssociation: ipv6CidrView(ipv6, 'disassociating') };
    }
    throw notFound(PART_ID.vpcCidrAssociation, id);
  },
});

function isInUse(ec2: Ec2State, vpcId: string): boolean {
  const inVpc = (row: { readonly vpcId: string | undefined }): boolean => row.vpcId === vpcId;
  return (
    [...ec2.subnets.values()].some(inVpc) ||
    [...ec2.interfaces.values()].some(inVpc) ||
    [...ec2.internetGateways.values()].some(inVpc) ||
    [...ec2.vpnGateways.values()].some(inVpc) ||
    [...ec2.egressOnlyGateways.values()].some(inVpc) ||
    [...ec2.securityGroups.values()].some((group) => inVpc(group) && group.name !== 'default') ||
    [...ec2.networkAcls.values()].some((acl) => inVpc(acl) && !acl.isDefault) ||
    [...ec2.routeTables.values()].some((table) => inVpc(table) && !isMain(table)) ||
    [...ec2.peerings.values()].some(
      ({ status, requester, accepter }) => status === 'active' && (inVpc(requester) || inVpc(accepter)),
    )
  );
}

function addIpv4(call: AwsCall, vpc: VpcRow, text: string): VpcRow['cidrBlocks'][number] {
  const block = vpcBlock(text);
  checkSecondaryBlock(vpc, block);
  checkBlockCount(call, vpc, vpc.cidrBlocks.length);
  const row = { associationId: call.id('vpc-cidr-assoc-'), cidrBlock: block.text, state: 'associated' as const };
  vpc.cidrBlocks.push(row);
  for (const table of call.state.ec2.routeTables.values()) {
    if (table.vpcId === vpc.id) table.routes.push(localRoute(row.cidrBlock, 'ipv4'));
  }
  return row;
}

function addIpv6(call: AwsCall, vpc: VpcRow): VpcRow['ipv6CidrBlocks'][number] {
  checkBlockCount(call, vpc, vpc.ipv6CidrBlocks.length);
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

function checkBlockCount(call: AwsCall, vpc: VpcRow, count: number): void {
  const most = call.quota('cidr-blocks-per-vpc');
  if (count < most) return;

  throw new ServiceError(
    'CidrLimitExceeded',
    `This network ${vpc.id} has met its maximum number of allowed CIDRs: ${most}`,
  );
}

function primaryBlock(id: string): ServiceError {
  return new ServiceError(
    'OperationNotPermitted',
    `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
  );
}

function checkBlockUnused(ec2: Ec2State, vpc: VpcRow, cidrBlock: string): void {
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
    if (acl.vpcId === vpc.id) acl.entries = acl.entries.filter((entry) => entry.RuleNumber !== LAST_IPV6_RULE);
  }
}
