import { discovered, namedService } from '../discover.js';
import { family } from '../family.js';
import { instancesOf } from '../find.js';
import { ATTRIBUTE_VALUE, NAMESPACE_NAME, OWNER, PAGE_SIZE, SERVICE_NAME } from '../limits.js';

/** What callers discover. */
export const discoveryOperations = family({
  /** Finds instances by the names of namespace and service, by attributes and health: what API Gateway does for each call. */
  DiscoverInstances: {
    limits: {
      NamespaceName: NAMESPACE_NAME,
      ServiceName: SERVICE_NAME,
      MaxResults: { range: [1, 1000] },
      'QueryParameters{}': ATTRIBUTE_VALUE,
      'OptionalParameters{}': ATTRIBUTE_VALUE,
      HealthStatus: { values: ['HEALTHY', 'UNHEALTHY', 'ALL', 'HEALTHY_OR_ELSE_ALL'] },
      OwnerAccount: OWNER,
    },
    run(call, input) {
      const { namespace, service } = namedService(call, input.NamespaceName, input.ServiceName);
      const found = discovered(instancesOf(call.state, service.id), {
        required: input.QueryParameters,
        optional: input.OptionalParameters,
        health: input.HealthStatus ?? 'HEALTHY_OR_ELSE_ALL',
      });
      return {
        Instances: found.slice(0, input.MaxResults ?? PAGE_SIZE).map((row) => ({
          InstanceId: row.id,
          NamespaceName: namespace.name,
          ServiceName: service.name,
          HealthStatus: row.health,
          Attributes: { ...row.attributes },
        })),
        InstancesRevision: service.revision,
      };
    },
  },

  /** A number that grows with every change of what DiscoverInstances would find. */
  DiscoverInstancesRevision: {
    limits: { NamespaceName: NAMESPACE_NAME, ServiceName: SERVICE_NAME, OwnerAccount: OWNER },
    run: (call, input) => ({
      InstancesRevision: namedService(call, input.NamespaceName, input.ServiceName).service.revision,
    }),
  },
});
