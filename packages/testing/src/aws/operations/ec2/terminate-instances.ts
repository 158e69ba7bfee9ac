import type { TerminateInstancesRequest, TerminateInstancesResult } from '@aws-sdk/client-ec2';
import { changeStates } from '../../ec2/instance/change-states.js';
import { terminate } from '../../ec2/instance/instances.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';

/**
 * Terminates instances; again, it succeeds.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TerminateInstances.html
 */
export const terminateInstances = ec2Operation({
  name: 'TerminateInstances',
  kind: 'write',
  run: (call, input: TerminateInstancesRequest): TerminateInstancesResult => ({
    TerminatingInstances: changeStates(call, input.InstanceIds, {
      from: ['pending', 'running', 'stopping', 'stopped'],
      already: ['shutting-down', 'terminated'],
      act: terminate,
      refused: (id) => `The instance '${id}' cannot be terminated.`, // no state refuses it
    }),
  }),
});
