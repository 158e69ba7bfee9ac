import type { Container, Task } from '@aws-sdk/client-ecs';
import type { AwsCall } from '../../operation/operation.js';
import { arnOf, findTaskDefinition } from '../find.js';
import type { TaskRow, TaskSource } from '../state.js';
import { tagList } from '../tags.js';

/** A task as DescribeTasks answers it. */
export function taskView(call: AwsCall, row: TaskRow, withTags: boolean): Task {
  const definition = findTaskDefinition(call.state, row.source.taskDefinition);
  const detail = (name: string, value: string | undefined) => (value === undefined ? [] : [{ name, value }]);
  const health = definition?.containers.some(({ healthCheck }) => healthCheck !== undefined);
  const healthStatus = health && row.status === 'RUNNING' ? 'HEALTHY' : 'UNKNOWN';
  const containers = (definition?.containers ?? []).map((one): Container => ({
    containerArn: arnOf(call, 'container', `${row.cluster}/${row.id}/${one.name ?? ''}`),
    taskArn: row.arn,
    name: one.name,
    image: one.image,
    lastStatus: row.status === 'RUNNING' || row.status === 'STOPPED' ? row.status : 'PENDING',
    exitCode: row.status === 'STOPPED' && row.startedAt !== undefined ? 0 : undefined,
    networkBindings: (row.bindings ?? [])
      .filter(({ container }) => container === one.name)
      .map(({ containerPort, hostPort }) => ({ bindIP: '0.0.0.0', containerPort, hostPort, protocol: 'tcp' as const })),
    networkInterfaces:
      row.interfaceId === undefined || row.address === undefined
        ? []
        : [{ attachmentId: row.attachmentId, privateIpv4Address: row.address }],
    healthStatus,
    cpu: String(one.cpu ?? 0),
    memory: one.memory === undefined ? undefined : String(one.memory),
    memoryReservation: one.memoryReservation === undefined ? undefined : String(one.memoryReservation),
  }));
  return {
    taskArn: row.arn,
    clusterArn: arnOf(call, 'cluster', row.cluster),
    taskDefinitionArn: row.source.taskDefinition,
    group: row.group,
    startedBy: row.startedBy,
    launchType: row.instanceId === undefined ? 'FARGATE' : 'EC2',
    capacityProviderName: row.capacityProvider,
    platformVersion: platformVersion(row.source),
    platformFamily: row.instanceId === undefined ? 'Linux' : undefined,
    availabilityZone: call.state.ec2.subnets.get(row.subnetId)?.zoneName,
    attachments:
      row.source.networkConfiguration?.awsvpcConfiguration === undefined
        ? []
        : [
            {
              id: row.attachmentId,
              type: 'ElasticNetworkInterface',
              status: row.interfaceId === undefined ? 'PRECREATED' : row.status === 'STOPPED' ? 'DELETED' : 'ATTACHED',
              details: [
                ...detail('subnetId', row.subnetId),
                ...detail('networkInterfaceId', row.interfaceId),
                ...detail('macAddress', row.macAddress),
                ...detail('privateIPv4Address', row.address),
              ],
            },
          ],
    containers,
    cpu: definition?.fields.cpu,
    memory: definition?.fields.memory,
    connectivity: row.interfaceId === undefined ? undefined : 'CONNECTED',
    createdAt: row.createdAt,
    desiredStatus: row.desiredStatus,
    lastStatus: row.status,
    healthStatus,
    overrides: { containerOverrides: containers.map(({ name }) => ({ name })), inferenceAcceleratorOverrides: [] },
    pullStartedAt: row.pullStartedAt,
    pullStoppedAt: row.pullStoppedAt,
    startedAt: row.startedAt,
    stoppingAt: row.stoppingAt,
    stoppedAt: row.stoppedAt,
    executionStoppedAt: row.stoppedAt,
    stopCode: row.stopCode,
    stoppedReason: row.stoppedReason,
    version: row.version,
    tags: withTags ? tagList(row.tags) : [],
  };
}

/** LATEST is 1.4.0 for Linux. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html */
export function platformVersion({ platformVersion: version }: TaskSource): string | undefined {
  return version === 'LATEST' ? '1.4.0' : version;
}
