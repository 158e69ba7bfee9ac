import type {
  UpdatePublicDnsNamespaceRequest,
  UpdatePublicDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery';
import { DNS_NAMESPACE_UPDATE, updateDnsNamespace } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts a change of a public DNS namespace's description or start-of-authority record. */
export const updatePublicDnsNamespace = operation<
  Given<UpdatePublicDnsNamespaceRequest>,
  UpdatePublicDnsNamespaceResponse
>({
  service: 'servicediscovery',
  name: 'UpdatePublicDnsNamespace',
  kind: 'write',
  limits: DNS_NAMESPACE_UPDATE,
  run: (call, input) => updateDnsNamespace(call, 'DNS_PUBLIC', input),
});
