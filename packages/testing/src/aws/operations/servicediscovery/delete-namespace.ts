import type { DeleteNamespaceRequest, DeleteNamespaceResponse } from '@aws-sdk/client-servicediscovery';
import { getNamespace } from '../../cloud-map/find.js';
import { ID } from '../../cloud-map/limits.js';
import { startNamespaceDeletion } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts the deletion of a namespace that has no services. */
export const deleteNamespace = operation<Given<DeleteNamespaceRequest>, DeleteNamespaceResponse>({
  service: 'servicediscovery',
  name: 'DeleteNamespace',
  kind: 'write',
  limits: { Id: ID },
  run: (call, input) => startNamespaceDeletion(call, getNamespace(call.state, input.Id), input),
});
