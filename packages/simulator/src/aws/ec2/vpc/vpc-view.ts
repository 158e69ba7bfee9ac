import type { Vpc, VpcCidrBlockAssociation, VpcIpv6CidrBlockAssociation } from '@aws-sdk/client-ec2';
import type { VpcCidrRow, VpcRow } from '../state.js';
import { tagListOrNone } from '../request/tags.js';

/** A VPC as the API shows it. */
export function vpcView(row: VpcRow): Vpc {
  return {
    VpcId: row.id,
    OwnerId: row.ownerId,
    State: 'available',
    CidrBlock: row.cidrBlock,
    CidrBlockAssociationSet: row.cidrBlocks.map((block) => cidrView(block)),
    Ipv6CidrBlockAssociationSet:
      row.ipv6CidrBlocks.length > 0 ? row.ipv6CidrBlocks.map((block) => ipv6CidrView(block)) : undefined,
    DhcpOptionsId: row.dhcpOptionsId,
    InstanceTenancy: row.instanceTenancy,
    IsDefault: row.isDefault,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    Tags: tagListOrNone(row.tags),
  };
}

/** One of a VPC's IPv4 blocks as the API shows it. */
export function cidrView(
  row: VpcCidrRow,
  State: 'associating' | 'associated' | 'disassociating' = 'associated',
): VpcCidrBlockAssociation {
  return { AssociationId: row.associationId, CidrBlock: row.cidrBlock, CidrBlockState: { State } };
}

/** One of a VPC's IPv6 blocks in the API's form. All are from Amazon's pool. */
export function ipv6CidrView(
  row: VpcRow['ipv6CidrBlocks'][number],
  State: 'associating' | 'associated' | 'disassociating' = 'associated',
): VpcIpv6CidrBlockAssociation {
  return {
    AssociationId: row.associationId,
    Ipv6CidrBlock: row.cidrBlock,
    Ipv6CidrBlockState: { State },
    NetworkBorderGroup: row.networkBorderGroup,
    Ipv6Pool: 'Amazon',
    Ipv6AddressAttribute: 'public',
    IpSource: 'amazon',
  };
}
