import type { GetInstanceRequest, GetInstanceResponse } from '@aws-sdk/client-servicediscovery';
import { getInstance as byInstanceId, getService } from '../../cloud-map/find.js';
import { ID, INSTANCE_ID } from '../../cloud-map/limits.js';
import { instanceView } from '../../cloud-map/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** One instance of a service. */
export const getInstance = operation<Given<GetInstanceRequest>, GetInstanceResponse>({
  service: 'servicediscovery',
  name: 'GetInstance',
  kind: 'read',
  limits: { ServiceId: ID, InstanceId: INSTANCE_ID },
  run: (call, input) => {
    const row = byInstanceId(call.state, getService(call.state, input.ServiceId), input.InstanceId);
    return { ResourceOwner: call.account, Instance: instanceView(call, row) };
  },
});
