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

export const message = (pattern: RegExp, meaning: MessageRow['meaning']): MessageRow => ({ pattern, meaning });

export const means = (code: ErrorCode, remedy: string, details: Meaning['details']): Meaning => ({
  code,
  remedy,
  details,
});

/**
 * Sentences of REST APIs. As in the other table, no pattern has nested quantifiers.
 * @see https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway (records of the real service)
 */
export const REST_MESSAGES: readonly MessageRow[] = [
  // https://github.com/klothoplatform/klotho/issues/202
  message(
    /Vpc link '?([^',]{1,64})'?, is referenced in \[([^\]]{0,4000})\] in format of \[([^\]]{1,60}:Stage)\]/i,
    ([, linkId, text = '', format = '']) => {
      const references = text.split(',').map((one) => one.trim());
      const stages = [...new Set(references.map((one) => stageOf(one, format)))];
      return means(
        'STILL_REFERENCED',
        `Delete the routes that use the link, or move them to another link. Then deploy again to ${stages.join(', ')}, or delete the stage: what it serves still uses the link. Then delete the link.`,
        { linkId, references, format, stages },
      );
    },
  ),
  // https://github.com/hashicorp/terraform-provider-aws/issues/45230
  message(/IntegrationTarget is required for VpcLinkV2 ([A-Za-z0-9]{1,64})/i, ([, linkId]) =>
    means('WRONG_KIND', 'Declare the link with `kind: vpc-link-v2`: its routes name a load balancer.', { linkId }),
  ),
  message(/A sibling \(([^)]{1,200})\) of this resource already has a variable path part/i, ([, sibling]) =>
    means(
      'ALREADY_EXISTS',
      `Write ${sibling} in the route key, or delete the resource ${sibling} first: a resource has one child with a variable.`,
      { sibling },
    ),
  ),
  message(/Cannot create a child of a resource with a greedy path variable: (\{[^}]{1,200}\+\})/i, ([, greedy]) =>
    means('INVALID_INPUT', `Write ${greedy} as the last part of the path: it stands for all parts that follow.`, {
      greedy,
    }),
  ),
  message(/Another resource with the same parent already has this name/i, () =>
    means('ALREADY_EXISTS', 'Run again: another writer created the resource at the same time.', {}),
  ),
  // A 429, and not throttling: https://github.com/hashicorp/terraform-provider-aws/issues/37605
  message(/Maximum number of ([A-Za-z ]{1,40}) for this (?:API|account) has been reached/i, ([, what]) => quota(what)),
  // https://github.com/hashicorp/terraform-provider-aws/pull/45482
  message(/Timeout should be between (\d{1,9}) ms and (\d{1,9}) ms/i, ([, least, most]) =>
    means(
      'INVALID_INPUT',
      `Write a timeout from ${least} to ${most} ms. For regional and private APIs, more can be requested (L-E5AE38E3).`,
      { leastMs: Number(least), mostMs: Number(most), quotaCode: 'L-E5AE38E3' },
    ),
  ),
  message(/Parameter names must be unique across querystring, header and path/i, () =>
    means(
      'INVALID_INPUT',
      'Rename one of the parameters that `parameters` uses: a method cannot use one name in two places.',
      {},
    ),
  ),
  message(/Invalid mapping expression/i, () =>
    means(
      'INVALID_INPUT',
      'Correct `parameters` of the route: a value is path.NAME, query.NAME, header.NAME, context.NAME or a constant.',
      {},
    ),
  ),
  message(/Invalid authorizer ID specified/i, () =>
    means('INVALID_INPUT', 'Write the ID of an authorizer of this REST API, `iam` or `none`.', {}),
  ),
  message(/REST API doesn't contain any methods/i, () =>
    means('CLOUD_REFUSED', 'Add a route: an API without methods cannot be deployed, and its stages stay as they are.', {
      reason: 'no-routes',
    }),
  ),
  // https://github.com/hashicorp/terraform-provider-aws/issues/21210
  message(/No integration defined for method/i, () =>
    means('CLOUD_REFUSED', 'Give each method of the API an integration, or delete the method. Then run again.', {
      reason: 'method-without-integration',
    }),
  ),
  // The sentence is not published: https://docs.aws.amazon.com/apigateway/latest/api/API_VpcLink.html `status`
  message(/Vpc link '([^']{1,64})' (?:does not exist|is not available)/i, ([, linkId]) =>
    means('CLOUD_REFUSED', `Change the routes that use ${linkId} to a link that is AVAILABLE, then run again.`, {
      reason: 'link-not-available',
      linkId,
    }),
  ),
  // That it is refused is documented: https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
  message(/has a canary|non-canary release deployment/i, () =>
    means('CANARY_ACTIVE', 'Promote the canary or remove it, then run again.', {}),
  ),
  // https://github.com/localstack/localstack test_apigateway_common.py, test_create_delete_deployments
  message(/Active stages pointing to this deployment/i, () =>
    means('STILL_REFERENCED', 'Set the stages that serve this deployment to another one, then run again.', {}),
  ),
  // https://github.com/hashicorp/terraform-provider-aws/issues/28774
  message(/remove all base path mappings related to the stage in your domains: ([^\n]{1,4000})/i, ([, domains = '']) =>
    means('STILL_REFERENCED', 'Remove the mappings of these domain names, then run again.', {
      domains: domains.split(',').map((domain) => domain.trim()),
    }),
  ),
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
  return means(
    'QUOTA_EXCEEDED',
    `Delete unused ones, or request a higher quota${quotaCode === undefined ? '' : ` (${quotaCode})`}.`,
    { resource, ...defined({ quotaCode }) },
  );
}
