import { InvalidInputError, PosternError, type RequestFacts, groupedPairs } from '@postern/core/internal/kinds';
import { API_GATEWAY_QUOTAS as QUOTAS } from '../../cloud/quotas/api-gateway.js';
import { servedZones, zoneServesLinks } from '../../cloud/zones.js';
import type { Subnet, LinkRequest } from '@postern/core/internal/snapshot';

const SUBNETS_PER_LINK = QUOTAS['subnets-per-vpc-link'].byDefault;

/**
 * Returns what CreateVpcLink would refuse, or what would leave a link FAILED, from a snapshot alone. Pure. Codes:
 * `INVALID_INPUT`, `SUBNETS_OF_SEVERAL_NETWORKS`, `ZONE_NOT_SERVED` (with the subnets that are suitable),
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
    errors.push(
      invalid(
        `expected a link name of 1 to 128 characters, got ${name.length}`,
        'Write a name of 1 to 128 characters.',
      ),
    );
  }
  if (subnetIds.length === 0) {
    errors.push(invalid('a link needs at least one subnet', 'Write subnets of the VPC that the targets are in.'));
  }
  if (subnetIds.length > SUBNETS_PER_LINK) {
    const message = `a link accepts ${SUBNETS_PER_LINK} subnets, got ${subnetIds.length}`;
    errors.push(
      invalid(message, 'Use fewer subnets (one in each zone is enough), or request a higher quota (L-668C9B28).'),
    );
  }
  return errors;
}

function oneNetwork(subnets: readonly Subnet[]): readonly PosternError[] {
  const networks = groupedPairs(subnets.map(({ id, networkId }) => [networkId, id] as const));
  if (networks.size <= 1) return [];

  const parts = [...networks].map(([network, ids]) => `${network}: ${ids.join(', ')}`);
  return [
    new InvalidInputError(
      'SUBNETS_OF_SEVERAL_NETWORKS',
      `the subnets are in ${networks.size} VPCs (${parts.join('; ')})`,
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
    return new InvalidInputError(
      'ZONE_NOT_SERVED',
      `${subnet.id} is in ${subnet.zone}, where VPC links are not available`,
      {
        remedy:
          names.length > 0
            ? `Remove ${subnet.id}; suitable subnets are ${names.join(', ')}.`
            : elsewhere(region.region),
        details: { subnetId: subnet.id, zone: subnet.zone, subnetIds: fit.map(({ id }) => id) },
      },
    );
  });
}

function elsewhere(region: string): string {
  const served = servedZones(region) ?? [];
  return served.length > 0
    ? `Use subnets in ${served.join(', ')}.`
    : `Use another region: VPC links are available in no zone of ${region}.`;
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
        remedy: 'Add at least one security group to the link; a link in a shared subnet needs one.',
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

/** A link needs at least one address in each subnet. */
function freeAddresses(subnets: readonly Subnet[]): readonly PosternError[] {
  return subnets
    .filter((subnet) => subnet.freeAddresses === 0)
    .map(
      (subnet) =>
        new InvalidInputError('ADDRESSES_EXHAUSTED', `${subnet.id} (${subnet.cidrBlock}) has no free address`, {
          remedy: `Free an address in ${subnet.id}, or use another subnet.`,
          details: { subnetId: subnet.id },
        }),
    );
}

/** Only a quota that was read counts: an account may have had the default raised. */
function quota(region: RequestFacts): readonly PosternError[] {
  const { name, code } = QUOTAS['vpc-links'];
  const limit = region.quotas?.[name];
  const count = region.links.filter((link) => link.kind === 'vpc-link-v2').length;
  if (limit === undefined || count < limit) return [];

  return [
    new PosternError('QUOTA_EXCEEDED', `${region.region} has ${count} VPC links already, and the quota is ${limit}`, {
      remedy: `Share a link between integrations, delete an unused one, or request a higher quota (${code}).`,
      details: { resource: 'vpc-link', limit, quotaCode: code },
    }),
  ];
}

function invalid(message: string, remedy: string): PosternError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
