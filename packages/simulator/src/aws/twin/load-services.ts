import type { RegionSnapshot } from '@postern/core';
import type { DiscoveryService, ServiceInstance } from '@postern/core/snapshot';
import type { AwsCall } from '../operation/call.js';
import type { InstanceRow, ServiceRow } from '../cloud-map/state.js';
import type { Lack } from './lack.js';

/** Cloud Map's services with their instances, in one namespace: services do not name theirs in a portable form. */
export function loadServices(call: AwsCall, { services }: RegionSnapshot, lack: Lack): void {
  if (services === undefined) return lack(`the Cloud Map services of ${call.region} were not read`);
  if (services.length === 0) return;
  const { cloudMap } = call.state;
  const namespaceId = call.id('ns-', 16, 'base36');
  cloudMap.namespaces.set(namespaceId, {
    id: namespaceId,
    arn: `arn:${call.partition}:servicediscovery:${call.region}:${call.account}:namespace/${namespaceId}`,
    name: 'twin',
    type: 'HTTP',
    hostedZoneId: undefined,
    vpcId: undefined,
    createDate: new Date(call.now),
    creatorRequestId: namespaceId,
    description: undefined,
    soaTtl: undefined,
    tags: {},
  });
  for (const service of services) {
    if (service.instances === undefined) lack(`the instances of ${service.id} were not read`);
    const row = serviceRow(call, service, namespaceId);
    cloudMap.services.set(row.id, row);
    for (const instance of service.instances ?? []) {
      cloudMap.instances.set(`${row.id}/${instance.id}`, instanceRow(row.id, instance));
    }
  }
}

function serviceRow(call: AwsCall, { id: arn, name, healthCheck }: DiscoveryService, namespaceId: string): ServiceRow {
  const id = arn.split('/').at(-1) ?? arn;
  return {
    id,
    arn,
    name: name ?? id,
    namespaceId,
    type: 'HTTP',
    routingPolicy: undefined,
    healthCheckCustom: healthCheck === 'custom' ? { failureThreshold: 1 } : undefined,
    createDate: new Date(call.now),
    creatorRequestId: id,
    description: undefined,
    dnsRecords: [],
    healthCheck: healthCheck === 'native' ? { type: 'TCP', resourcePath: undefined, failureThreshold: 1 } : undefined,
    revision: 1,
    attributes: {},
    tags: {},
  };
}

function instanceRow(
  serviceId: string,
  { id, address, ipv6Address, port, attributes: own, healthy }: ServiceInstance,
): InstanceRow {
  const attributes = {
    ...own,
    AWS_INSTANCE_IPV4: address,
    AWS_INSTANCE_IPV6: ipv6Address,
    AWS_INSTANCE_PORT: port === undefined ? undefined : String(port),
  };
  return {
    id,
    serviceId,
    attributes: Object.fromEntries(
      Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    creatorRequestId: id,
    health: healthy === undefined ? 'UNKNOWN' : healthy ? 'HEALTHY' : 'UNHEALTHY',
  };
}
