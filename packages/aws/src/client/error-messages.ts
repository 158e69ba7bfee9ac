import { defined } from '@postern/core/internal/adapter';
import { servedZones } from '../cloud/zones.js';
import { REST_MESSAGES, type Meaning, type MessageRow } from './rest-messages.js';

/**
 * API Gateway answers 400 for bad input, a used-up quota, a link still in use and a zone without the
 * service. The message text is therefore needed to distinguish them. No pattern has nested quantifiers, and
 * a message is cut before it is matched.
 */
const ROWS: readonly MessageRow[] = [
  ...REST_MESSAGES,
  {
    // https://github.com/aws/aws-cdk/issues/13569
    pattern: /Subnet '([^']{1,64})' is in Availability Zone '([^']{1,32})' where service is not available/i,
    meaning: ([, subnetId, zone], region) => ({
      code: 'ZONE_NOT_SERVED',
      remedy: zoneRemedy(subnetId, region),
      details: { subnetId, zone, servedZones: servedZones(region) ?? [] },
    }),
  },
  {
    // https://github.com/aws/aws-cdk/issues/34137
    pattern: /shared subnet.{0,80}security-group-id/i,
    meaning: () => ({
      code: 'SECURITY_GROUP_REQUIRED',
      remedy: 'Add at least one security group to the link; a subnet that another account shares requires it.',
      details: {},
    }),
  },
  {
    // 400, not 429: https://github.com/hashicorp/terraform-provider-aws/issues/40500
    pattern: /too many Vpc Links defined.{0,80}Limit is (\d{1,6})/i,
    meaning: ([, limit]) => ({
      code: 'QUOTA_EXCEEDED',
      remedy: 'Share a link between integrations, delete an unused one, or ask for a higher quota (L-608BDCD4).',
      details: { resource: 'vpc-link', limit: Number(limit), quotaCode: 'L-608BDCD4' },
    }),
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/12195
    pattern: /Vpc link '?([^',]{1,64})'?, is referenced in \[([^\]]{0,4000})\] in format of \[([^\]]{1,80})\]/i,
    meaning: ([, linkId, references, format]) => ({
      code: 'STILL_REFERENCED',
      remedy: 'Delete these integrations, or move them to another link. Then delete the link.',
      details: { linkId, references: list(references), format },
    }),
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/12195
    pattern: /referenced by the following Routes with Ids: \[?([^\].]{1,4000})/i,
    meaning: ([, routeIds]) => ({
      code: 'STILL_REFERENCED',
      remedy: 'Delete these routes, or change their target. Then delete the integration.',
      details: { routeIds: list(routeIds) },
    }),
  },
  {
    // https://github.com/aws/aws-cdk/issues/8066
    pattern: /integration uri should be a valid ELB listener ARN/i,
    meaning: () => ({
      code: 'WRONG_KIND',
      remedy: 'Give the ARN of a listener (not of its load balancer), or of a Cloud Map service.',
      details: {},
    }),
  },
  {
    // 409 today, 400 in the past: https://github.com/hashicorp/terraform-provider-aws/issues/18018
    pattern: /concurrent modification/i,
    meaning: () => ({
      code: 'CONFLICT',
      remedy: 'Run again later: another write to the same API was in progress.',
      details: {},
      retryable: true,
    }),
  },
  {
    pattern:
      /(?:maximum number of|too many|limit exceeded|exceeded the|limit of) .{0,60}\b(routes?|integrations?|stages?|subnets?)\b/i,
    meaning: ([, what]) => quotaOf(what),
  },
  {
    pattern: /\b(routes?|integrations?|stages?|subnets?)\b.{0,60}(?:limit|quota|maximum)/i,
    meaning: ([, what]) => quotaOf(what),
  },
  {
    pattern: /subnets must belong to the same VPC/i,
    meaning: () => ({
      code: 'SUBNETS_OF_SEVERAL_NETWORKS',
      remedy: 'Use the subnets of one VPC, the one that the targets are in.',
      details: {},
    }),
  },
  {
    pattern: /belong to different networks/i,
    meaning: () => ({
      code: 'WRONG_NETWORK',
      remedy: 'Use security groups of the VPC that the subnets are in.',
      details: {},
    }),
  },
  {
    pattern: /(?:subnet|security group)[^.]{0,80}does not exist/i,
    meaning: () => ({ code: 'NOT_FOUND', remedy: 'Check the ID, the region and the account.', details: {} }),
  },
  {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html
    pattern: /no routes exist/i,
    meaning: () => ({
      code: 'CLOUD_REFUSED',
      remedy: 'Add a route: an API without routes cannot be deployed, and its stages stay as they are.',
      details: { reason: 'no-routes' },
    }),
  },
  {
    pattern: /already exists/i,
    meaning: () => ({
      code: 'ALREADY_EXISTS',
      remedy: 'Use another name or key, or adopt the existing resource.',
      details: {},
    }),
  },
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
  return {
    code: 'QUOTA_EXCEEDED',
    remedy:
      quotaCode === undefined
        ? 'Share integrations between routes, or use a second API; this quota cannot be raised.'
        : `Use fewer, or ask for a higher quota (${quotaCode}).`,
    details: { resource, ...defined({ quotaCode }) },
  };
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
