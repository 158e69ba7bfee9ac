import type { DeleteServiceRequest, DeleteServiceResponse } from '@aws-sdk/client-servicediscovery';
import { inUse } from '../../cloud-map/errors.js';
import { getService, instancesOf } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Deletes a service that has no instances, at once. */
export const deleteService = operation<Given<DeleteServiceRequest>, DeleteServiceResponse>({
  service: 'servicediscovery',
  name: 'DeleteService',
  kind: 'write',
  limits: { Id: ID },
  run: (call, input) => {
    const row = getService(call.state, input.Id);
    if (instancesOf(call.state, row.id).length > 0) {
      throw inUse('Service contains registered instances; delete the instances before deleting the service');
    }
    call.state.cloudMap.services.delete(row.id);
    return {};
  },
});
