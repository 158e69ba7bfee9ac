import type { DeregisterInstanceRequest, DeregisterInstanceResponse } from '@aws-sdk/client-servicediscovery';
import { getInstance, getService } from '../../cloud-map/find.js';
import { ID, INSTANCE_ID } from '../../cloud-map/limits.js';
import { duplicateRequest, pendingOperation, startOperation } from '../../cloud-map/start-operation.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts the deregistration of an instance. */
export const deregisterInstance = operation<Given<DeregisterInstanceRequest>, DeregisterInstanceResponse>({
  service: 'servicediscovery',
  name: 'DeregisterInstance',
  kind: 'write',
  limits: { ServiceId: ID, InstanceId: INSTANCE_ID },
  run: (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const instance = getInstance(call.state, service, input.InstanceId);
    const pending = pendingOperation(
      call,
      ({ targets }) => targets.SERVICE === service.id && targets.INSTANCE === instance.id,
    );
    if (pending !== undefined) throw duplicateRequest(call, pending);
    return startOperation(call, {
      type: 'DEREGISTER_INSTANCE',
      pace: service.routingPolicy === undefined ? 'plain' : 'records',
      targets: { SERVICE: service.id, INSTANCE: instance.id },
      work: { kind: 'deregister instance', serviceId: service.id, instanceId: instance.id },
      requestId: undefined,
      input,
    });
  },
});
