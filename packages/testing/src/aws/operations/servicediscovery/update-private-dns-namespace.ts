import type {
  UpdatePrivateDnsNamespaceRequest,
  UpdatePrivateDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery';
import { invalidInput } from '../../cloud-map/errors.js';
import { getNamespace } from '../../cloud-map/find.js';
import { DESCRIPTION, ID, REQUEST_ID, TTL } from '../../cloud-map/limits.js';
import { startNamespaceUpdate } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts a change of a private DNS namespace's description or start-of-authority record. */
export const updatePrivateDnsNamespace = operation<
  Given<UpdatePrivateDnsNamespaceRequest>,
  UpdatePrivateDnsNamespaceResponse
>({
  service: 'servicediscovery',
  name: 'UpdatePrivateDnsNamespace',
  kind: 'write',
  limits: {
    Id: ID,
    UpdaterRequestId: REQUEST_ID,
    'Namespace.Description': DESCRIPTION,
    'Namespace.Properties.DnsProperties.SOA.TTL': TTL,
  },
  run: (call, input) => {
    const row = getNamespace(call.state, input.Id);
    if (row.type !== 'DNS_PRIVATE') throw invalidInput(`Namespace ${row.id} is of type ${row.type}`);
    return startNamespaceUpdate(call, row, {
      description: input.Namespace.Description,
      soaTtl: input.Namespace.Properties?.DnsProperties.SOA.TTL,
      requestId: input.UpdaterRequestId,
      input,
    });
  },
});
