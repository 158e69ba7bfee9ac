import type { DeleteServiceAttributesRequest, DeleteServiceAttributesResponse } from '@aws-sdk/client-servicediscovery';
import { getService } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Removes attributes of a service itself; keys that are not there are no error. */
export const deleteServiceAttributes = operation<
  Given<DeleteServiceAttributesRequest>,
  DeleteServiceAttributesResponse
>({
  service: 'servicediscovery',
  name: 'DeleteServiceAttributes',
  kind: 'write',
  limits: { ServiceId: ID, Attributes: { length: [1, 30] }, 'Attributes[]': { length: [0, 255] } },
  run: (call, input) => {
    const row = getService(call.state, input.ServiceId);
    row.attributes = Object.fromEntries(
      Object.entries(row.attributes).filter(([key]) => !input.Attributes.includes(key)),
    );
    return {};
  },
});
