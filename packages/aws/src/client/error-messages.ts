import { defined } from '@postern/core/internal/adapter';
import { servedZones } from '../cloud/zones.js';
import { means, message, REST_MESSAGES, type Meaning, type MessageRow } from './rest-messages.js';

/**
 * API Gateway answers 400 for bad input, a used-up quota, a link still in use and a zone without the
 * service. The message text is therefore needed to distinguish them. No pattern has nested quantifiers, and
 * a message is cut before it is matched.
 */
const ROWS: readonly MessageRow[] = [
  ...REST_MESSAGES,
  // https://github.com/aws/aws-cdk/issues/13569
  message(
    /Subnet '([^']{1,64})' is in Availability Zone '([^']{1,32})' where service is not available/i,
    ([, subnetId, zone], region) =>
      means('ZONE_NOT_SERVED', zoneRemedy(subnetId, region), {
        subnetId,
        zone,
        servedZones: servedZones(region) ?? [],
      }),
  ),
  // https://github.com/aws/aws-cdk/issues/34137
  message(/shared subnet.{0,80}security-group-id/i, () =>
    means(
      'SECURITY_GROUP_REQUIRED',
      'Add at least one security group to the link; a subnet that another account shares requires it.',
      {},
    ),
  ),
  // 400, not 429: https://github.com/hashicorp/terraform-provider-aws/issues/40500
  message(/too many Vpc Links defined.{0,80}Limit is (\d{1,6})/i, ([, limit]) =>
    means(
      'QUOTA_EXCEEDED',
      'Share a link between integrations, delete an unused one, or ask for a higher quota (L-608BDCD4).',
      { resource: 'vpc-link', limit: Number(limit), quotaCode: 'L-608BDCD4' },
    ),
  ),
  // https://github.com/hashicorp/terraform-provider-aws/issues/12195
  message(
    /Vpc link '?([^',]{1,64})'?, is referenced in \[([^\]]{0,4000})\] in format of \[([^\]]{1,80})\]/i,
    ([, linkId, references, format]) =>
      means('STILL_REFERENCED', 'Delete these integrations, or move them to another link. Then delete the link.', {
        linkId,
        references: list(references),
        format,
      }),
  ),
  // https://github.com/hashicorp/terraform-provider-aws/issues/12195
  message(/referenced by the following Routes with Ids: \[?([^\].]{1,4000})/i, ([, routeIds]) =>
    means('STILL_REFERENCED', 'Delete these routes, or change their target. Then delete the integration.', {
      routeIds: list(routeIds),
    }),
  ),
  // https://github.com/aws/aws-cdk/issues/8066
  message(/integration uri should be a valid ELB listener ARN/i, () =>
    means('WRONG_KIND', 'Give the ARN of a listener (not of its load balancer), or of a Cloud Map service.', {}),
  ),
  // 409 today, 400 in the past: https://github.com/hashicorp/terraform-provider-aws/issues/18018
  message(/concurrent modification/i, () => ({
    code: 'CONFLICT',
    remedy: 'Run again later: another write to the same API was in progress.',
    details: {},
    retryable: true,
  })),
  message(
    /(?:maximum number of|too many|limit exceeded|exceeded the|limit of) .{0,60}\b(routes?|integrations?|stages?|subnets?)\b/i,
    ([, what]) => quotaOf(what),
  ),
  message(/\b(routes?|integrations?|stages?|subnets?)\b.{0,60}(?:limit|quota|maximum)/i, ([, what]) => quotaOf(what)),
  message(/subnets must belong to the same VPC/i, () =>
    means('SUBNETS_OF_SEVERAL_NETWORKS', 'Use the subnets of one VPC, the one that the targets are in.', {}),
  ),
  message(/belong to different networks/i, () =>
    means('WRONG_NETWORK', 'Use security groups of the VPC that the subnets are in.', {}),
  ),
  message(/(?:subnet|security group)[^.]{0,80}does not exist/i, () =>
    means('NOT_FOUND', 'Check the ID, the region and the account.', {}),
  ),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
  message(/no routes exist/i, () =>
    means('CLOUD_REFUSED', 'Add a route: an API without routes cannot be deployed, and its stages stay as they are.', {
      reason: 'no-routes',
    }),
  ),
  message(/already exists/i, () =>
    means('ALREADY_EXISTS', 'Use another name or key, or adopt the existing resource.', {}),
  ),
];

/** The meaning of an API Gateway message beyond its status, or `undefined` where it is unknown. */
export function meaningOf(message: string, region: string): Meaning | undefined {
  const sentence = message.slice(0, 8000);
  for (const { pattern, meaning } of ROWS) {
    const match = pattern.exec(sentence);
    if (match) return meaning(match, region);
  }
  return undefined;
}

/** Quotas of an HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
function quotaOf(what: string | undefined): Meaning {
  const resource = (what ?? '').toLowerCase().replace(/s$/, '');
  const quotaCode = { route: 'L-65B5C802', stage: 'L-379E48B0', subnet: 'L-668C9B28' }[resource];
  return means(
    'QUOTA_EXCEEDED',
    quotaCode === undefined
      ? 'Share integrations between routes, or use a second API; this quota cannot be raised.'
      : `Use fewer, or ask for a higher quota (${quotaCode}).`,
    { resource, ...defined({ quotaCode }) },
  );
}

function zoneRemedy(subnetId: string | undefined, region: string): string {
  const zones = servedZones(region);
  const instead = zones === undefined ? 'another zone' : `one of the zones ${zones.join(', ')}`;
  return `Use a subnet in ${instead} instead of ${subnetId ?? 'this one'}.`;
}

function list(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
