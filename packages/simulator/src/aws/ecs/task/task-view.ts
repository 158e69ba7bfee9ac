import type { Attachment, Container, Task } from '@aws-sdk/client-ecs';
import { defined } from '../../../simulation/defined.js';
import type { AwsCall } from '../../operation/operation.js';
import { arnOf, findTaskDefinition } from '../find.js';
import type { TaskRow, TaskSource } from '../state.js';
import { tagList } from '../tags.js';

/** A task as DescribeTasks answers it. */
export function taskView(call: AwsCall, row: TaskRow, withTags: boolean): Task {
  const { taskArn, lastStatus, startedAt } = row.fields;
  const definition = findTaskDefinition(call.state, row.source.taskDefinition)?.fields;
  const health = definition?.containerDefinitions.some(({ healthCheck }) => healthCheck !== undefined);
  const healthStatus = health && lastStatus === 'RUNNING' ? 'HEALTHY' : 'UNKNOWN';
  const containers = (definition?.containerDefinitions ?? []).map((one): Container => ({
    containerArn: arnOf(call, 'container', `${row.cluster}/${row.id}/${one.name ?? ''}`),
    taskArn,
    name: one.name,
    image: one.image,
    lastStatus: lastStatus === 'RUNNING' || lastStatus === 'STOPPED' ? lastStatus : 'PENDING',
    exitCode: lastStatus === 'STOPPED' && startedAt !== undefined ? 0 : undefined,
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
    ...row.fields,
    platformVersion: platformVersion(row.source),
    platformFamily: row.instanceId === undefined ? 'Linux' : undefined,
    availabilityZone: call.state.ec2.subnets.get(row.subnetId)?.zoneName,
    attachments: row.source.networkConfiguration?.awsvpcConfiguration === undefined ? [] : [attachment(row)],
    containers,
    cpu: definition?.cpu,
    memory: definition?.memory,
    connectivity: row.interfaceId === undefined ? undefined : 'CONNECTED',
    healthStatus,
    overrides: { containerOverrides: containers.map(({ name }) => ({ name })), inferenceAcceleratorOverrides: [] },
    tags: withTags ? tagList(row.tags) : [],
  };
}

function attachment({ fields, attachmentId, subnetId, interfaceId, macAddress, address }: TaskRow): Attachment {
  const details = { subnetId, networkInterfaceId: interfaceId, macAddress, privateIPv4Address: address };
  return {
    id: attachmentId,
    type: 'ElasticNetworkInterface',
    status: interfaceId === undefined ? 'PRECREATED' : fields.lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED',
    details: Object.entries(defined(details)).map(([name, value]) => ({ name, value })),
  };
}

/** LATEST is 1.4.0 for Linux. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html */
export function platformVersion({ platformVersion: version }: TaskSource): string | undefined {
  return version === 'LATEST' ? '1.4.0' : version;
}
