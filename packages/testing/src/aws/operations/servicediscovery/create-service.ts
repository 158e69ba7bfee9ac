import type { CreateServiceRequest, CreateServiceResponse } from '@aws-sdk/client-servicediscovery';
import { invalidInput } from '../../cloud-map/errors.js';
import { getNamespace, servicesOf } from '../../cloud-map/find.js';
import {
  DESCRIPTION,
  ID,
  REQUEST_ID,
  SERVICE_NAME,
  TAGS,
  dnsRecords,
  healthCheckLimits,
} from '../../cloud-map/limits.js';
import { serviceSettings, type ServiceSettings } from '../../cloud-map/services.js';
import { newTags } from '../../cloud-map/tags.js';
import { serviceView } from '../../cloud-map/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { NamespaceRow, ServiceRow } from '../../state/cloud-map-state.js';

/** Creates a service in a namespace, at once. The same request id returns the same service. */
export const createService = operation<Given<CreateServiceRequest>, CreateServiceResponse>({
  service: 'servicediscovery',
  name: 'CreateService',
  kind: 'write',
  limits: {
    Name: SERVICE_NAME,
    NamespaceId: ID,
    CreatorRequestId: REQUEST_ID,
    Description: DESCRIPTION,
    'DnsConfig.NamespaceId': { length: [0, 64] },
    'DnsConfig.RoutingPolicy': { values: ['MULTIVALUE', 'WEIGHTED'] },
    ...dnsRecords('DnsConfig'),
    ...healthCheckLimits('HealthCheckConfig'),
    'HealthCheckCustomConfig.FailureThreshold': { range: [1, 10] },
    Type: { values: ['HTTP'] },
    ...TAGS,
  },
  run: (call, input) => {
    const namespace = getNamespace(call.state, namespaceId(input));
    const settings = serviceSettings(namespace, input);
    const twin = servicesOf(call.state, namespace.id).find((row) => sameName(namespace, row.name, input.Name));
    if (twin !== undefined) return { Service: serviceView(call, earlier(twin, input, settings)) };
    const id = call.id('srv-', 16, 'base36');
    const row: ServiceRow = {
      id,
      arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:service/${id}`,
      name: input.Name,
      namespaceId: namespace.id,
      ...settings,
      createDate: new Date(call.now),
      creatorRequestId: input.CreatorRequestId ?? call.id('', 32),
      description: input.Description,
      revision: 1,
      attributes: {},
      tags: newTags(input.Tags),
    };
    call.state.cloudMap.services.set(id, row);
    return { Service: serviceView(call, row) };
  },
});

function namespaceId(input: Given<CreateServiceRequest>): string {
  const inDns = input.DnsConfig?.NamespaceId;
  const id = input.NamespaceId ?? inDns;
  if (id === undefined) throw invalidInput('A namespace id is required.');
  if (inDns !== undefined && inDns !== id)
    throw invalidInput('NamespaceId and DnsConfig.NamespaceId must be the same.');
  return id;
}

/** DNS names are not case-sensitive. */
function sameName(namespace: NamespaceRow, a: string, b: string): boolean {
  return namespace.type === 'HTTP' ? a === b : a.toLowerCase() === b.toLowerCase();
}

function earlier(row: ServiceRow, input: Given<CreateServiceRequest>, settings: ServiceSettings): ServiceRow {
  const members = Object.keys(settings) as (keyof ServiceSettings)[];
  const same = members.every((member) => JSON.stringify(row[member]) === JSON.stringify(settings[member]));
  if (same && input.CreatorRequestId === row.creatorRequestId) return row;
  throw new ServiceError('ServiceAlreadyExists', `Service with name ${row.name} already exists`, 400, {
    CreatorRequestId: row.creatorRequestId,
    ServiceId: row.id,
    ServiceArn: row.arn,
  });
}
