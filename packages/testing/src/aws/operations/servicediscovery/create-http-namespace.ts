import type { CreateHttpNamespaceRequest, CreateHttpNamespaceResponse } from '@aws-sdk/client-servicediscovery';
import { DESCRIPTION, REQUEST_ID, TAGS } from '../../cloud-map/limits.js';
import { startNamespace } from '../../cloud-map/namespaces.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Starts the creation of a namespace whose services are found by API calls only. */
export const createHttpNamespace = operation<Given<CreateHttpNamespaceRequest>, CreateHttpNamespaceResponse>({
  service: 'servicediscovery',
  name: 'CreateHttpNamespace',
  kind: 'write',
  limits: {
    Name: { length: [0, 1024], pattern: /^(?!arn:)[!-~]{1,1024}$/ },
    CreatorRequestId: REQUEST_ID,
    Description: DESCRIPTION,
    ...TAGS,
  },
  run: (call, input) =>
    startNamespace(call, {
      type: 'HTTP',
      name: input.Name,
      creatorRequestId: input.CreatorRequestId,
      description: input.Description,
      tags: input.Tags,
      input,
    }),
});
