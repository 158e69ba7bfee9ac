import type { AwsCall } from '../../call.js';
import type { Operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** An operation of EC2: {@link Operation} without what all of EC2's have in common. */
export interface Ec2Operation<I, O> extends Omit<Operation<I, O>, 'service' | 'run'> {
  readonly run: (call: AwsCall, input: I) => O;
}

/**
 * Defines an operation of EC2. A dry run stops before any change, with the DryRunOperation error.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html (DryRun)
 */
export function ec2Operation<I extends object, O>(definition: Ec2Operation<I, O>): Operation<I, O> {
  return {
    ...definition,
    service: 'ec2',
    run: (call, input) => {
      if ('DryRun' in input && input.DryRun === true) {
        throw new ServiceError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
      }
      return definition.run(call, input);
    },
  };
}
