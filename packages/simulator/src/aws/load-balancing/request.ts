import { type AwsCall, type MemberLimit, type AnyOperation, ServiceError, errorsOf } from '../operation/operation.js';
import type * as sdk from '@aws-sdk/client-elastic-load-balancing-v2';
import { familyOf, type GivenFamily, page } from '../operation/family.js';
import { MAX_PORT } from '../../simulation/ports.js';

/*
 * Lengths, ranges, patterns and values of members that several operations share.
 * Source: the service's public API model (Smithy), and the API reference where the model has none.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/
 */
type Limits = Readonly<Record<string, MemberLimit>>;

const MANY = Number.MAX_SAFE_INTEGER;
const TAG_TEXT = /^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$/u;

export const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE', 'QUIC', 'TCP_QUIC'];
export const LOAD_BALANCER_TYPES = ['application', 'network', 'gateway'];
export const SCHEMES = ['internet-facing', 'internal'];
export const IP_ADDRESS_TYPES = ['ipv4', 'dualstack', 'dualstack-without-public-ipv4'];
export const ON_OFF = ['on', 'off'];
export const PORT: MemberLimit = { range: [1, MAX_PORT] };
export const PRIORITY: MemberLimit = { range: [1, 50_000] };

/** Pages of every list but DescribeTargetHealth and DescribeTags. */
export const PAGE: Limits = { PageSize: { range: [1, 400] } };
const PAGE_SIZE = 400;

/** Most resources that one call can name. */
export const TWENTY: MemberLimit = { length: [0, 20] };

export const TAGS: Limits = {
  Tags: { length: [1, MANY] },
  'Tags[].Key': { length: [1, 128], pattern: TAG_TEXT },
  'Tags[].Value': { length: [0, 256], pattern: TAG_TEXT },
};
export const TAG_KEYS: Limits = { 'TagKeys[]': { length: [1, 128], pattern: TAG_TEXT } };

export const ATTRIBUTES: Limits = {
  'Attributes[].Key': { length: [0, 256], pattern: /^[a-zA-Z0-9._]+$/ },
};

/** Limits of a list of actions, `Actions` or `DefaultActions`. */
export const actionLimits = (member: 'Actions' | 'DefaultActions'): Limits => ({
  [`${member}[].Type`]: {
    values: ['forward', 'authenticate-oidc', 'authenticate-cognito', 'redirect', 'fixed-response', 'jwt-validation'],
  },
  [`${member}[].Order`]: PRIORITY,
  [`${member}[].AuthenticateOidcConfig.OnUnauthenticatedRequest`]: { values: ['deny', 'allow', 'authenticate'] },
  [`${member}[].AuthenticateCognitoConfig.OnUnauthenticatedRequest`]: { values: ['deny', 'allow', 'authenticate'] },
  [`${member}[].RedirectConfig.Protocol`]: { pattern: /^(HTTPS?|#\{protocol\})$/ },
  [`${member}[].RedirectConfig.Host`]: { length: [1, 128] },
  [`${member}[].RedirectConfig.Path`]: { length: [1, 128] },
  [`${member}[].RedirectConfig.Query`]: { length: [0, 128] },
  [`${member}[].RedirectConfig.StatusCode`]: { values: ['HTTP_301', 'HTTP_302'] },
  [`${member}[].FixedResponseConfig.MessageBody`]: { length: [0, 1024] },
  [`${member}[].FixedResponseConfig.StatusCode`]: { pattern: /^(2|4|5)\d\d$/ },
  [`${member}[].FixedResponseConfig.ContentType`]: { length: [0, 32] },
  [`${member}[].JwtValidationConfig.AdditionalClaims[].Format`]: {
    values: ['single-string', 'string-array', 'space-separated-values'],
  },
});

/** Limits of mutual authentication's settings. */
export const MUTUAL: Limits = {
  'MutualAuthentication.TrustStoreAssociationStatus': { values: ['active', 'removed'] },
  'MutualAuthentication.AdvertiseTrustStoreCaNames': { values: ON_OFF },
};

export const RULE: Limits = {
  'Conditions[].Field': { length: [0, 64] },
  'Transforms[].Type': { values: ['host-header-rewrite', 'url-rewrite'] },
};

export const HEALTH_CHECK: Limits = {
  HealthCheckProtocol: { values: PROTOCOLS },
  HealthCheckPath: { length: [1, 1024] },
  HealthCheckIntervalSeconds: { range: [5, 300] },
  HealthCheckTimeoutSeconds: { range: [2, 120] },
  HealthyThresholdCount: { range: [2, 10] },
  UnhealthyThresholdCount: { range: [2, 10] },
};

export const TARGETS: Limits = {
  'Targets[].Port': PORT,
  'Targets[].QuicServerId': { length: [1, 256] },
};

/*
 * Wordings come from error reports that users published (the issue trackers of Terraform's AWS provider, of the AWS CDK and of
 * the AWS Load Balancer Controller). Codes are those of the service's model: on the wire they lack the suffix `Exception`.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/CommonErrors.html
 */

/** `ValidationError`: a member of the input is wrong in itself. */
export const invalid = errorsOf('ValidationError');

/** `InvalidConfigurationRequest`: the input is well-formed, but what it asks for cannot be. */
export const unfit = errorsOf('InvalidConfigurationRequest');

export function loadBalancerNotFound(arn?: string): ServiceError {
  const message = arn === undefined ? 'One or more load balancers not found' : `Load balancer '${arn}' not found`;
  return new ServiceError('LoadBalancerNotFound', message);
}

export const listenerNotFound = () => new ServiceError('ListenerNotFound', 'One or more listeners not found');

export const ruleNotFound = () => new ServiceError('RuleNotFound', 'One or more rules not found');

export const targetGroupNotFound = () => new ServiceError('TargetGroupNotFound', 'One or more target groups not found');

export function trustStoreNotFound(arn: string): ServiceError {
  return new ServiceError('TrustStoreNotFound', `Trust store '${arn}' not found`);
}

export function priorityInUse(priority: number): ServiceError {
  return new ServiceError('PriorityInUse', `Priority '${priority}' is currently in use`);
}

/** There may be one more of something. @throws {ServiceError} `code`: as many as the quota allows are there. */
export function checkQuota(call: AwsCall, quota: string, count: number, code: string, things: string): void {
  if (count >= call.quota(quota)) throw new ServiceError(code, `The maximum number of ${things} has been reached`);
}

/**
 * Operations of Elastic Load Balancing.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Operations.html (each operation: `API_<name>.html`)
 */
export const family: (members: GivenFamily<typeof sdk>) => readonly AnyOperation[] = familyOf({
  service: 'elasticloadbalancingv2',
});

/**
 * The answer of a list: a page of its rows under `member`. `list` is the operation's name, and what else must be the same
 * on every page (a parent's ARN). `key` is an item's ID, after which the next page continues.
 * @throws {ServiceError} for a size out of bounds or a marker of another list
 */
export function paged<const N extends string, T>(
  member: N,
  list: string,
  items: readonly T[],
  { PageSize, Marker }: { readonly PageSize?: number | undefined; readonly Marker?: string | undefined },
  key: (item: T) => string,
) {
  const found = page(
    items,
    { size: PageSize, token: Marker },
    { service: 'elasticloadbalancingv2', list, largest: PAGE_SIZE, key },
  );
  return { [member]: found.items, NextMarker: found.next } as Record<N, T[]> & { NextMarker: string | undefined };
}
