import type { StartInstancesRequest, StartInstancesResult } from '@aws-sdk/client-ec2';
import { changeStates } from '../../ec2/instance/change-states.js';
import { start } from '../../ec2/instance/instances.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { refuse } from '../../ec2/request/errors.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StartInstances.html */
export const startInstances = ec2Operation({
  name: 'StartInstances',
  kind: 'write',
  run: (call, input: StartInstancesRequest): StartInstancesResult => {
    refuse(input, ['AdditionalInfo']);
    return {
      StartingInstances: changeStates(call, input.InstanceIds, {
        from: ['stopped'],
        already: ['pending', 'running'],
        act: start,
        refused: (id) => `The instance '${id}' is not in a state from which it can be started.`,
      }),
    };
  },
});
