import type { PosternError, RequestFacts } from '@postern/core/internal/kinds';
import type { LinkRequest } from '@postern/core/internal/adapter';
import { freeAddresses, oneNetwork, onePerZone, refused } from '../../cloud/subnet-refusals.js';

/** From where callers may reach a gateway. */
export const GATEWAY_ACCESS = ['internet', 'intranet', 'both'] as const;

/**
 * Returns what CreateGateway would refuse, or what would leave a gateway that never works, from a snapshot alone. Pure.
 * Codes: `NAME_NOT_ALLOWED`, `INVALID_INPUT`, `SUBNETS_OF_SEVERAL_NETWORKS`, `ADDRESSES_EXHAUSTED`. How many addresses a
 * gateway takes in a vSwitch is not documented [U], so that only a vSwitch without any is refused.
 * @see https://www.alibabacloud.com/help/en/api-gateway/cloud-native-api-gateway/user-guide/create-gateway
 */
export function gatewayRefusals(
  request: LinkRequest,
  region: Pick<RequestFacts, 'region' | 'subnets'>,
): readonly PosternError[] {
  const subnets = request.subnetIds.flatMap((id) => region.subnets.filter((subnet) => subnet.id === id));
  return [
    ...name(request),
    ...access(request),
    ...givenGroups(request),
    ...oneNetwork(subnets),
    ...onePerZone(subnets),
    ...freeAddresses(subnets),
  ];
}

function name({ name: text }: LinkRequest): readonly PosternError[] {
  if (text.length >= 1 && text.length <= 64) return [];

  return [
    refused('NAME_NOT_ALLOWED', `a gateway cannot be named ${JSON.stringify(text)}`, 'Write 1 to 64 characters.', {
      name: text,
    }),
  ];
}

function access({ native }: LinkRequest): readonly PosternError[] {
  const asked = native?.['access'];
  if (asked === undefined || GATEWAY_ACCESS.some((one) => one === asked)) return [];

  return [
    refused(
      'INVALID_INPUT',
      `${String(asked)} is not from where callers reach a gateway`,
      'Write internet, intranet or both.',
    ),
  ];
}

/** The service creates the security group of a gateway's nodes; a request cannot name one. */
function givenGroups({ securityGroupIds }: LinkRequest): readonly PosternError[] {
  const [group] = securityGroupIds;
  if (group === undefined) return [];

  return [
    refused(
      'INVALID_INPUT',
      `a gateway cannot have the security group ${group}: the service creates its group`,
      'Remove securityGroups. Write the groups of the backends under allowlist: { group: sg-…, ports: [8080] }.',
      { securityGroupId: group },
    ),
  ];
}
