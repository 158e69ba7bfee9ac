import type { UpdateInstanceCustomHealthStatusRequest } from '@aws-sdk/client-servicediscovery';
import { getInstance, getService } from '../../cloud-map/find.js';
import { ID, INSTANCE_ID } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Sets whether an instance is healthy, for a service with a custom health check. */
export const updateInstanceCustomHealthStatus = operation<
  Given<UpdateInstanceCustomHealthStatusRequest>,
  Record<never, never>
>({
  service: 'servicediscovery',
  name: 'UpdateInstanceCustomHealthStatus',
  kind: 'write',
  limits: { ServiceId: ID, InstanceId: INSTANCE_ID, Status: { values: ['HEALTHY', 'UNHEALTHY'] } },
  run: (call, input) => {
    const service = getService(call.state, input.ServiceId);
    if (service.healthCheckCustom === undefined) {
      throw new ServiceError('CustomHealthNotFound', `The service ${service.id} has no HealthCheckCustomConfig`, 400);
    }
    const row = getInstance(call.state, service, input.InstanceId);
    if (row.health !== input.Status) service.revision += 1;
    row.health = input.Status;
    return {};
  },
});
