import type { AwsCall } from '../operation/operation.js';
import { setDesired } from '../auto-scaling/group.js';
import { aliveOf, scale } from '../auto-scaling/scaling.js';
import type { InterfaceRow } from '../ec2/state.js';
import type { RegionState } from '../state/aws-state.js';
import { findTaskDefinition } from './find.js';
import type { PortBinding, TaskRow, TaskSource } from './state.js';

/** The capacity providers of AWS itself. */
export const FARGATE_PROVIDERS: readonly string[] = ['FARGATE', 'FARGATE_SPOT'];

/** Whether tasks run on Fargate, and not on instances of the account. */
export function runsOnFargate({
  launchType,
  capacityProviderStrategy: [first],
}: Pick<TaskSource, 'launchType' | 'capacityProviderStrategy'>): boolean {
  return launchType === 'FARGATE' || FARGATE_PROVIDERS.includes(first?.capacityProvider ?? '');
}

/** Where a task runs that is not on Fargate. */
export interface Placed {
  readonly instanceId: string;
  readonly bindings: readonly PortBinding[];
}

/**
 * Where user data names the cluster: for the agent on Linux, for Bottlerocket, and on Windows.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html
 * @see https://bottlerocket.dev/en/os/latest/api/settings/ecs/#cluster
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html
 */
const CLUSTER =
  /\bECS_CLUSTER=["']?([\w-]*)|\[settings\.ecs\][^[]*?\bcluster\s*=\s*"([\w-]+)"|Initialize-ECSAgent\b.{0,1000}?-Cluster\s+["']?([\w-]+)/i;

/**
 * The instances of a cluster: those that run, and whose user data has the cluster in the settings of the agent. With a capacity
 * provider, those of its Auto Scaling group.
 */
export function containerInstances({ state }: AwsCall, cluster: string, provider?: string): readonly string[] {
  const group = provider === undefined ? undefined : groupOf(state, provider);
  return [...state.ec2.instances.values()]
    .filter(({ id, state: is, options }) => {
      const text = Buffer.from(options?.UserData ?? '', 'base64').toString('utf8');
      const found = CLUSTER.exec(text);
      const name = found?.slice(1).find(Boolean) ?? 'default';
      const isOfProvider =
        provider === undefined || group?.instances.some(({ InstanceId }) => InstanceId === id) === true;
      return is === 'running' && found !== null && name === cluster && isOfProvider;
    })
    .map(({ id }) => id);
}

/** The group of a capacity provider. */
function groupOf({ ecs, autoScaling }: RegionState, provider: string) {
  const arn = ecs.capacityProviders.get(provider)?.fields.autoScalingGroupProvider.autoScalingGroupArn;
  return [...autoScaling.groups.values()].find(({ fields }) => fields.AutoScalingGroupARN === arn);
}

/**
 * A capacity provider that scales its group launches instances for tasks that have none, as many as the group may have. Those that start
 * are waited for: where they join another cluster, there are no more. It does not end any.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-auto-scaling.html
 */
export function scaleOut(call: AwsCall, cluster: string, provider: string, tasks: number): void {
  const { managedScaling } = call.state.ecs.capacityProviders.get(provider)?.fields.autoScalingGroupProvider ?? {};
  const group = groupOf(call.state, provider);
  if (managedScaling?.status !== 'ENABLED' || group === undefined) return;

  const { DesiredCapacity: before, MaxSize } = group.fields;
  if (aliveOf(group).length > containerInstances(call, cluster, provider).length || before >= MaxSize) return;

  const desired = Math.min(MaxSize, before + tasks);
  setDesired(group, desired);
  scale(call, group, `a capacity provider changed the desired capacity from ${before} to ${desired}.`); // [U] words
}

/** The first port that Docker chooses [I]: the range is that of the kernel, 32768 to 60999. */
const FIRST_CHOSEN = 32_768;

/** The instance with the fewest tasks whose ports are free. Undefined: there is none. */
export function placeOn(
  call: AwsCall,
  cluster: string,
  source: TaskSource,
  provider: string | undefined,
): Placed | undefined {
  const tasks = [...call.state.ecs.tasks.values()].filter(({ fields }) => fields.lastStatus !== 'STOPPED');
  const on = (id: string): readonly TaskRow[] => tasks.filter(({ instanceId }) => instanceId === id);
  const definition = findTaskDefinition(call.state, source.taskDefinition);
  const isMapped = definition?.fields.networkMode !== 'awsvpc';
  for (const instanceId of containerInstances(call, cluster, provider).toSorted(
    (a, b) => on(a).length - on(b).length,
  )) {
    const taken = new Set(on(instanceId).flatMap(({ bindings = [] }) => bindings.map(({ hostPort }) => hostPort)));
    const bindings: PortBinding[] = [];
    for (const { name = '', portMappings = [] } of isMapped ? (definition?.fields.containerDefinitions ?? []) : [])
      for (const { containerPort = 0, hostPort: wanted = 0 } of portMappings) {
        const hostPort = wanted === 0 ? free([...taken, ...bindings.map((one) => one.hostPort)]) : wanted;
        bindings.push({ container: name, containerPort, hostPort });
      }
    if (bindings.every(({ hostPort }) => !taken.has(hostPort))) return { instanceId, bindings };
  }
  return undefined;
}

/** The first port that is not taken. */
function free(taken: readonly number[]): number {
  let port = FIRST_CHOSEN;
  while (taken.includes(port)) port += 1;
  return port;
}

/** The primary interface of an instance. */
export function interfaceOf({ ec2 }: RegionState, instanceId: string | undefined): InterfaceRow | undefined {
  return [...ec2.interfaces.values()].find(
    ({ attachment }) =>
      instanceId !== undefined && attachment?.InstanceId === instanceId && attachment.DeviceIndex === 0,
  );
}
