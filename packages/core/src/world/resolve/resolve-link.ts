import type { Link } from '../../model/link.js';
import type { LinkSpec, LookUp, Spec } from '../../model/spec.js';
import { InvalidInputError } from '../../errors.js';
import type { RegionSnapshot, Snapshot, SnapshotList } from '../../snapshot/snapshot.js';
import { regionOf } from './find-region.js';
import { requireComplete } from './gaps.js';
import { isOurs } from './link-identity.js';
import { markedLinks } from './marked-links.js';
import { findOne, lookUpText, matches, narrowed, type Findable } from './find-one.js';
import { placeOf } from '../../model/place.js';

/** A link of the spec with every look-up answered. */
export interface ResolvedLink {
  readonly name: string;
  readonly spec: LinkSpec;
  readonly region: RegionSnapshot;
  /** The link that `id` names, or that an external link's name fits. */
  readonly given?: Link | undefined;
  /** Undefined where the spec does not say. */
  readonly subnetIds?: readonly string[] | undefined;
  readonly securityGroupIds?: readonly string[] | undefined;
  readonly networkId?: string | undefined;
}

/** Answers one look-up, or says why it cannot be answered. */
type Find = <T extends Findable>(items: readonly T[], of: SnapshotList, by: LookUp, what: string, path: string) => T;

/**
 * Answers the look-ups of a link: by id, name or tag.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`, `SUBNETS_OF_SEVERAL_NETWORKS`, `WRONG_NETWORK`
 * @throws {CloudError} the code of a gap that keeps an answer from being sure.
 */
export function resolveLink(snapshot: Snapshot, spec: Spec, name: string, link: LinkSpec): ResolvedLink {
  const path = `links.${name}`;
  const region = regionOf(snapshot, spec, name, link);
  const find: Find = (items, of, by, what, at) => {
    const place = placeOf(spec, at);
    // A look-up by name is sure only when the whole list was read: a second fit may hide in the gap.
    if (typeof by !== 'string') requireComplete(region, of, { place });
    const found = findOne(items, by, what, place);
    if (found !== undefined) return found;
    requireComplete(region, of, { place });
    throw new InvalidInputError(
      'NOT_FOUND',
      `there is no ${what} ${typeof by === 'string' ? by : `with ${lookUpText(by)}`} in ${region.region}`,
      {
        place,
        remedy: `Write the id of a ${what} that exists in ${region.region} of account ${region.account}.`,
      },
    );
  };
  const existing = ownLinks(region, spec.project, name, link);
  const networkOfSpec = (): string | undefined =>
    link.network === undefined || typeof link.network === 'string'
      ? link.network
      : find(region.networks, 'networks', link.network, 'network', `${path}.network`).id;
  const subnets = link.subnets?.map((by, index) => {
    const own = new Set(existing.flatMap(({ subnetIds }) => subnetIds));
    const candidates = narrowed(matches(region.subnets, by), { networkId: networkOfSpec, own });
    return find(candidates, 'subnets', by, 'subnet', `${path}.subnets[${index}]`);
  });
  const networks = [...new Set(subnets?.map(({ networkId }) => networkId))];
  if (networks.length > 1) {
    const list = subnets?.map(({ id, networkId }) => `${id} of ${networkId}`).join(', ');
    throw new InvalidInputError(
      'SUBNETS_OF_SEVERAL_NETWORKS',
      `link ${name} has subnets of several networks: ${list}`,
      {
        place: placeOf(spec, `${path}.subnets`),
        remedy: `Keep the subnets of one network: ${networks.join(' or ')}.`,
        details: { networkIds: networks },
      },
    );
  }
  const groups = link.securityGroups?.map((by, index) => {
    const at = `${path}.securityGroups[${index}]`;
    // Names of groups are unique in one network only, so a name means the one of the link's network.
    // https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html
    const anywhere = typeof by === 'string' || networks[0] === undefined;
    const candidates = anywhere
      ? region.securityGroups
      : region.securityGroups.filter(({ networkId }) => networkId === networks[0]);
    const own = new Set(existing.flatMap(({ securityGroupIds }) => securityGroupIds));
    const near = narrowed(matches(candidates, by), { networkId: networkOfSpec, own });
    const group = find(near, 'securityGroups', by, 'security group', at);
    if (networks[0] !== undefined && group.networkId !== networks[0]) {
      throw new InvalidInputError(
        'WRONG_NETWORK',
        `security group ${group.id} belongs to ${group.networkId}, the subnets of link ${name} to ${networks[0]}`,
        { place: placeOf(spec, at), remedy: `Write a security group of ${networks[0]}.` },
      );
    }
    return group;
  });
  const given =
    link.id === undefined
      ? externalByName(region, spec, name, link)
      : find(region.links, 'links', link.id, 'link', `${path}.id`);
  const networkId = networks[0] ?? given?.networkId ?? networkOfSubnets(region, given);
  checkNetwork(region, spec, link, path, networkId, find);
  return {
    name,
    spec: link,
    region,
    given,
    subnetIds: subnets && [...new Set(subnets.map(({ id }) => id))],
    securityGroupIds: groups && [...new Set(groups.map(({ id }) => id))],
    networkId,
  };
}

/** The links that a name of the spec stands for now: of several subnets with one name, theirs are meant. */
export function ownLinks(
  { links }: Pick<RegionSnapshot, 'links'>,
  project: string,
  name: string,
  spec: LinkSpec,
): readonly Link[] {
  return markedLinks(links, project, name, spec).filter((link) => isOurs(link, project));
}

/** An external link without an id is the one with its name. */
function externalByName(region: RegionSnapshot, spec: Spec, name: string, link: LinkSpec): Link | undefined {
  if (link.owner !== 'external') return undefined;
  const place = placeOf(spec, `links.${name}`);
  requireComplete(region, 'links', { place });
  const found = findOne(region.links, { name: link.name ?? name }, 'link', place);
  if (found !== undefined) return found;
  throw new InvalidInputError('NOT_FOUND', `there is no link named ${link.name ?? name} in ${region.region}`, {
    place,
    remedy: 'Write the id of the external link: Postern does not create it.',
  });
}

/** The network that a link leads into, where the cloud does not say: that of its subnets. */
export function networkOfSubnets(region: RegionSnapshot, link: Link | undefined): string | undefined {
  if (link === undefined) return undefined;
  return link.networkId ?? region.subnets.find(({ id }) => link.subnetIds.includes(id))?.networkId;
}

function checkNetwork(
  region: RegionSnapshot,
  spec: Spec,
  link: LinkSpec,
  path: string,
  networkId: string | undefined,
  find: Find,
): void {
  if (link.network === undefined || networkId === undefined) return;
  const at = `${path}.network`;
  const declared =
    typeof link.network === 'string' ? link.network : find(region.networks, 'networks', link.network, 'network', at).id;
  if (declared === networkId) return;
  throw new InvalidInputError('WRONG_NETWORK', `the subnets of the link belong to ${networkId}, not to ${declared}`, {
    place: placeOf(spec, at),
    remedy: `Write ${networkId} as the network, or subnets of ${declared}.`,
  });
}
