import type { GetNamespaceRequest, GetNamespaceResponse } from '@aws-sdk/client-servicediscovery';
import { getNamespace as byNamespaceId } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import { namespaceView } from '../../cloud-map/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** One namespace, by id or ARN. */
export const getNamespace = operation<Given<GetNamespaceRequest>, GetNamespaceResponse>({
  service: 'servicediscovery',
  name: 'GetNamespace',
  kind: 'read',
  limits: { Id: ID },
  run: (call, input) => ({ Namespace: namespaceView(call, byNamespaceId(call.state, input.Id)) }),
});
