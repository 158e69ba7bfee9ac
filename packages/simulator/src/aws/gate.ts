import type { GatedCall, GateRules } from '../simulation/dispatch/gate.js';
import type { Bucket, Rate } from '../simulation/dispatch/dispatcher.js';
import type { Aws } from './dispatch.js';
import { type AnyOperation, type OwnRate, ServiceError } from './operation/operation.js';
import { isRegion } from './ec2/subnet/zones.js';
import { SERVICES } from './service-table.js';
import { signatureError } from './signature/signature-words.js';
import { words } from './operation/words.js';

/**
 * All of API Gateway's control plane together, both versions of it, for one account in one region.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const API_GATEWAY: Rate = { perSecond: 10, burst: 40 };

/**
 * All requests of an account to Route 53, in no region. Its burst is not documented [U].
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html#limits-api-requests
 */
const ROUTE_53: Rate = { perSecond: 5, burst: 5 };

/**
 * EC2's buckets, one per operation.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
const EC2 = {
  read: { perSecond: 20, burst: 100 },
  unfilteredRead: { perSecond: 10, burst: 50 },
  write: { perSecond: 5, burst: 50 },
} as const;
const EC2_OWN: Readonly<Record<string, Rate>> = {
  CreateNetworkInterface: { perSecond: 5, burst: 100 },
  CreateTags: { perSecond: 10, burst: 100 },
};
const EC2_DEAR_WHEN_UNFILTERED = new Set(['DescribeNetworkInterfaces', 'DescribeSecurityGroups']);

/** The buckets that a call takes a token from: the operation's own, and the service's. One per region, where it has any. */
function bucketsOf({ operation, region, input }: GatedCall<Aws>): readonly Bucket[] {
  const { service, name } = operation;
  if (service === 'route53') return [{ key: service, ...ROUTE_53 }];

  const own = ownRate(operation, input) ?? (service === 'ec2' ? ec2Rate(operation, input) : undefined);
  const buckets = own ? [{ ...own, key: `${region}/${service}/${name}${'bucket' in own ? own.bucket : ''}` }] : [];
  return isApiGateway(service) ? [...buckets, { key: `${region}/apigateway`, ...API_GATEWAY }] : buckets;
}

function isApiGateway(service: AnyOperation['service']): boolean {
  return service === 'apigatewayv2' || service === 'apigateway';
}

function ownRate({ rate }: AnyOperation, input: unknown): Rate | OwnRate | undefined {
  return typeof rate === 'function' ? rate(input as never) : rate;
}

function ec2Rate({ name, kind }: AnyOperation, input: unknown): Rate {
  const own = EC2_OWN[name];
  if (own) return own;
  if (kind === 'write') return EC2.write;

  const unfiltered = Object.keys(input as object).every((member) => member === 'DryRun');
  return EC2_DEAR_WHEN_UNFILTERED.has(name) && unfiltered ? EC2.unfilteredRead : EC2.read;
}

const CONFLICT = 'Unable to complete operation due to concurrent modification. Please try again later.';

/** The rules between a request and its operation on AWS. A write holds its HTTP API. */
export const awsGate: GateRules<Aws> = {
  serviceOf: ({ service }) => service,
  Failure: ServiceError,
  brokenCode: 'InternalFailure',
  refusal: ({ operation, region }) =>
    isRegion(region) ? undefined : signatureError(operation.service, { kind: 'no-such-region' }),
  words: ({ operation, caller }) => {
    const { throttled, failed, denied, expired } = words(operation.service);
    return {
      throttle: () => throttled(operation.name),
      error: failed,
      deny: () => denied(caller.arn, permissionOf(operation)),
      expired,
    };
  },
  saidWith: (code, { operation: { service } }) =>
    code === 'ConflictException' && isApiGateway(service) ? CONFLICT : undefined,
  buckets: bucketsOf,
  holds: ({ operation, region, input }) => {
    const gateway = (operation.holds as ((input: unknown) => string | undefined) | undefined)?.(input);
    if (gateway === undefined) return [];

    return [{ key: `${region}/${gateway}`, refusal: () => new ServiceError('ConflictException', CONFLICT, 409) }];
  },
};

function permissionOf({ service, name, permission }: Aws['operation']): string {
  return permission ?? `${SERVICES[service].signedAs}:${name}`;
}
