import type { CallContext, Link, LookUp } from '@postern/core/internal/library';
import { type Gaps, type Scope, PROJECT_TAG } from '@postern/core/internal/adapter';
import type { Network, SecurityGroup, Subnet, Zone } from '@postern/core/internal/snapshot';
import type { EncryptionControlOutput, VpcOutput } from '../../sdk-types.js';
import { listAll } from '../../client/list-all.js';
import { ipv6Blocks, describeSubnets, networksOf, onlyNetwork, toSubnet } from '../subnet.js';
import { plain, tagMap, sent, type Session } from '../../client/session.js';
import { zoneServesLinks } from '../../cloud/zones.js';
import { describeSecurityGroups, securityGroupsById, toSecurityGroup } from '../security-group.js';

/** All VPCs of the region; for checks with their encryption controls, which one more list has. */
export async function observeNetworks(
  session: Session,
  checks: boolean,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Network[]> {
  const [vpcs, encryption] = await Promise.all([
    gaps.attempt({ what: 'VPCs', of: 'networks' }, () => listAll(session, ctx, 'VPCs', 'ec2', 'DescribeVpcs')),
    checks ? encryptionOf(session, gaps, { ...ctx, forChecksOnly: true }) : undefined,
  ]);
  return (vpcs ?? []).map((vpc) => toNetwork(vpc, encryption));
}

/** The encryption controls by VPC; undefined for a gap, which is about them alone: a network without its control was read. */
async function encryptionOf(session: Session, gaps: Gaps, ctx: CallContext): Promise<Encryption | undefined> {
  const gap = { what: 'VPC encryption controls', of: 'networks', id: 'vpc-encryption-controls' } as const;
  const controls = await gaps.attempt(gap, () =>
    listAll(session, ctx, 'VPC encryption controls', 'ec2', 'DescribeVpcEncryptionControls'),
  );
  const present = controls?.filter(({ State = '' }) => State !== 'deleted' && State !== 'deleting');
  return present && new Map(present.map((one) => [one.VpcId, modeOf(one)] as const));
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
    id: vpc.VpcId,
    name: tags['Name'],
    cidrBlocks: [...new Set([...(vpc.CidrBlock === undefined ? [] : [vpc.CidrBlock]), ...associated])],
    ipv6CidrBlocks: ipv6Blocks(vpc.Ipv6CidrBlockAssociationSet),
    ...(encryption === undefined ? {} : { encryption: encryption.get(vpc.VpcId) ?? 'none' }),
    isDefault: vpc.IsDefault,
    account: vpc.OwnerId,
    tags,
    raw: plain(vpc),
  };
}

/**
 * All subnets of the region where the scope names subnets, and for checks: a look-up by name or tag then finds one or
 * several, and an error can name the suitable subnets of the VPC. Otherwise those of links whose VPC their security
 * groups do not show. One list, which is not read where it is not needed.
 */
export async function observeSubnets(
  session: Session,
  scope: Scope,
  {
    links,
    groups,
  }: { readonly links: Promise<readonly Link[]>; readonly groups: Promise<readonly SecurityGroup[] | undefined> },
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Subnet[]> {
  const everything = scope.all === true || scope.checks === true || (scope.subnets ?? []).length > 0;
  const ids = everything ? [] : unplaced(await links, await groups).flatMap(({ subnetIds }) => subnetIds);
  if (!everything && ids.length === 0) return [];

  const found = (await gaps.attempt({ what: 'subnets', of: 'subnets' }, () => describeSubnets(session, ctx))) ?? [];
  return found.flatMap((one) => (everything || ids.includes(one.SubnetId) ? [toSubnet(one)] : []));
}

function unplaced(links: readonly Link[], groups: readonly SecurityGroup[] = []): readonly Link[] {
  const networks = networksOf(groups);
  return links.filter(({ securityGroupIds }) => onlyNetwork(securityGroupIds, networks) === undefined);
}

/** The zones that the account can use, by id. `undefined` for a gap. */
export function observeZones(session: Session, gaps: Gaps, ctx: CallContext): Promise<readonly Zone[] | undefined> {
  return gaps.attempt({ what: 'Availability Zones', of: 'zones' }, async () => {
    const { AvailabilityZones } = await session.call(ctx, 'ec2', 'DescribeAvailabilityZones', {});
    return sent(AvailabilityZones, 'AvailabilityZones', 'DescribeAvailabilityZones')
      .map(({ ZoneId = '', ZoneName }) => ({
        id: ZoneId,
        name: ZoneName,
        servesLinks: SERVES[zoneServesLinks(session.region, ZoneId)],
      }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  });
}

const SERVES = { yes: true, no: false, unknown: undefined } as const;

/**
 * The security groups of the links, those that the scope names, those of the project, also where no link
 * uses them, and those whose rules refer to one of the project's. If only ids are needed, they are requested
 * by id. Names, tags and the project's own groups need the whole list, which contains ids as well, in one
 * call for an account's first thousand. `undefined` for a gap.
 */
export async function observeSecurityGroups(
  session: Session,
  scope: Scope,
  links: Promise<readonly Link[]>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly SecurityGroup[] | undefined> {
  const { project, securityGroups: named = [] } = scope;
  const all = scope.all === true || scope.checks === true;
  const lookUps = named.filter((one) => typeof one !== 'string');
  const idsOf = async () => [
    ...(await links).flatMap(({ securityGroupIds }) => securityGroupIds),
    ...named.filter((one) => typeof one === 'string'),
  ];
  const whole = all || lookUps.length > 0 || project !== undefined;

  const lists =
    scope.checks === true ? (['securityGroups', 'allowlists', 'prefixLists'] as const) : (['securityGroups'] as const);
  const found = await gaps.attempt({ what: 'security groups', of: lists }, async () =>
    whole ? describeSecurityGroups(session, ctx, []) : securityGroupsById(session, ctx, await idsOf()),
  );
  const ids = await idsOf();
  const read = found?.map(toSecurityGroup);
  const ours = new Set(
    read?.flatMap(({ id, tags }) => (project !== undefined && tags[PROJECT_TAG] === project ? [id] : [])),
  );
  return read
    ?.filter((group) => {
      if (all || ids.includes(group.id) || lookUps.some((one) => fits(group, one)) || ours.has(group.id)) return true;

      // A rule that refers to a managed group prevents the deletion of that group.
      return group.rules.some(({ securityGroupId }) => ours.has(securityGroupId ?? ''));
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function fits(
  one: { readonly id: string; readonly name?: string | undefined; readonly tags: Readonly<Record<string, string>> },
  lookUp: LookUp,
): boolean {
  if (typeof lookUp === 'string') return one.id === lookUp;
  if ('name' in lookUp) return one.name === lookUp.name || one.tags['Name'] === lookUp.name;

  return Object.entries(lookUp.tag).every(([key, value]) => one.tags[key] === value);
}
