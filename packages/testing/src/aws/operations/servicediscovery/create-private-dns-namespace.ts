import type {
  CreatePrivateDnsNamespaceRequest,
  CreatePrivateDnsNamespaceResponse,
} from '@aws-sdk/client-servicediscovery';
import { DESCRIPTION, REQUEST_ID, TAGS, TTL } from '../../cloud-map/limits.js';
import { startNamespace } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts the creation of a namespace with a private hosted zone in a VPC. */
export const createPrivateDnsNamespace = operation<
  Given<CreatePrivateDnsNamespaceRequest>,
  CreatePrivateDnsNamespaceResponse
>({
  service: 'servicediscovery',
  name: 'CreatePrivateDnsNamespace',
  kind: 'write',
  limits: {
    Name: { length: [0, 253], pattern: /^(?!arn:)[!-~]{1,253}$/ },
    Vpc: { length: [0, 64] },
    CreatorRequestId: REQUEST_ID,
    Description: DESCRIPTION,
    'Properties.DnsProperties.SOA.TTL': TTL,
    ...TAGS,
  },
  run: (call, input) =>
    startNamespace(call, {
      type: 'DNS_PRIVATE',
      name: input.Name,
      vpcId: input.Vpc,
      creatorRequestId: input.CreatorRequestId,
      description: input.Description,
      tags: input.Tags,
      soaTtl: input.Properties?.DnsProperties.SOA.TTL,
      input,
    }),
});
