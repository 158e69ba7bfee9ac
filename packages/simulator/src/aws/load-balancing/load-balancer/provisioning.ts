import type { LoadBalancerTypeEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../operation/call.js';

/**
 * How long a new load balancer is `provisioning`. Not published; creations through Terraform take two to
 * three minutes. The SDK's waiter polls every 15 seconds.
 */
export const PROVISIONING_MS: Readonly<Record<LoadBalancerTypeEnum, number>> = {
  application: 120_000,
  network: 150_000,
  gateway: 60_000,
};

/** The timer's end of provisioning. */
export function becomeActive(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const row = call.state.loadBalancing.loadBalancers.get(String(data['arn']));
  if (row?.state === 'provisioning') row.state = 'active';
}
