import type { UpdateHttpNamespaceRequest, UpdateHttpNamespaceResponse } from '@aws-sdk/client-servicediscovery';
import { invalidInput } from '../../cloud-map/errors.js';
import { getNamespace } from '../../cloud-map/find.js';
import { DESCRIPTION, ID, REQUEST_ID } from '../../cloud-map/limits.js';
import { startNamespaceUpdate } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts a change of an HTTP namespace's description. */
export const updateHttpNamespace = operation<Given<UpdateHttpNamespaceRequest>, UpdateHttpNamespaceResponse>({
  service: 'servicediscovery',
  name: 'UpdateHttpNamespace',
  kind: 'write',
  limits: { Id: ID, UpdaterRequestId: REQUEST_ID, 'Namespace.Description': DESCRIPTION },
  run: (call, input) => {
    const row = getNamespace(call.state, input.Id);
    if (row.type !== 'HTTP') throw invalidInput(`Namespace ${row.id} is of type ${row.type}`);
    return startNamespaceUpdate(call, row, {
      description: input.Namespace.Description,
      soaTtl: undefined,
      requestId: input.UpdaterRequestId,
      input,
    });
  },
});
