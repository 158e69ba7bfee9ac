import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { limitExceeded, ATTRIBUTE_VALUE, ID, INSTANCE_ID, PAGE, pageOf, REQUEST_ID, family } from '../request.js';
import { getInstance, getNamespace, getService, instancesOf, servicesOf } from '../find.js';
import { firstHealth, instanceAttributes } from '../instances.js';
import { earlierOperation, refuseWhilePending, startOperation } from '../jobs.js';
import type { ServiceRow } from '../state.js';
import { limited } from '../../operation/family.js';

/** Instances of services, and their health. */
export const instanceOperations = family({
  /** Starts the registration of an instance. One of the same id gets the new attributes. */
  RegisterInstance: {
    limits: {
      ServiceId: ID,
      InstanceId: { length: [0, 64], pattern: /^[0-9a-zA-Z_/:.@-]+$/ },
      CreatorRequestId: REQUEST_ID,
      'Attributes{}': ATTRIBUTE_VALUE,
    },
    run(call, input) {
      const service = getService(call.state, input.ServiceId);
      const namespace = getNamespace(call.state, service.fields.NamespaceId);
      const earlier = earlierOperation(call, 'register instance', input.CreatorRequestId, input);
      if (earlier !== undefined) return earlier;

      const attributes = instanceAttributes(call, namespace, service, input.Attributes);
      const known = call.state.cloudMap.instances.has(`${service.fields.Id}/${input.InstanceId}`);
      if (!known) checkRoom(call, service);
      const targets = { SERVICE: service.fields.Id, INSTANCE: input.InstanceId };
      refuseWhilePending(call, targets);
      const work = {
        kind: 'register instance' as const,
        serviceId: service.fields.Id,
        instanceId: input.InstanceId,
        creatorRequestId: input.CreatorRequestId ?? call.id('', 32),
        attributes,
        health: firstHealth(service, attributes),
      };
      const how = { pace: paceOf(service), targets, requestId: input.CreatorRequestId, input } as const;
      return startOperation(call, work, how);
    },
  },

  /** Starts the deregistration of an instance. */
  DeregisterInstance: limited({ ServiceId: ID, InstanceId: INSTANCE_ID }, (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const { Id: instanceId } = getInstance(call.state, service, input.InstanceId).fields;
    const { Id: serviceId } = service.fields;
    const targets = { SERVICE: serviceId, INSTANCE: instanceId };
    refuseWhilePending(call, targets);
    const how = { pace: paceOf(service), targets, input };
    return startOperation(call, { kind: 'deregister instance', serviceId, instanceId }, how);
  }),

  GetInstance: limited({ ServiceId: ID, InstanceId: INSTANCE_ID }, (call, input) => {
    const row = getInstance(call.state, getService(call.state, input.ServiceId), input.InstanceId);
    return { ResourceOwner: call.account, Instance: row.fields };
  }),

  ListInstances: limited({ ServiceId: ID, ...PAGE }, (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const { items, next } = pageOf(
      `ListInstances ${service.fields.Id}`,
      instancesOf(call.state, service.fields.Id),
      input,
    );
    const Instances = items.map(({ fields }) => {
      const { CreatorRequestId: _, ...summary } = fields;
      return summary;
    });
    return { ResourceOwner: call.account, Instances, NextToken: next };
  }),

  /** The health of the instances of a service, all or those named. */
  GetInstancesHealthStatus: {
    limits: { ServiceId: ID, Instances: { length: [1, Number.MAX_SAFE_INTEGER] }, 'Instances[]': INSTANCE_ID, ...PAGE },
    run(call, input) {
      const service = getService(call.state, input.ServiceId);
      const rows =
        input.Instances?.map((id) => getInstance(call.state, service, id)) ??
        instancesOf(call.state, service.fields.Id);
      const { items, next } = pageOf(`GetInstancesHealthStatus ${service.fields.Id}`, rows, input);
      return { Status: Object.fromEntries(items.map(({ fields, health }) => [fields.Id, health])), NextToken: next };
    },
  },

  /** Sets whether an instance is healthy, for a service with a custom health check. */
  UpdateInstanceCustomHealthStatus: {
    limits: { ServiceId: ID, InstanceId: INSTANCE_ID, Status: { values: ['HEALTHY', 'UNHEALTHY'] } },
    run(call, input) {
      const service = getService(call.state, input.ServiceId);
      if (service.fields.HealthCheckCustomConfig === undefined) {
        throw new ServiceError(
          'CustomHealthNotFound',
          `The service ${service.fields.Id} has no HealthCheckCustomConfig`,
          400,
        );
      }

      const row = getInstance(call.state, service, input.InstanceId);
      if (row.health !== input.Status) service.revision += 1;
      row.health = input.Status;
      return {};
    },
  },
});

const paceOf = ({ fields }: ServiceRow): 'plain' | 'records' => (fields.DnsConfig === undefined ? 'plain' : 'records');

function checkRoom(call: AwsCall, service: ServiceRow): void {
  if (instancesOf(call.state, service.fields.Id).length >= call.quota('instances-per-service')) {
    throw limitExceeded('The limit on the number of instances per service has been reached');
  }

  const all = servicesOf(call.state, service.fields.NamespaceId).flatMap(({ fields }) =>
    instancesOf(call.state, fields.Id),
  );
  if (all.length >= call.quota('instances-per-namespace')) {
    throw limitExceeded('The limit on the number of instances per namespace has been reached');
  }
}
