import type { RegisterInstanceRequest } from '@aws-sdk/client-servicediscovery';
import { type AwsCall, ServiceError } from '../../operation/operation.js';
import { limitExceeded, ATTRIBUTE_VALUE, ID, INSTANCE_ID, PAGE, pageOf, REQUEST_ID, family } from '../request.js';
import { getInstance, getNamespace, getService, instancesOf, servicesOf } from '../find.js';
import { firstHealth, instanceAttributes } from '../instances.js';
import { duplicateRequest, earlierOperation, pendingOperation, startOperation } from '../operation-runs.js';
import type { Given } from '../../state/given.js';
import type { OperationRow, ServiceRow } from '../state.js';

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
      const earlier = earlierOperation(call, 'REGISTER_INSTANCE', input.CreatorRequestId, input);
      if (earlier !== undefined) return earlier;

      const attributes = instanceAttributes(call, namespace, service, input.Attributes);
      const known = call.state.cloudMap.instances.has(`${service.fields.Id}/${input.InstanceId}`);
      if (!known) checkRoom(call, service);
      refuseSecond(call, service, input);
      return startOperation(call, {
        type: 'REGISTER_INSTANCE',
        pace: service.fields.DnsConfig === undefined ? 'plain' : 'records',
        targets: { SERVICE: service.fields.Id, INSTANCE: input.InstanceId },
        work: {
          kind: 'register instance',
          serviceId: service.fields.Id,
          instanceId: input.InstanceId,
          creatorRequestId: input.CreatorRequestId ?? call.id('', 32),
          attributes,
          health: firstHealth(service, attributes),
        },
        requestId: input.CreatorRequestId,
        input,
      });
    },
  },

  /** Starts the deregistration of an instance. */
  DeregisterInstance: {
    limits: { ServiceId: ID, InstanceId: INSTANCE_ID },
    run(call, input) {
      const service = getService(call.state, input.ServiceId);
      const instance = getInstance(call.state, service, input.InstanceId);
      const pending = pendingOperation(call, (row) => isAbout(row, service, instance.fields.Id));
      if (pending !== undefined) throw duplicateRequest(call, pending);

      return startOperation(call, {
        type: 'DEREGISTER_INSTANCE',
        pace: service.fields.DnsConfig === undefined ? 'plain' : 'records',
        targets: { SERVICE: service.fields.Id, INSTANCE: instance.fields.Id },
        work: { kind: 'deregister instance', serviceId: service.fields.Id, instanceId: instance.fields.Id },
        requestId: undefined,
        input,
      });
    },
  },

  GetInstance: {
    limits: { ServiceId: ID, InstanceId: INSTANCE_ID },
    run(call, input) {
      const row = getInstance(call.state, getService(call.state, input.ServiceId), input.InstanceId);
      return { ResourceOwner: call.account, Instance: row.fields };
    },
  },

  ListInstances: {
    limits: { ServiceId: ID, ...PAGE },
    run(call, input) {
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
    },
  },

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

/** While an instance is being registered or deregistered, nothing else can be done with it. */
function refuseSecond(call: AwsCall, service: ServiceRow, input: Given<RegisterInstanceRequest>): void {
  const pending = pendingOperation(call, (row) => isAbout(row, service, input.InstanceId));
  if (pending !== undefined) throw duplicateRequest(call, pending);
}

function isAbout({ fields }: OperationRow, service: ServiceRow, instanceId: string): boolean {
  return fields.Targets.SERVICE === service.fields.Id && fields.Targets.INSTANCE === instanceId;
}

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
