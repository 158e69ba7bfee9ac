import { defined, type ErrorCode } from '@postern/core/internal/adapter';

/** What a sentence of API Gateway means. */
export interface Meaning {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryable?: boolean;
}

/** A sentence, and what it means. */
export interface MessageRow {
  readonly pattern: RegExp;
  readonly meaning: (match: RegExpExecArray, region: string) => Meaning;
}

/**
 * Sentences of REST APIs. As in the other table, no pattern has nested quantifiers.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway (records of the real service)
 */
export const REST_MESSAGES: readonly MessageRow[] = [
  {
    // https://github.com/klothoplatform/klotho/issues/202
    pattern: /Vpc link '?([^',]{1,64})'?, is referenced in \[([^\]]{0,4000})\] in format of \[([^\]]{1,60}:Stage)\]/i,
    meaning: ([, linkId, text = '', format = '']) => {
      const references = text.split(',').map((one) => one.trim());
      const stages = [...new Set(references.map((one) => stageOf(one, format)))];
      return {
        code: 'STILL_REFERENCED',
        remedy: `Delete the routes that use the link, or move them to another link. Then deploy again to ${stages.join(', ')}, or delete the stage: what it serves still uses the link. Then delete the link.`,
        details: { linkId, references, format, stages },
      };
    },
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/45230
    pattern: /IntegrationTarget is required for VpcLinkV2 ([A-Za-z0-9]{1,64})/i,
    meaning: ([, linkId]) => ({
      code: 'WRONG_KIND',
      remedy: 'Declare the link with `kind: vpc-link-v2`: its routes name a load balancer.',
      details: { linkId },
    }),
  },
  {
    pattern: /A sibling \(([^)]{1,200})\) of this resource already has a variable path part/i,
    meaning: ([, sibling]) => ({
      code: 'ALREADY_EXISTS',
      remedy: `Write ${sibling} in the route key, or delete the resource ${sibling} first: a resource has one child with a variable.`,
      details: { sibling },
    }),
  },
  {
    pattern: /Cannot create a child of a resource with a greedy path variable: (\{[^}]{1,200}\+\})/i,
    meaning: ([, greedy]) => ({
      code: 'INVALID_INPUT',
      remedy: `Write ${greedy} as the last part of the path: it stands for all parts that follow.`,
      details: { greedy },
    }),
  },
  {
    pattern: /Another resource with the same parent already has this name/i,
    meaning: () => ({
      code: 'ALREADY_EXISTS',
      remedy: 'Run again: another writer created the resource at the same time.',
      details: {},
    }),
  },
  {
    // A 429, and not throttling: https://github.com/hashicorp/terraform-provider-aws/issues/37605
    pattern: /Maximum number of ([A-Za-z ]{1,40}) for this (?:API|account) has been reached/i,
    meaning: ([, what]) => quota(what),
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/pull/45482
    pattern: /Timeout should be between (\d{1,9}) ms and (\d{1,9}) ms/i,
    meaning: ([, least, most]) => ({
      code: 'INVALID_INPUT',
      remedy: `Write a timeout from ${least} to ${most} ms. For regional and private APIs, more can be requested (L-E5AE38E3).`,
      details: { leastMs: Number(least), mostMs: Number(most), quotaCode: 'L-E5AE38E3' },
    }),
  },
  {
    pattern: /Parameter names must be unique across querystring, header and path/i,
    meaning: () => ({
      code: 'INVALID_INPUT',
      remedy: 'Rename one of the parameters that `parameters` uses: a method cannot use one name in two places.',
      details: {},
    }),
  },
  {
    pattern: /Invalid mapping expression/i,
    meaning: () => ({
      code: 'INVALID_INPUT',
      remedy:
        'Correct `parameters` of the route: a value is path.NAME, query.NAME, header.NAME, context.NAME or a constant.',
      details: {},
    }),
  },
  {
    pattern: /Invalid authorizer ID specified/i,
    meaning: () => ({
      code: 'INVALID_INPUT',
      remedy: 'Write the ID of an authorizer of this REST API, `iam` or `none`.',
      details: {},
    }),
  },
  {
    pattern: /REST API doesn't contain any methods/i,
    meaning: () => ({
      code: 'CLOUD_REFUSED',
      remedy: 'Add a route: an API without methods cannot be deployed, and its stages stay as they are.',
      details: { reason: 'no-routes' },
    }),
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/21210
    pattern: /No integration defined for method/i,
    meaning: () => ({
      code: 'CLOUD_REFUSED',
      remedy: 'Give each method of the API an integration, or delete the method. Then run again.',
      details: { reason: 'method-without-integration' },
    }),
  },
  {
    // The sentence is not published: https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html `status`
    pattern: /Vpc link '([^']{1,64})' (?:does not exist|is not available)/i,
    meaning: ([, linkId]) => ({
      code: 'CLOUD_REFUSED',
      remedy: `Change the routes that use ${linkId} to a link that is AVAILABLE, then run again.`,
      details: { reason: 'link-not-available', linkId },
    }),
  },
  {
    // That it is refused is documented: https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
    pattern: /has a canary|non-canary release deployment/i,
    meaning: () => ({
      code: 'CANARY_ACTIVE',
      remedy: 'Promote the canary or remove it, then run again.',
      details: {},
    }),
  },
  {
    // https://github.com/localstack/localstack test_apigateway_common.py, test_create_delete_deployments
    pattern: /Active stages pointing to this deployment/i,
    meaning: () => ({
      code: 'STILL_REFERENCED',
      remedy: 'Set the stages that serve this deployment to another one, then run again.',
      details: {},
    }),
  },
  {
    // https://github.com/hashicorp/terraform-provider-aws/issues/28774
    pattern: /remove all base path mappings related to the stage in your domains: ([^\n]{1,4000})/i,
    meaning: ([, domains = '']) => ({
      code: 'STILL_REFERENCED',
      remedy: 'Remove the mappings of these domain names, then run again.',
      details: { domains: domains.split(',').map((domain) => domain.trim()) },
    }),
  },
];

/** The stage of a reference `[RestApiId:]Method:Resource:Stage`, with its API where that is given. */
function stageOf(reference: string, format: string): string {
  const parts = reference.split(':');
  const stage = `stage ${parts.at(-1)}`;
  return /^RestApiId:/i.test(format) ? `${stage} of ${parts[0]}` : stage;
}

/** The quotas of a REST API: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
function quota(what = ''): Meaning {
  const resource = what.trim().toLowerCase().replace(/s$/, '');
  const quotaCode = resource === 'resource' ? 'L-01C8A9E0' : undefined;
  return {
    code: 'QUOTA_EXCEEDED',
    remedy: `Delete unused ones, or request a higher quota${quotaCode === undefined ? '' : ` (${quotaCode})`}.`,
    details: { resource, ...defined({ quotaCode }) },
  };
}
