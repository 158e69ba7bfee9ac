import type {
  UpdatePrivateDnsNamespaceRequest,
  UpdatePrivateDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery';
import { DNS_NAMESPACE_UPDATE, updateDnsNamespace } from '../../cloud-map/namespaces.js';
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
  limits: DNS_NAMESPACE_UPDATE,
  run: (call, input) => updateDnsNamespace(call, 'DNS_PRIVATE', input),
});
