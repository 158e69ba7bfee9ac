import type { RegisterInstanceRequest, RegisterInstanceResponse } from '@aws-sdk/client-servicediscovery';
import type { AwsCall } from '../../call.js';
import { limitExceeded } from '../../cloud-map/errors.js';
import { getNamespace, getService, instancesOf, servicesOf } from '../../cloud-map/find.js';
import { firstHealth, instanceAttributes } from '../../cloud-map/instances.js';
import { ATTRIBUTE_VALUE, ID, REQUEST_ID } from '../../cloud-map/limits.js';
import {
  duplicateRequest,
  earlierOperation,
  pendingOperation,
  startOperation,
} from '../../cloud-map/start-operation.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { ServiceRow } from '../../state/cloud-map-state.js';

/** Starts the registration of an instance. One of the same id gets the new attributes. */
export const registerInstance = operation<Given<RegisterInstanceRequest>, RegisterInstanceResponse>({
  service: 'servicediscovery',
  name: 'RegisterInstance',
  kind: 'write',
  limits: {
    ServiceId: ID,
    InstanceId: { length: [0, 64], pattern: /^[0-9a-zA-Z_/:.@-]+$/ },
    CreatorRequestId: REQUEST_ID,
    'Attributes{}': ATTRIBUTE_VALUE,
  },
  run: (call, input) => {
    const service = getService(call.state, input.ServiceId);
    const namespace = getNamespace(call.state, service.namespaceId);
    const earlier = earlierOperation(call, 'REGISTER_INSTANCE', input.CreatorRequestId, input);
    if (earlier !== undefined) return earlier;
    const attributes = instanceAttributes(call, namespace, service, input.Attributes);
    const known = call.state.cloudMap.instances.has(`${service.id}/${input.InstanceId}`);
    if (!known) checkRoom(call, service);
    refuseSecond(call, service, input);
    return startOperation(call, {
      type: 'REGISTER_INSTANCE',
      pace: service.routingPolicy === undefined ? 'plain' : 'records',
      targets: { SERVICE: service.id, INSTANCE: input.InstanceId },
      work: {
        kind: 'register instance',
        serviceId: service.id,
        instanceId: input.InstanceId,
        creatorRequestId: input.CreatorRequestId ?? call.id('', 32),
        attributes,
        health: firstHealth(service, attributes),
      },
      requestId: input.CreatorRequestId,
      input,
    });
  },
});

/** While an instance is being registered or deregistered, nothing else can be done with it. */
function refuseSecond(call: AwsCall, service: ServiceRow, input: Given<RegisterInstanceRequest>): void {
  const pending = pendingOperation(
    call,
    ({ targets }) => targets.SERVICE === service.id && targets.INSTANCE === input.InstanceId,
  );
  if (pending !== undefined) throw duplicateRequest(call, pending);
}

function checkRoom(call: AwsCall, service: ServiceRow): void {
  if (instancesOf(call.state, service.id).length >= call.quota('instances-per-service')) {
    throw limitExceeded('The limit on the number of instances per service has been reached');
  }
  const all = servicesOf(call.state, service.namespaceId).flatMap(({ id }) => instancesOf(call.state, id));
  if (all.length >= call.quota('instances-per-namespace')) {
    throw limitExceeded('The limit on the number of instances per namespace has been reached');
  }
}
