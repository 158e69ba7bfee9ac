import { InvalidInputError, PosternError } from '../../../errors.js';
import type { LinkRequest } from '../../../model/link.js';
import type { Subnet } from '../../../model/network.js';
import type { RequestFacts } from '../link-kind.js';
import { servedZones, zoneServesLinks } from './zones.js';

/** Subnets per link; adjustable (L-668C9B28). https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const SUBNETS_PER_LINK = 10;

/**
 * Says from a snapshot alone what CreateVpcLink would refuse, or what would leave a link FAILED. Pure. Codes:
 * `INVALID_INPUT`, `SUBNETS_OF_SEVERAL_NETWORKS`, `ZONE_NOT_SERVED` (naming the subnets that would do),
 * `SECURITY_GROUP_REQUIRED`, `WRONG_NETWORK`, `ADDRESSES_EXHAUSTED`, `QUOTA_EXCEEDED`.
 */
export function vpcLinkRefusals(request: LinkRequest, region: RequestFacts): readonly PosternError[] {
  const subnets = request.subnetIds.flatMap((id) => region.subnets.filter((subnet) => subnet.id === id));
  return [
    ...form(request),
    ...oneNetwork(subnets),
    ...zones(subnets, region),
    ...sharedSubnets(request, subnets, region),
    ...groups(request, subnets, region),
    ...freeAddresses(subnets),
    ...quota(region),
  ];
}

/** https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html */
function form({ name, subnetIds }: LinkRequest): readonly PosternError[] {
  const errors: PosternError[] = [];
  if (name.length < 1 || name.length > 128) {
    errors.push(invalid(`a link's name has 1 to 128 characters, this one ${name.length}`, 'Give it a shorter name.'));
  }
  if (subnetIds.length === 0) {
    errors.push(invalid('a link needs at least one subnet', 'Name subnets of the VPC that the targets are in.'));
  }
  if (subnetIds.length > SUBNETS_PER_LINK) {
    const message = `a link takes ${SUBNETS_PER_LINK} subnets, not ${subnetIds.length}`;
    errors.push(invalid(message, 'Use fewer, one in each zone is enough; the quota (L-668C9B28) can be raised.'));
  }
  return errors;
}

function oneNetwork(subnets: readonly Subnet[]): readonly PosternError[] {
  const networks = new Map<string, string[]>();
  for (const { id, networkId } of subnets) networks.set(networkId, [...(networks.get(networkId) ?? []), id]);
  if (networks.size <= 1) return [];
  const parts = [...networks].map(([network, ids]) => `${network}: ${ids.join(', ')}`);
  return [
    new InvalidInputError(
      'SUBNETS_OF_SEVERAL_NETWORKS',
      `the subnets lie in ${networks.size} VPCs (${parts.join('; ')})`,
      {
        remedy: 'Use the subnets of one VPC, the one that the targets are in.',
        details: { networks: Object.fromEntries(networks) },
      },
    ),
  ];
}

function zones(subnets: readonly Subnet[], region: RequestFacts): readonly PosternError[] {
  const wrong = subnets.filter((subnet) => zoneServesLinks(region.region, subnet.zone) === 'no');
  return wrong.map((subnet) => {
    const fit = region.subnets.filter(
      (other) => other.networkId === subnet.networkId && zoneServesLinks(region.region, other.zone) === 'yes',
    );
    const names = fit.map(({ id, zone }) => `${id} (${zone})`);
    return new InvalidInputError('ZONE_NOT_SERVED', `${subnet.id} is in ${subnet.zone}, which serves no VPC links`, {
      remedy: names.length > 0 ? `Leave it out; these would do: ${names.join(', ')}.` : elsewhere(region.region),
      details: { subnetId: subnet.id, zone: subnet.zone, subnetIds: fit.map(({ id }) => id) },
    });
  });
}

function elsewhere(region: string): string {
  const served = servedZones(region) ?? [];
  return served.length > 0
    ? `Use subnets in ${served.join(', ')}.`
    : `Use another region: no zone of ${region} serves them.`;
}

function sharedSubnets(
  request: LinkRequest,
  subnets: readonly Subnet[],
  region: RequestFacts,
): readonly PosternError[] {
  if (request.securityGroupIds.length > 0) return [];
  const shared = subnets.filter(({ account }) => account !== undefined && account !== region.account);
  return shared.map(
    (subnet) =>
      new InvalidInputError('SECURITY_GROUP_REQUIRED', `${subnet.id} is shared by account ${subnet.account}`, {
        remedy: 'Give the link at least one security group; a shared subnet needs it.',
        details: { subnetId: subnet.id, owner: subnet.account },
      }),
  );
}

function groups(request: LinkRequest, subnets: readonly Subnet[], region: RequestFacts): readonly PosternError[] {
  const networks = new Set(subnets.map((subnet) => subnet.networkId));
  const [network] = networks;
  if (networks.size !== 1 || network === undefined) return [];
  return region.securityGroups
    .filter((group) => request.securityGroupIds.includes(group.id) && group.networkId !== network)
    .map(
      (group) =>
        new InvalidInputError('WRONG_NETWORK', `${group.id} belongs to ${group.networkId}, the subnets to ${network}`, {
          remedy: `Use a security group of ${network}.`,
          details: { securityGroupId: group.id, networkId: group.networkId, expected: network },
        }),
    );
}

/** Every subnet costs a link at least one address. */
function freeAddresses(subnets: readonly Subnet[]): readonly PosternError[] {
  return subnets
    .filter((subnet) => subnet.freeAddresses === 0)
    .map(
      (subnet) =>
        new InvalidInputError('ADDRESSES_EXHAUSTED', `${subnet.id} (${subnet.cidrBlock}) has no free address`, {
          remedy: 'Free an address there, or use another subnet.',
          details: { subnetId: subnet.id },
        }),
    );
}

/** Only a quota that was read counts: an account may have had the default raised. */
function quota(region: RequestFacts): readonly PosternError[] {
  const limit = region.quotas?.['vpc-links'];
  const count = region.links.filter((link) => link.kind === 'vpc-link-v2').length;
  if (limit === undefined || count < limit) return [];
  return [
    new PosternError(
      'QUOTA_EXCEEDED',
      `there are ${count} VPC links in ${region.region} already, and the quota is ${limit}`,
      {
        remedy: 'Share a link between integrations, delete an unused one, or ask for a higher quota (L-608BDCD4).',
        details: { resource: 'vpc-link', limit, quotaCode: 'L-608BDCD4' },
      },
    ),
  ];
}

function invalid(message: string, remedy: string): PosternError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
