import type {
  CapacityProvider,
  CapacityProviderStrategyItem,
  Cluster,
  ContainerDefinition as WireContainer,
  CreateServiceRequest,
  Deployment,
  LaunchType,
  LoadBalancer as WireLoadBalancer,
  NetworkConfiguration as WireNetwork,
  Service,
  ServiceRegistry as WireRegistry,
  Task,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import type { Given, Shown, TagRow } from '../state/given.js';

/** Elastic Container Service in one region. */
export const newState = () => ({
  /** By name. */
  clusters: new Map<string, ClusterRow>(),
  /** By `<family>:<revision>`. */
  taskDefinitions: new Map<string, TaskDefinitionRow>(),
  /** By `<cluster>/<service>`. */
  services: new Map<string, ServiceRow>(),
  /** By name; those of AWS itself are not among them. */
  capacityProviders: new Map<string, CapacityProviderRow>(),
  /** By ID, 32 hex digits. */
  tasks: new Map<string, TaskRow>(),
});

export type EcsState = Readonly<ReturnType<typeof newState>>;

// `fields` is what the service shows of a row. It is replaced, never changed in place, so that an answer stays what it was.

export interface ClusterRow {
  /** Without what is counted when it is shown. */
  fields: Shown<
    Cluster,
    'clusterName' | 'clusterArn' | 'status' | 'settings' | 'capacityProviders' | 'defaultCapacityProviderStrategy'
  >;
  tags: TagRow;
}

export interface CapacityProviderRow {
  fields: Shown<CapacityProvider, 'name' | 'capacityProviderArn' | 'autoScalingGroupProvider'>;
  tags: TagRow;
}

export type ContainerDefinition = Given<WireContainer>;

export interface TaskDefinitionRow {
  fields: Shown<
    Given<TaskDefinition>,
    'taskDefinitionArn' | 'family' | 'revision' | 'containerDefinitions' | 'status' | 'compatibilities'
  >;
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
  /** Without its source, and what is counted when it is shown. Its ID is `ecs-svc/` and 19 digits. */
  fields: Shown<Deployment, 'id' | 'failedTasks'>;
  readonly source: TaskSource;
  /** How many tasks failed to start, one after the other. */
  misses: number;
  /** No task is started before, milliseconds since the epoch. */
  startAfter: number;
  /** Undefined: it replaces the tasks of the former one in their target groups. */
  readonly shift?: ShiftRow | undefined;
}

/** How a deployment takes the calls of the former one over. */
export interface ShiftRow {
  /** Which of the two target groups of each load balancer its tasks register in. */
  readonly side: 'primary' | 'alternate';
  /** The shares of the calls that it does not have yet, and how long each lasts. */
  steps: readonly { readonly percent: number; readonly minutes: number }[];
  /** When the share that it has is over, milliseconds since the epoch; 0 before the first step. */
  dueAt: number;
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
  /** Without its source and deployments, and what is counted when it is shown. The newest event is the first. */
  fields: Shown<Service, 'serviceName' | 'serviceArn' | 'status' | 'desiredCount' | 'events'>;
  /** The name of its cluster. */
  readonly cluster: string;
  readonly clientToken: string | undefined;
  /** The primary one first. */
  deployments: DeploymentRow[];
  /** What a rollback returns to: the source of the last deployment that was completed. */
  completed: TaskSource | undefined;
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

type TaskFields = Shown<Omit<Task, 'lastStatus' | 'desiredStatus'>, 'taskArn' | 'group' | 'version'> & {
  readonly lastStatus: TaskStatus;
  readonly desiredStatus: 'RUNNING' | 'STOPPED';
};

export interface TaskRow {
  /**
   * Without its containers and its source. `group` is `service:<name>` or `family:<name>`, `startedBy` the deployment of its
   * service, and `version` goes up with each change of state.
   */
  fields: TaskFields;
  readonly id: string;
  /** The name of its cluster. */
  readonly cluster: string;
  readonly source: TaskSource;
  readonly subnetId: string;
  /** The instance that it runs on; undefined: on Fargate. */
  readonly instanceId?: string | undefined;
  /** The ports that it has there; none where it has an interface of its own. */
  readonly bindings?: readonly PortBinding[] | undefined;
  /** Its UUID is in the description of the interface, too. */
  readonly attachmentId: string;
  interfaceId: string | undefined;
  /** Kept when the interface is deleted. */
  address: string | undefined;
  macAddress: string | undefined;
  registrations: Registration[];
  tags: TagRow;
}
