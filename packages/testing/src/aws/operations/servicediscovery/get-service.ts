import type { GetServiceRequest, GetServiceResponse } from '@aws-sdk/client-servicediscovery';
import { getService as byServiceId } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import { serviceView } from '../../cloud-map/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** One service, by id or ARN. */
export const getService = operation<Given<GetServiceRequest>, GetServiceResponse>({
  service: 'servicediscovery',
  name: 'GetService',
  kind: 'read',
  limits: { Id: ID },
  run: (call, input) => ({ Service: serviceView(call, byServiceId(call.state, input.Id)) }),
});
