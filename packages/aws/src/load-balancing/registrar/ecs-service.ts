import {
  defined,
  isPosternError,
  unlessGone,
  type CallContext,
  type MoveUnit,
  type ShareWriter,
} from '@postern/core/internal/adapter';
import type { RegisteredGroup, RegisteredService, Registrar, WeighedAction } from '@postern/core/internal/snapshot';
import { listenerOfRule } from '../../cloud/targets/targets.js';
import { batchesOf, listAll } from '../../client/list-all.js';
import { plain, sent, type Session } from '../../client/session.js';
import type { EcsServiceOutput, RegisteredGroupOutput } from '../../sdk-types.js';

/** Services of one call: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const DESCRIBED_AT_ONCE = 10;

/**
 * The services of all clusters, but for those that are being deleted: one list of clusters, one list for each of them, and one call for
 * each ten services. ECS has no list of the services that register in a target group.
 */
export async function listEcsServices(session: Session, ctx: CallContext): Promise<readonly EcsServiceOutput[]> {
  const clusters = await listAll(session, ctx, 'ECS clusters', 'ecs', 'ListClusters');
  const perCluster = await Promise.all(
    [...new Set(clusters)].map(async (cluster) => {
      const arns = await unlessGone(serviceArns(session, cluster, ctx));
      return Promise.all(
        batchesOf([...new Set(arns)], DESCRIBED_AT_ONCE).map((some) => describe(session, cluster, some, ctx)),
      );
    }),
  );
  // A service that is deleted is DRAINING until its tasks have ended, and registers nothing more.
  return perCluster.flat(2).filter(({ status = 'ACTIVE' }) => status === 'ACTIVE');
}

function serviceArns(session: Session, cluster: string, ctx: CallContext): Promise<readonly string[]> {
  return listAll(session, ctx, `ECS services of ${cluster}`, 'ecs', 'ListServices', { cluster });
}

/** Services that were deleted since they were listed are in `failures`, and are left out. */
async function describe(
  session: Session,
  cluster: string,
  arns: readonly string[],
  ctx: CallContext,
): Promise<readonly EcsServiceOutput[]> {
  const { services } = await session.call(ctx, 'ecs', 'DescribeServices', { cluster, services: [...arns] });
  return sent(services, 'services', 'DescribeServices');
}

/** An ECS service in the portable form, without the reason why its tasks stop. */
export function toServiceRegistrar(service: EcsServiceOutput): Registrar {
  const { deployments = [], taskSets = [], events: _events, ...settings } = service;
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const network = (service.networkConfiguration ?? primary?.networkConfiguration)?.awsvpcConfiguration;
  const sources = [service, ...taskSets];
  const { subnets, securityGroups = [] } = network ?? {};
  const targetGroups = distinct(
    sources.flatMap(({ loadBalancers = [] }) => loadBalancers.flatMap((one) => groupsOf(one, network !== undefined))),
  );
  return {
    id: service.serviceArn ?? '',
    name: service.serviceName,
    kind: 'service',
    targetGroups,
    registries: distinct(
      sources.flatMap(({ serviceRegistries = [] }) =>
        serviceRegistries.map(({ registryArn = '', port, containerPort }): RegisteredService => {
          return { serviceId: registryArn, ...defined({ port: port ?? containerPort }) };
        }),
      ),
    ),
    subnetIds: subnets && [...subnets],
    // Without groups, tasks get the default group of the VPC, which ECS does not name.
    securityGroupIds: securityGroups.length === 0 ? undefined : [...securityGroups],
    // A DAEMON service has a task on each instance of its cluster, and no desired count.
    ...weightsOf(service, targetGroups),
    desired: service.schedulingStrategy === 'DAEMON' ? undefined : service.desiredCount,
    running: service.runningCount,
    pending: service.pendingCount,
    // CodeDeploy has a second task set while it deploys, and no deployments of ECS.
    deploying:
      (service.deploymentController?.type === 'CODE_DEPLOY' ? taskSets : deployments).length > 1 ||
      deployments.some(({ rolloutState }) => rolloutState === 'IN_PROGRESS'),
    // Its events differ in each read, and options of log drivers in its deployments can be secret.
    raw: plain(settings),
  };
}

/**
 * The groups in which a service registers its tasks. In a blue/green deployment it uses the alternate group in turn. Where a
 * task has no interface of its own (`bridge`), its port is one of the instance, which differs from task to task.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html
 */
function groupsOf(
  { targetGroupArn, containerName, containerPort, advancedConfiguration }: RegisteredGroupOutput,
  hasInterface: boolean,
): readonly RegisteredGroup[] {
  return [targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].flatMap((id) =>
    id === undefined
      ? []
      : [
          {
            targetGroupId: id,
            ...(hasInterface && containerPort !== undefined ? { port: containerPort } : {}),
            ...defined({ container: containerName }),
          },
        ],
  );
}

/**
 * The actions whose weights deployments of a service write. A rolling one writes none, whatever the service names. CodeDeploy
 * writes those of a listener that ECS does not name: all that lead to a group of the service.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AdvancedConfiguration.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html
 */
function weightsOf(
  { deploymentConfiguration, deploymentController, loadBalancers = [] }: EcsServiceOutput,
  groups: readonly RegisteredGroup[],
): Partial<Registrar> {
  if (deploymentController?.type === 'CODE_DEPLOY') {
    const ids = new Set(groups.map(({ targetGroupId }) => targetGroupId));
    const weighs = [...ids].map((id): WeighedAction => ({ id, use: 'production', targetGroupIds: [id] }));
    return { strategy: deploymentController.type, weighs };
  }
  const { strategy } = deploymentConfiguration ?? {};
  if (strategy === undefined || strategy === 'ROLLING') return { strategy };

  const weighs = loadBalancers.flatMap(({ targetGroupArn, advancedConfiguration = {} }): readonly WeighedAction[] => {
    const { alternateTargetGroupArn, productionListenerRule, testListenerRule } = advancedConfiguration;
    const targetGroupIds = [targetGroupArn, alternateTargetGroupArn].flatMap((one) => one ?? []);
    const action = (use: WeighedAction['use'], id: string | undefined): readonly WeighedAction[] =>
      id === undefined
        ? []
        : [{ id, ...(id.includes(':listener-rule/') && { listenerId: listenerOfRule(id) }), use, targetGroupIds }];
    return [...action('production', productionListenerRule), ...action('test', testListenerRule)];
  });
  return { strategy, ...(weighs.length > 0 && { weighs: distinct(weighs) }) };
}

/**
 * The ECS service whose deployments write the weights of an action. ECS does not look at them before that.
 * @param groups reads the target groups that the action leads to
 */
export async function writerOf(
  session: Session,
  { gateway, shift }: MoveUnit,
  groups: () => Promise<readonly string[]>,
  ctx: CallContext,
): Promise<ShareWriter | undefined> {
  const { part } = shift ?? {};
  let led: Promise<readonly string[]> | undefined;
  const isOwn = async ({ id, listenerId, targetGroupIds }: WeighedAction): Promise<boolean> => {
    if (targetGroupIds.includes(id)) return (await (led ??= groups())).includes(id);
    if (part !== undefined || listenerId !== gateway.id) return id === (part ?? gateway.id);

    const { Rules: [rule] = [] } = await session.call(ctx, 'elasticloadbalancing', 'DescribeRules', { RuleArns: [id] });
    return rule?.IsDefault === true;
  };
  try {
    const services = (await listEcsServices(session, ctx)).map(toServiceRegistrar);
    for (const { id, name = id, strategy = '', weighs = [] } of services)
      for (const one of weighs) if (await isOwn(one)) return { id, name: `ECS service ${name}`, strategy };
    return undefined;
  } catch (error) {
    if (isPosternError(error, 'PERMISSION_DENIED')) return { unread: error.message };

    throw error;
  }
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item] as const)).values()];
}
