import type {
  CreatePublicDnsNamespaceRequest,
  CreatePublicDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery';
import { DESCRIPTION, REQUEST_ID, TAGS, TTL } from '../../cloud-map/limits.js';
import { startNamespace } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts the creation of a namespace with a public hosted zone. */
export const createPublicDnsNamespace = operation<
  Given<CreatePublicDnsNamespaceRequest>,
  CreatePublicDnsNamespaceResponse
>({
  service: 'servicediscovery',
  name: 'CreatePublicDnsNamespace',
  kind: 'write',
  limits: {
    Name: {
      length: [0, 253],
      pattern: /^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
    },
    CreatorRequestId: REQUEST_ID,
    Description: DESCRIPTION,
    'Properties.DnsProperties.SOA.TTL': TTL,
    ...TAGS,
  },
  run: (call, input) =>
    startNamespace(call, {
      type: 'DNS_PUBLIC',
      name: input.Name,
      creatorRequestId: input.CreatorRequestId,
      description: input.Description,
      tags: input.Tags,
      soaTtl: input.Properties?.DnsProperties.SOA.TTL,
      input,
    }),
});
