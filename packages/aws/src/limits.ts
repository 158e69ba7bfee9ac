import { defined } from '@postern/core/internal/driver';
import type { RateLimit } from '@postern/core/internal/adapter';
import type { ServiceName } from './client/client.js';

interface Rate extends RateLimit {
  readonly service: ServiceName;
  readonly operations: RegExp;
  /** Where the figures are documented. */
  readonly source: string;
}

const API_GATEWAY_LIMITS = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const EC2_THROTTLING = 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html';
const ECS_THROTTLING = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html';
const LOAD_BALANCING_THROTTLING =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-throttling.html';
const LOGS_QUOTAS = 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html';

/** AWS's request rates per account and region. An operation without a row here has no published rate. */
const RATES: readonly Rate[] = [
  { service: 'apigatewayv2', operations: /^CreateVpcLink$/, perSecond: 1 / 15, burst: 1, source: API_GATEWAY_LIMITS },
  { service: 'apigatewayv2', operations: /^DeleteVpcLink$/, perSecond: 1 / 30, burst: 1, source: API_GATEWAY_LIMITS },
  { service: 'apigateway', operations: /^CreateDeployment$/, perSecond: 1 / 5, burst: 1, source: API_GATEWAY_LIMITS },
  {
    service: 'apigateway',
    operations: /^(?:Create|Delete)Resource$/,
    perSecond: 5,
    burst: 5,
    source: API_GATEWAY_LIMITS,
  },
  { service: 'apigateway', operations: /^GetResources$/, perSecond: 2.5, burst: 5, source: API_GATEWAY_LIMITS },
  {
    service: 'apigateway',
    operations: /./,
    perSecond: 10,
    burst: 40,
    shared: 'apigateway',
    source: API_GATEWAY_LIMITS,
  },
  {
    service: 'apigatewayv2',
    operations: /./,
    perSecond: 10,
    burst: 40,
    shared: 'apigateway',
    source: API_GATEWAY_LIMITS,
  },
  // EC2's buckets are per operation. All reads here are filtered or paged, or have no pages.
  { service: 'ec2', operations: /^(?:Describe|Get|Search)/, perSecond: 20, burst: 100, source: EC2_THROTTLING },
  {
    service: 'ec2',
    operations: /^(?:Authorize|Create|Delete|Revoke)SecurityGroup/,
    perSecond: 5,
    burst: 50,
    source: EC2_THROTTLING,
  },
  // All reads of load balancers share one bucket.
  {
    service: 'elasticloadbalancing',
    operations: /^Describe/,
    perSecond: 10,
    burst: 40,
    shared: 'elasticloadbalancing-reads',
    source: LOAD_BALANCING_THROTTLING,
  },
  // The smallest of its regions.
  { service: 'logs', operations: /^FilterLogEvents$/, perSecond: 5, burst: 5, source: LOGS_QUOTAS },
  // Buckets are per group of operations; the smallest of them are those of clusters: 50, filled with 20 in a second [I].
  { service: 'ecs', operations: /^(?:Describe|List)/, perSecond: 20, burst: 50, source: ECS_THROTTLING },
];

/** The rates that an operation falls under; none where AWS publishes none. */
export function limitsOf(service: ServiceName, operation: string): readonly RateLimit[] {
  return RATES.filter((rate) => rate.service === service && rate.operations.test(operation)).map(
    ({ perSecond, burst, shared }) => ({ perSecond, burst, ...defined({ shared }) }),
  );
}

/** Longest time for which a list may lag behind a create: https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html */
export const STALENESS_MS = 30_000;
/** Terraform's provider waits ten minutes for a link, too: internal/service/apigatewayv2/wait.go */
export const LINK_TIMEOUT_MS = 600_000;
/** Pages of API Gateway V1 have 25 items by default, and 500 at most: https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html */
export const REST_PAGE = 500;
export const POLL_MS = 5_000;
/** Outbound rules of a security group, IPv4 and IPv6 counted apart: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export const RULES_PER_GROUP = 60;
/** Largest page of API Gateway's lists, which is a text there. */
export const API_GATEWAY_PAGE = '500';
/** Largest page of Elastic Load Balancing's lists: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html */
export const LOAD_BALANCING_PAGE = 400;

/** How long a move waits for one change. */
export const MOVE_TIMEOUT_MS = 300_000;
