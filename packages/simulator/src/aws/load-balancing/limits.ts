import type { MemberLimit } from '../operation/operation.js';

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
export const PORT: MemberLimit = { range: [1, 65_535] };
export const PRIORITY: MemberLimit = { range: [1, 50_000] };

/** Pages of every list but DescribeTargetHealth and DescribeTags. */
export const PAGE: Limits = { PageSize: { range: [1, 400] } };
export const PAGE_SIZE = 400;

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

/** Limits of a rule's conditions and transforms. */
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
