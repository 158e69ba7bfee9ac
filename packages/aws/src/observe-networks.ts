import { collectPages, type CallContext, type Network, type Gaps } from '@postern/core';
import type { VpcOutput } from './ec2-api.js';
import { plain, sent, tagMap } from './plain.js';
import { ipv6Blocks } from './subnet.js';
import type { Session } from './session.js';

/** All VPCs of the region. */
export async function observeNetworks(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Network[]> {
  const vpcs = await gaps.attempt({ what: 'VPCs', of: 'networks' }, () =>
    collectPages(ctx, { what: 'VPCs', operation: 'DescribeVpcs' }, async (token) => {
      const page = await session.send(ctx, 'ec2', 'DescribeVpcs', (api, options) =>
        api.describeVpcs({ MaxResults: 1000, ...(token === undefined ? {} : { NextToken: token }) }, options),
      );
      return { items: sent(page.Vpcs, 'Vpcs', 'DescribeVpcs'), next: page.NextToken };
    }),
  );
  return (vpcs ?? []).map(toNetwork);
}

function toNetwork(vpc: VpcOutput): Network {
  const tags = tagMap(vpc.Tags);
  const associated = (vpc.CidrBlockAssociationSet ?? []).flatMap((one) =>
    one.CidrBlockState?.State === 'associated' ? (one.CidrBlock ?? []) : [],
  );
  return {
    id: vpc.VpcId ?? '',
    name: tags['Name'],
    cidrBlocks: [...new Set([...(vpc.CidrBlock === undefined ? [] : [vpc.CidrBlock]), ...associated])],
    ipv6CidrBlocks: ipv6Blocks(vpc.Ipv6CidrBlockAssociationSet),
    account: vpc.OwnerId,
    tags,
    raw: plain(vpc),
  };
}
