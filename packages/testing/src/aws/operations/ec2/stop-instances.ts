import type { StopInstancesRequest, StopInstancesResult } from '@aws-sdk/client-ec2';
import { changeStates } from '../../ec2/instance/change-states.js';
import { stop } from '../../ec2/instance/instances.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';

/**
 * Stops instances. A forced stop, or one that skips the shutdown of the system, takes as long as another [I].
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html
 */
export const stopInstances = ec2Operation({
  name: 'StopInstances',
  kind: 'write',
  run: (call, input: StopInstancesRequest): StopInstancesResult => {
    if (input.Hibernate === true) refuse(input, ['Hibernate']);
    return {
      StoppingInstances: changeStates(call, input.InstanceIds, {
        from: ['running'],
        already: ['stopping', 'stopped'],
        act: stop,
        refused: (id) => `This instance '${id}' is not in a state from which it can be stopped.`,
      }),
    };
  },
});
