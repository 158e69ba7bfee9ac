import type { UpdateServiceAttributesRequest, UpdateServiceAttributesResponse } from '@aws-sdk/client-servicediscovery';
import { getService } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Adds attributes to a service itself, or replaces their values. */
export const updateServiceAttributes = operation<
  Given<UpdateServiceAttributesRequest>,
  UpdateServiceAttributesResponse
>({
  service: 'servicediscovery',
  name: 'UpdateServiceAttributes',
  kind: 'write',
  limits: { ServiceId: ID, Attributes: { length: [1, 30] }, 'Attributes{}': { length: [0, 1024] } },
  run: (call, input) => {
    const row = getService(call.state, input.ServiceId);
    const all = { ...row.attributes, ...input.Attributes };
    if (Object.keys(all).length > MOST_ATTRIBUTES) {
      throw new ServiceError(
        'ServiceAttributesLimitExceededException',
        `A service can have at most ${MOST_ATTRIBUTES} attributes`,
      );
    }
    row.attributes = all;
    return {};
  },
});

/** @see https://docs.aws.amazon.com/cloud-map/latest/api/API_UpdateServiceAttributes.html */
const MOST_ATTRIBUTES = 30;
