import { type AwsCall, isMoving } from '../../operation/operation.js';
import { putInstance, removeInstance } from '../../cloud-map/jobs.js';
import { firstHealth } from '../../cloud-map/instances.js';
import { targetHealth } from '../../load-balancing/target-group/health.js';
import { targetGroupAttributes } from '../../load-balancing/target-group/target-group-attributes.js';
import { deregister, register, sameTarget } from '../../load-balancing/target-group/targets.js';
import type { TargetGroupRow, TargetRow } from '../../load-balancing/state.js';
import { findTaskDefinition, nameOf } from '../find.js';
import type { Registration, ServiceRegistry, TaskRow } from '../state.js';

type Target = Extract<Registration, { kind: 'target' }>;

/**
 * Registers a running task: its address and the container's port with each target group, and as an instance of each Cloud Map
 * service. An instance has a port where the service has SRV records only, so that an API cannot call one with A records.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
 * @throws {ServiceError} of a target that the group does not take
 */
export function registerTask(call: AwsCall, task: TaskRow): void {
  const address = task.address ?? '';
  for (const { targetGroupArn = '', containerName, containerPort = 0 } of task.source.loadBalancers) {
    const group = call.state.loadBalancing.targetGroups.get(targetGroupArn);
    if (group === undefined) continue;

    const id = group.fields.TargetType === 'instance' ? (task.instanceId ?? '') : address;
    const port = hostPort(task, containerName, containerPort);
    register(call, group, [{ Id: id, Port: port }]);
    task.registrations.push({ kind: 'target', groupArn: targetGroupArn, id, port });
  }
  for (const registry of task.source.serviceRegistries) registerInstance(call, task, registry, address);
}

/** The port at which a container answers, of the task or of its instance. */
function hostPort({ bindings = [] }: TaskRow, container: string | undefined, port: number): number {
  const own = bindings.find((one) => one.container === container && one.containerPort === port);
  return own?.hostPort ?? port;
}

function registerInstance(
  call: AwsCall,
  task: TaskRow,
  { registryArn = '', port, containerName, containerPort }: ServiceRegistry,
  address: string,
): void {
  const service = call.state.cloudMap.services.get(nameOf(registryArn));
  if (service === undefined) return;

  const hasPort = service.fields.DnsConfig?.DnsRecords.some(({ Type }) => Type === 'SRV') === true;
  const attributes: Record<string, string> = {
    AWS_INSTANCE_IPV4: address,
    ...(hasPort && { AWS_INSTANCE_PORT: String(hostPort(task, containerName, containerPort ?? port ?? 0)) }),
    AVAILABILITY_ZONE: call.state.ec2.subnets.get(task.subnetId)?.zoneName ?? '',
    REGION: call.region,
    ECS_CLUSTER_NAME: task.cluster,
    ECS_SERVICE_NAME: task.fields.group.slice(task.fields.group.indexOf(':') + 1),
    ECS_TASK_DEFINITION_FAMILY: findTaskDefinition(call.state, task.source.taskDefinition)?.fields.family ?? '',
  };
  const health = firstHealth(service, attributes);
  putInstance(call, {
    instanceId: task.id,
    serviceId: service.fields.Id,
    attributes,
    creatorRequestId: task.id,
    health,
  });
  task.registrations.push({ kind: 'instance', serviceId: service.fields.Id });
}

/** Deregisters a task. Returns how long its targets drain, in milliseconds. */
export function deregisterTask(call: AwsCall, task: TaskRow): number {
  let drainingMs = 0;
  for (const one of task.registrations) {
    if (one.kind === 'instance') removeInstance(call, { instanceId: task.id, serviceId: one.serviceId });
    else {
      const { group, target } = targetOf(call, task, one);
      if (group === undefined || target === undefined) continue;

      deregister(call, group, target);
      if (target.deregisteredAt === undefined) continue;

      const seconds = Number(targetGroupAttributes(group)['deregistration_delay.timeout_seconds'] ?? 0);
      drainingMs = Math.max(drainingMs, seconds * 1000);
    }
  }
  task.registrations = [];
  return drainingMs;
}

/** The health of a task, as its service sees it. */
export type TaskHealth =
  | { readonly is: 'starting' | 'healthy' }
  | { readonly is: 'failing'; readonly groupArn: string; readonly port: number; readonly why: string };

/** A running task is healthy when each of its targets is. Health checks that are off count as passed. */
export function taskHealth(call: AwsCall, task: TaskRow): TaskHealth {
  if (task.fields.lastStatus !== 'RUNNING') return { is: 'starting' };

  let isInitial = false;
  for (const one of task.registrations) {
    if (one.kind !== 'target') continue;

    const { group, target } = targetOf(call, task, one);
    if (group?.attachedAt === undefined) continue; // no load balancer checks it

    const { State, Description = '' } = targetHealth(call, group, target);
    if (State === 'initial') isInitial = true;
    else if (State !== 'healthy' && State !== 'unavailable') {
      return { is: 'failing', groupArn: one.groupArn, port: one.port, why: Description };
    }
  }
  return { is: isInitial ? 'starting' : 'healthy' };
}

/** Whether the health of a running task changes as time passes, because the network carries checks to it in another way than before. */
export function isPassing(call: AwsCall, task: TaskRow): boolean {
  return (
    task.fields.lastStatus === 'RUNNING' &&
    task.registrations.some((one) => {
      if (one.kind !== 'target') return false;

      const { group, target } = targetOf(call, task, one);
      return group && target && call.reachedOf(group, target).some((reached) => isMoving(reached, call.now));
    })
  );
}

function targetOf(
  { state }: AwsCall,
  { address = '' }: TaskRow,
  { groupArn, id = address, port }: Target,
): { readonly group: TargetGroupRow | undefined; readonly target: TargetRow | undefined } {
  const group = state.loadBalancing.targetGroups.get(groupArn);
  return { group, target: group?.targets.find((row) => sameTarget(group, row, { Id: id, Port: port })) };
}
