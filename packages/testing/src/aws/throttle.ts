import { TokenBuckets } from '../simulation/token-buckets.js';
import type { OperationRate } from './operation.js';
import type { AnyOperation } from './registry.js';

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
  readonly #buckets = new TokenBuckets();

  /** Takes what the call costs. False: the service throttles it. */
  admits(operation: AnyOperation, region: string, input: unknown, now: number): boolean {
    const { service, name } = operation;
    const own = operation.rate ?? (service === 'ec2' ? ec2Rate(operation, input) : undefined);
    if (own && !this.#buckets.take(`${region}/${service}/${name}`, own, now)) return false;
    return service !== 'apigatewayv2' || this.#buckets.take(`${region}/${service}`, API_GATEWAY, now);
  }

  /** All buckets full. */
  reset(): void {
    this.#buckets.reset();
  }
}

function ec2Rate({ name, kind }: AnyOperation, input: unknown): OperationRate {
  const own = EC2_OWN[name];
  if (own) return own;
  if (kind === 'write') return EC2.write;
  const unfiltered = Object.keys(input as object).every((member) => member === 'DryRun');
  return EC2_DEAR_WHEN_UNFILTERED.has(name) && unfiltered ? EC2.unfilteredRead : EC2.read;
}
