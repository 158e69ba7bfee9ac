import type { GetServiceAttributesRequest, GetServiceAttributesResponse } from '@aws-sdk/client-servicediscovery';
import { getService } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The attributes of a service itself. */
export const getServiceAttributes = operation<Given<GetServiceAttributesRequest>, GetServiceAttributesResponse>({
  service: 'servicediscovery',
  name: 'GetServiceAttributes',
  kind: 'read',
  limits: { ServiceId: ID },
  run: (call, input) => {
    const row = getService(call.state, input.ServiceId);
    return {
      ServiceAttributes: { ServiceArn: row.arn, ResourceOwner: call.account, Attributes: { ...row.attributes } },
    };
  },
});
