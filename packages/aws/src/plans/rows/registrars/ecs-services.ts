import type { DraftRegion, Placement, PortMapping, Row, Rows, View } from '@postern/core/internal/overlay';
import type { RegisteredGroup, RegisteredService, Registrar, WeighedAction } from '@postern/core/internal/snapshot';
import { AWS } from '../id-forms.js';
import { defaultGroups } from '../network.js';
import { hostPorts, machinesOf, providerFault } from './blueprints.js';
import { leave, named, register, tried } from './scaling-groups.js';

/** A service of ECS, or one of its task sets. */
const service: Row = {
  list: 'registrars',
  sets: {
    load_balancer: ['target_group_arn', 'container_name', 'container_port', 'advanced_configuration'],
    capacity_provider_strategy: ['capacity_provider'],
  },
  ids: {
    id: (view, hash) => {
      const { region, account } = view.lookup.place;
      return `arn:aws:ecs:${region}:${account}:service/${hash.slice(0, 16)}`;
    },
  },
  add: (view, { draft, note }) => {
    const id = view.needed('id');
    // Its tasks are those of its task sets.
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
    if (controllerOf(view) === 'EXTERNAL') return;

    const network = tried(() => view.blocks('network_configuration')[0]);
    const subnets = tried(() => network.value?.refs('subnets', AWS.subnet));
    const groups = tried(() => network.value?.refs('security_groups', AWS.group));
    const isDaemon = view.text('scheduling_strategy') === 'DAEMON';
    const targetGroups = view.blocks('load_balancer').flatMap((one) =>
      named(one, 'target_group_arn', AWS.targetGroup, 'targetGroups', draft).map((targetGroupId): RegisteredGroup => ({
        targetGroupId,
        port: one.number('container_port'),
        container: one.text('container_name'),
      })),
    );
    for (const one of view.blocks('load_balancer'))
      for (const more of one.blocks('advanced_configuration')) alternate(more, draft);
    const containers = new Map<string, string | undefined>();
    const registries = view.blocks('service_registries').flatMap((one) =>
      named(one, 'registry_arn', AWS.registry, 'services', draft).map((serviceId): RegisteredService => {
        containers.set(serviceId, one.text('container_name'));
        return { serviceId, port: one.number('port') ?? one.number('container_port') };
      }),
    );
    const { values, others, reasons } = view.named('task_definition', AWS.taskDefinition);
    const blueprint = reasons.length === 0 ? [...values, ...others] : values;
    const cluster = view.named('cluster', AWS.cluster);
    const providers = view
      .blocks('capacity_provider_strategy')
      .flatMap((one) => one.named('capacity_provider', AWS.launched).values);
    const isPublic = tried(() => network.value?.flag('assign_public_ip')).value === true;
    const place = (now: DraftRegion): Placement => {
      if (!isPublic && subnets.value !== undefined && !subnets.value.some((one) => leadsOut(now, one)))
        note(
          `${view.instance.address}: its tasks have no public address and no route out of the network. They get their image by VPC endpoints alone, which is not judged`,
        );
      const found = now.registrations.blueprint(blueprint);
      const { later } = view.lookup.words;
      const byAddress = network.value !== undefined || found?.mode === 'awsvpc';
      const given = groups.value ?? [];
      const fallback = (subnets.value ?? []).slice(0, 1).flatMap((one) => {
        const networkId = now.get('subnets', one)?.networkId;
        return defaultGroups(now, networkId);
      });
      const unknown = network.error ?? subnets.error ?? groups.error;
      const wanted = [
        ...targetGroups.map(({ container, port }) => ({ container, port })),
        ...registries.map(({ serviceId, port }) => ({ container: containers.get(serviceId), port })),
      ];
      // Its tasks use the interfaces of instances, and a port there.
      const machines =
        byAddress || registries.length > 0 || cluster.reasons.length > 0
          ? undefined
          : machinesOf(now, cluster.values, providers);
      const isMapped = targetGroups.every(
        ({ container, port }) => found !== undefined && hostPorts(found, container, port) !== undefined,
      );
      return {
        byAddress,
        subnetIds: machines?.subnetIds,
        securityGroupIds: machines?.securityGroupIds ?? (given.length > 0 ? given : fallback),
        ports:
          machines === undefined || found === undefined
            ? undefined
            : (container, port) => hostPorts(found, container, port) ?? [],
        uses: [...(found === undefined ? [] : [found.id]), ...(machines?.uses ?? [])],
        fault:
          network.error === undefined &&
          found?.mode !== undefined &&
          (found.mode === 'awsvpc') !== (network.value !== undefined)
            ? `the network mode of its task definition is ${found.mode}, and it has ${network.value === undefined ? 'no' : 'a'} network configuration`
            : (providerFault(now, cluster.values, providers) ??
              wanted
                .map(({ container, port }) => portFault(found?.ports, container, port))
                .find((one) => one !== undefined)),
        doubt:
          unknown?.said(later) ??
          (byAddress || (machines !== undefined && isMapped)
            ? machines?.doubt
            : 'the plan does not say on which instances its tasks run, and at which ports') ??
          registries.map(({ serviceId, port }) => recordDoubt(now, serviceId, port)).find((one) => one !== undefined),
      };
    };
    register(view, draft, id, {
      names: [id],
      place,
      registrar: {
        kind: 'service',
        targetGroups,
        ...weighedBy(view),
        registries,
        subnetIds: subnets.value,
        securityGroupIds: groups.value,
        desired: isDaemon ? undefined : tried(() => view.number('desired_count') ?? scale(view)).value,
      },
    });
  },
  owners: (view) => [...idsIn(view, ...IN_GROUPS), ...idsIn(view, ...IN_SERVICES)],
  remove: (view, { draft }) => {
    leave(draft, 'targetGroups', idsIn(view, ...IN_GROUPS));
    leave(draft, 'services', idsIn(view, ...IN_SERVICES));
    draft.remove('registrars', view.needed('id'));
  },
};

const IN_GROUPS = ['load_balancer', 'target_group_arn'] as const;
const IN_SERVICES = ['service_registries', 'registry_arn'] as const;

function idsIn(view: View, block: string, attribute: string): readonly string[] {
  return view.blocks(block).flatMap((one) => one.ifKnown(() => one.text(attribute)) ?? []);
}

/** Services of ECS, which register tasks. */
export const ecsServiceRows: Rows = { aws_ecs_service: service, aws_ecs_task_set: service };

/**
 * Whether a subnet has a route to everywhere. Tasks need one, or endpoints, to get their image.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
 */
function leadsOut(draft: DraftRegion, subnetId: string): boolean {
  const { networkId, routeTableId } = draft.get('subnets', subnetId) ?? {};
  const table = draft
    .all('routeTables')
    .find((one) => one.id === routeTableId || (routeTableId === undefined && one.networkId === networkId && one.main));
  return table?.routes === undefined || table.routes.some(({ cidrBlock }) => cidrBlock === '0.0.0.0/0');
}

/** The second group of a blue/green deployment: when tasks are registered there, a plan does not say. */
function alternate(view: View, { registrations }: DraftRegion): void {
  const { values, others } = view.named('alternate_target_group_arn', AWS.targetGroup);
  for (const id of [...values, ...others])
    registrations.possible.push({
      list: 'targetGroups',
      id,
      why: `${view.instance.address} registers targets there while it deploys`,
      whenEmpty: true,
    });
}

function controllerOf(view: View): string | undefined {
  return tried(() => view.blocks('deployment_controller')[0]?.text('type')).value;
}

/** The actions whose weights its deployments write, as far as the plan names them. */
function weighedBy(view: View): Partial<Registrar> {
  if (controllerOf(view) === 'CODE_DEPLOY') {
    const ids = view.blocks('load_balancer').flatMap((one) => one.named('target_group_arn', AWS.targetGroup).values);
    const weighs = ids.map((id): WeighedAction => ({ id, use: 'production', targetGroupIds: [id] }));
    return { strategy: 'CODE_DEPLOY', weighs };
  }
  const strategy = tried(() => view.blocks('deployment_configuration')[0]?.text('strategy')).value;
  if (strategy === undefined) return {};
  // What it wrote before is its own no more.
  if (strategy === 'ROLLING') return { strategy, weighs: [] };

  const weighs = view.blocks('load_balancer').flatMap((one) =>
    one.blocks('advanced_configuration').flatMap((more): readonly WeighedAction[] => {
      const groups = [
        one.named('target_group_arn', AWS.targetGroup),
        more.named('alternate_target_group_arn', AWS.targetGroup),
      ];
      const targetGroupIds = groups.flatMap(({ values }) => values);
      const action = (use: WeighedAction['use'], attribute: string): readonly WeighedAction[] =>
        more.named(attribute, AWS.rule).values.map((id) => ({ id, use, targetGroupIds }));
      return [...action('production', 'production_listener_rule'), ...action('test', 'test_listener_rule')];
    }),
  );
  return { strategy, weighs };
}

/** The desired count of a service, 0 where it is not set; that of a task set is a share of its service's. */
function scale(view: View): number | undefined {
  return view.instance.type === 'aws_ecs_task_set' ? undefined : 0;
}

/** CreateService refuses a port that the task definition does not have. */
function portFault(
  ports: ReadonlyMap<string, readonly PortMapping[]> | undefined,
  container: string | undefined,
  port: number | undefined,
): string | undefined {
  if (ports === undefined || container === undefined) return undefined;

  const own = ports.get(container);
  if (own === undefined) return `its task definition has no container ${container}`;

  return port === undefined || own.some((one) => one.container === port)
    ? undefined
    : `container ${container} of its task definition has no port ${port}`;
}

/** ECS documents the port of an instance for SRV records alone [U]. */
function recordDoubt({ registrations }: DraftRegion, serviceId: string, port: number | undefined): string | undefined {
  const types = registrations.recordTypes.get(serviceId);
  return port === undefined || types === undefined || types.length === 0 || types.includes('SRV')
    ? undefined
    : `ECS documents the registration of port ${port} for SRV records alone, and the service has ${types.join(' and ')} records`;
}
