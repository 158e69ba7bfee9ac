import type {
  DiscoverInstancesRevisionRequest,
  DiscoverInstancesRevisionResponse,
} from '@aws-sdk/client-servicediscovery';
import { namedService } from '../../cloud-map/discover.js';
import { NAMESPACE_NAME, OWNER, SERVICE_NAME } from '../../cloud-map/limits.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** A number that grows with every change of what DiscoverInstances would find. */
export const discoverInstancesRevision = operation<
  Given<DiscoverInstancesRevisionRequest>,
  DiscoverInstancesRevisionResponse
>({
  service: 'servicediscovery',
  name: 'DiscoverInstancesRevision',
  kind: 'read',
  limits: { NamespaceName: NAMESPACE_NAME, ServiceName: SERVICE_NAME, OwnerAccount: OWNER },
  run: (call, input) => ({
    InstancesRevision: namedService(call, input.NamespaceName, input.ServiceName).service.revision,
  }),
});
