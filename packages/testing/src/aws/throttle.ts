import type { OperationRate } from './operation.js';
import type { AnyOperation } from './registry.js';

interface Bucket {
  tokens: number;
  at: number;
}

/**
 * All of API Gateway's control plane together, for one account in one region.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const API_GATEWAY: OperationRate = { perSecond: 10, burst: 40 };

/**
 * EC2's buckets, one per operation.
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
const EC2 = {
  read: { perSecond: 20, burst: 100 },
  unfilteredRead: { perSecond: 10, burst: 50 },
  write: { perSecond: 5, burst: 50 },
} as const;
const EC2_OWN: Readonly<Record<string, OperationRate>> = {
  CreateNetworkInterface: { perSecond: 5, burst: 100 },
  CreateTags: { perSecond: 10, burst: 100 },
  DescribeStaleSecurityGroups: { perSecond: 5, burst: 20 },
  DescribeSecurityGroupReferences: { perSecond: 5, burst: 20 },
};
const EC2_DEAR_WHEN_UNFILTERED = new Set(['DescribeNetworkInterfaces', 'DescribeSecurityGroups']);

/** Token buckets in simulated time, per region, service and operation. */
export class Throttle {
  #buckets = new Map<string, Bucket>();

  /** Takes what the call costs. False: the service throttles it. */
  admits(operation: AnyOperation, region: string, input: unknown, now: number): boolean {
    const { service, name } = operation;
    const own = operation.rate ?? (service === 'ec2' ? ec2Rate(operation, input) : undefined);
    if (own && !this.#take(`${region}/${service}/${name}`, own, now)) return false;
    return service !== 'apigatewayv2' || this.#take(`${region}/${service}`, API_GATEWAY, now);
  }

  /** All buckets full. */
  reset(): void {
    this.#buckets = new Map();
  }

  #take(key: string, { perSecond, burst }: OperationRate, now: number): boolean {
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) * perSecond) / 1000);
    bucket.at = now;
    if (bucket.tokens < 1 - 1e-9) return false; // fifteen seconds at 1/15 a second make one
    bucket.tokens -= 1;
    return true;
  }
}

function ec2Rate({ name, kind }: AnyOperation, input: unknown): OperationRate {
  const own = EC2_OWN[name];
  if (own) return own;
  if (kind === 'write') return EC2.write;
  const unfiltered = Object.keys(input as object).every((member) => member === 'DryRun');
  return EC2_DEAR_WHEN_UNFILTERED.has(name) && unfiltered ? EC2.unfilteredRead : EC2.read;
}
