import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';

/**
 * Refuses to change a listener's default rule separately. @throws {ServiceError} `OperationNotPermitted`.
 */
export function refuseDefault(call: AwsCall, arn: string): void {
  for (const { defaultRule } of call.state.loadBalancing.listeners.values()) {
    if (defaultRule.arn === arn)
      throw new ServiceError('OperationNotPermitted', `Default rule '${arn}' cannot be modified`);
  }
}
