import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Network } from '@postern/core/snapshot';
import type { VpcOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, tagMap } from '../client/plain.js';
import { ipv6Blocks } from '../network/subnet.js';
import type { Session } from '../client/session.js';

/** All VPCs of the region. */
export async function observeNetworks(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Network[]> {
  const vpcs = await gaps.attempt({ what: 'VPCs', of: 'networks' }, () =>
    listAll(session, ctx, 'VPCs', {
      service: 'ec2',
      operation: 'DescribeVpcs',
      input: { MaxResults: 1000 },
      member: 'Vpcs',
      key: 'VpcId',
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
