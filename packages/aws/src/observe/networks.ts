import type { CallContext } from '@postern/core';
import type { Gaps } from '@postern/core/adapter';
import type { Network } from '@postern/core/snapshot';
import type { EncryptionControlOutput, VpcOutput } from '../sdk-types.js';
import { listAll } from '../client/list-all.js';
import { plain, tagMap } from '../client/plain.js';
import { ipv6Blocks } from '../network/subnet.js';
import type { Session } from '../client/session.js';

/** All VPCs of the region; for checks with their encryption controls, which one more list has. */
export async function observeNetworks(
  session: Session,
  checks: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Network[]> {
  const [vpcs, encryption] = await Promise.all([
    gaps.attempt({ what: 'VPCs', of: 'networks' }, () =>
      listAll(session, ctx, 'VPCs', {
        service: 'ec2',
        operation: 'DescribeVpcs',
        input: { MaxResults: 1000 },
        member: 'Vpcs',
        key: 'VpcId',
      }),
    ),
    checks ? encryptionOf(session, gaps, { ...ctx, forChecksOnly: true }) : undefined,
  ]);
  return (vpcs ?? []).map((vpc) => toNetwork(vpc, encryption));
}

/** The encryption controls by VPC; undefined for a gap, which is about them alone: a network without its control was read. */
async function encryptionOf(session: Session, gaps: Gaps, ctx: CallContext): Promise<Encryption | undefined> {
  const gap = { what: 'VPC encryption controls', of: 'networks', id: 'vpc-encryption-controls' } as const;
  const controls = await gaps.attempt(gap, () =>
    listAll(session, ctx, 'VPC encryption controls', {
      service: 'ec2',
      operation: 'DescribeVpcEncryptionControls',
      input: { MaxResults: 1000 },
      member: 'VpcEncryptionControls',
      key: 'VpcEncryptionControlId',
    }),
  );
  const present = controls?.filter(({ State = '' }) => State !== 'deleted' && State !== 'deleting');
  return present && new Map(present.map((one) => [one.VpcId ?? '', modeOf(one)] as const));
}

type Encryption = ReadonlyMap<string, NonNullable<Network['encryption']>>;

/** A mode that is not documented may refuse calls. */
function modeOf({ Mode, ResourceExclusions }: EncryptionControlOutput): NonNullable<Network['encryption']> {
  if (Mode === 'monitor') return 'monitored';
  return ResourceExclusions?.ApiGatewayV2?.State === 'enabled' ? 'enforced-without-links' : 'enforced';
}

function toNetwork(vpc: VpcOutput, encryption: Encryption | undefined): Network {
  const tags = tagMap(vpc.Tags);
  const associated = (vpc.CidrBlockAssociationSet ?? []).flatMap((one) =>
    one.CidrBlockState?.State === 'associated' ? (one.CidrBlock ?? []) : [],
  );
  return {
    id: vpc.VpcId ?? '',
    name: tags['Name'],
    cidrBlocks: [...new Set([...(vpc.CidrBlock === undefined ? [] : [vpc.CidrBlock]), ...associated])],
    ipv6CidrBlocks: ipv6Blocks(vpc.Ipv6CidrBlockAssociationSet),
    ...(encryption === undefined ? {} : { encryption: encryption.get(vpc.VpcId ?? '') ?? 'none' }),
    account: vpc.OwnerId,
    tags,
    raw: plain(vpc),
  };
}
