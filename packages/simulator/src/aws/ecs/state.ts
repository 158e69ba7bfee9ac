import type {
  AutoScalingGroupProvider,
  CapacityProviderStrategyItem,
  Cluster,
  ContainerDefinition as WireContainer,
  CreateServiceRequest,
  DeploymentRolloutState,
  LaunchType,
  LoadBalancer as WireLoadBalancer,
  NetworkConfiguration as WireNetwork,
  Service,
  ServiceEvent,
  ServiceRegistry as WireRegistry,
  TaskDefinition,
  TaskStopCode,
} from '@aws-sdk/client-ecs';
import type { Given } from '../state/given.js';
import type { TagRow } from '../state/tag-row.js';

/** Elastic Container Service in one region. */
export interface EcsState {
  /** By name. */
  readonly clusters: Map<string, ClusterRow>;
  /** By `<family>:<revision>`. */
  readonly taskDefinitions: Map<string, TaskDefinitionRow>;
  /** By `<cluster>/<service>`. */
  readonly services: Map<string, ServiceRow>;
  /** By name; those of AWS itself are not among them. */
  readonly capacityProviders: Map<string, CapacityProviderRow>;
  /** By ID, 32 hex digits. */
  readonly tasks: Map<string, TaskRow>;
}

export interface ClusterRow extends Pick<Cluster, 'configuration' | 'settings' | 'serviceConnectDefaults'> {
  readonly name: string;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  capacityProviders: string[];
  defaultStrategy: CapacityProviderStrategyItem[];
  tags: TagRow;
}

/** A capacity provider of an Auto Scaling group. */
export interface CapacityProviderRow {
  readonly name: string;
  readonly arn: string;
  group: AutoScalingGroupProvider;
  tags: TagRow;
}

export type ContainerDefinition = Given<WireContainer>;

export interface TaskDefinitionRow {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly containers: ContainerDefinition[];
  /** The further members, as they were registered. */
  readonly fields: Omit<TaskDefinition, 'containerDefinitions' | 'status' | 'deregisteredAt'>;
  status: 'ACTIVE' | 'INACTIVE';
  deregisteredAt: Date | undefined;
  tags: TagRow;
}

export type NetworkConfiguration = Given<WireNetwork>;
export type LoadBalancer = Given<WireLoadBalancer>;
export type ServiceRegistry = Given<WireRegistry>;

/** What a deployment starts tasks with. */
export interface TaskSource {
  /** ARN. */
  readonly taskDefinition: string;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly loadBalancers: LoadBalancer[];
  readonly serviceRegistries: ServiceRegistry[];
  readonly launchType: LaunchType | undefined;
  readonly capacityProviderStrategy: CapacityProviderStrategyItem[];
  readonly platformVersion: string | undefined;
}

export interface DeploymentRow {
  /** `ecs-svc/` and 19 digits. */
  readonly id: string;
  readonly source: TaskSource;
  readonly createdAt: Date;
  updatedAt: Date;
  rolloutState: DeploymentRolloutState;
  rolloutStateReason: string;
  failedTasks: number;
  /** How many tasks failed to start, one after the other. */
  misses: number;
  /** No task is started before, milliseconds since the epoch. */
  startAfter: number;
}

/** The settings of a service that start no deployment. */
export type ServiceSettings = Pick<
  CreateServiceRequest,
  | 'availabilityZoneRebalancing'
  | 'deploymentConfiguration'
  | 'deploymentController'
  | 'enableECSManagedTags'
  | 'enableExecuteCommand'
  | 'healthCheckGracePeriodSeconds'
  | 'placementConstraints'
  | 'placementStrategy'
  | 'propagateTags'
>;

export interface ServiceRow {
  readonly name: string;
  readonly cluster: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly clientToken: string | undefined;
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  settings: ServiceSettings & Pick<Service, 'roleArn'>;
  /** The primary one first. */
  deployments: DeploymentRow[];
  /** What a rollback returns to: the source of the last deployment that was completed. */
  completed: TaskSource | undefined;
  /** The newest first. */
  events: ServiceEvent[];
  steady: boolean;
  /** When the scheduler looks at it again, milliseconds since the epoch. */
  nextLook: number | undefined;
  /** Until when health checks may notice a changed backend. */
  watchedUntil: number;
  tags: TagRow;
}

/** A target, or an instance of a Cloud Map service, that a task is registered as. */
export type Registration =
  | { readonly kind: 'target'; readonly groupArn: string; readonly id: string; readonly port: number }
  | { readonly kind: 'instance'; readonly serviceId: string };

export type TaskStatus =
  'PROVISIONING' | 'PENDING' | 'ACTIVATING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPING' | 'DEPROVISIONING' | 'STOPPED';

/** A port of a container, and the one of its instance. */
export interface PortBinding {
  readonly container: string;
  readonly containerPort: number;
  readonly hostPort: number;
}

export interface TaskRow {
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  /** `service:<name>`, or `family:<name>`. */
  readonly group: string;
  /** The deployment of its service, or what started it. */
  readonly startedBy: string | undefined;
  readonly source: TaskSource;
  readonly capacityProvider: string | undefined;
  readonly subnetId: string;
  /** The instance that it runs on; undefined: on Fargate. */
  readonly instanceId?: string | undefined;
  /** The ports that it has there; none where it has an interface of its own. */
  readonly bindings?: readonly PortBinding[] | undefined;
  /** Its UUID is in the description of the interface, too. */
  readonly attachmentId: string;
  readonly createdAt: Date;
  status: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  interfaceId: string | undefined;
  /** Kept when the interface is deleted. */
  address: string | undefined;
  macAddress: string | undefined;
  registrations: Registration[];
  /** It goes up with each change of state. */
  version: number;
  pullStartedAt: Date | undefined;
  pullStoppedAt: Date | undefined;
  startedAt: Date | undefined;
  stoppingAt: Date | undefined;
  stoppedAt: Date | undefined;
  stopCode: TaskStopCode | undefined;
  stoppedReason: string | undefined;
  tags: TagRow;
}
