import type { RegisteredGroup, RegisteredService, Registrar } from '../../../do/model/registrar.js';
import type { DraftRegion, PlaceMembers } from '../../draft/draft-region.js';
import type { MemberList, Placement, PortMapping, Registration } from '../../draft/registrations.js';
import { UnknownAttribute, type View } from '../../draft/view.js';
import type { Wanted } from '../../declared/references.js';
import type { Row, Rows } from '../row.js';
import { AWS } from '../wanted.js';
import { hostPorts, machinesOf, providerFault } from './clusters.js';
import { defaultGroups } from './network.js';

/** Services and task sets of ECS, groups of EC2 Auto Scaling, and what attaches groups of targets to these. */
const service: Row = {
  list: 'registrars',
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
    if (tried(() => view.blocks('deployment_controller')[0]?.text('type')).value === 'EXTERNAL') return;
    const network = tried(() => view.blocks('network_configuration')[0]);
    const subnets = tried(() => network.value?.refs('subnets', AWS.subnet));
    const groups = tried(() => network.value?.refs('security_groups', AWS.group));
    const isDaemon = view.text('scheduling_strategy') === 'DAEMON';
    const targetGroups = view.blocks('load_balancer').flatMap((one, _, all) =>
      named(one, 'target_group_arn', AWS.targetGroup, 'targetGroups', draft, all).map(
        (targetGroupId): RegisteredGroup => ({
          targetGroupId,
          port: one.number('container_port'),
          container: one.text('container_name'),
        }),
      ),
    );
    for (const one of view.blocks('load_balancer'))
      for (const more of one.blocks('advanced_configuration')) alternate(more, draft);
    const containers = new Map<string, string | undefined>();
    const registries = view.blocks('service_registries').flatMap((one, _, all) =>
      named(one, 'registry_arn', AWS.registry, 'services', draft, all).map((serviceId): RegisteredService => {
        containers.set(serviceId, one.text('container_name'));
        return { serviceId, port: one.number('port') ?? one.number('container_port') };
      }),
    );
    const blueprint = view.named('task_definition', AWS.taskDefinition).values;
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
        registries,
        subnetIds: subnets.value,
        securityGroupIds: groups.value,
        desired: isDaemon ? undefined : tried(() => view.number('desired_count') ?? scale(view)).value,
      },
    });
  },
  remove: (view, { draft }) => {
    leave(
      view,
      draft,
      'targetGroups',
      view.blocks('load_balancer').flatMap((one) => one.text('target_group_arn') ?? []),
    );
    leave(
      view,
      draft,
      'services',
      view.blocks('service_registries').flatMap((one) => one.text('registry_arn') ?? []),
    );
    draft.remove('registrars', view.needed('id'));
  },
};

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

const scalingGroup: Row = {
  list: 'registrars',
  ids: {
    id: (_, hash) => `tf-asg-${hash.slice(0, 12)}`,
    name: (_, hash) => `tf-asg-${hash.slice(0, 12)}`,
    arn: (view, hash) => {
      const { region, account } = view.lookup.place;
      return `arn:aws:autoscaling:${region}:${account}:autoScalingGroup:${hash.slice(0, 16)}`;
    },
  },
  idAttribute: 'arn',
  add: (view, { draft }) => {
    const subnets = tried(() => view.refs('vpc_zone_identifier', AWS.subnet));
    const blueprint = launchOf(view);
    const sources = view
      .blocks('traffic_source')
      .flatMap((one, _, all) => named(one, 'identifier', AWS.targetGroup, 'targetGroups', draft, all));
    const given = [...named(view, 'target_group_arns', AWS.targetGroup, 'targetGroups', draft), ...sources];
    const place = (now: DraftRegion): Placement => {
      const found = now.registrations.blueprint(blueprint);
      const [first] = subnets.value ?? [];
      const groups = found?.securityGroupIds ?? [];
      return {
        byAddress: false,
        securityGroupIds:
          groups.length > 0
            ? groups
            : first === undefined
              ? []
              : defaultGroups(now, now.get('subnets', first)?.networkId),
        uses: found === undefined ? [] : [found.id],
        clusters: found?.clusters,
        doubt:
          subnets.error?.said(view.lookup.words.later) ??
          (found === undefined ? 'the plan does not have its launch template' : found.doubt),
      };
    };
    register(view, draft, view.needed('arn'), {
      names: [view.text('id') ?? '', view.text('name') ?? ''],
      place,
      registrar: {
        kind: 'scaling-group',
        targetGroups: [...new Set(given)].map((targetGroupId) => ({ targetGroupId })),
        registries: [],
        subnetIds: subnets.value,
        securityGroupIds: undefined,
        desired: tried(() => view.number('desired_capacity') ?? view.number('min_size')).value,
      },
    });
  },
  remove: (view, { draft }) => {
    leave(view, draft, 'targetGroups', view.texts('target_group_arns'));
    draft.remove('registrars', view.needed('arn'));
  },
};

/** A target group that is attached to a scaling group, beside those that the group names. */
function attachment(groupsOf: (view: View, draft: DraftRegion) => readonly string[]): Row {
  return {
    list: 'registrars',
    isPart: true,
    owner: (view, draft) => scalingGroupOf(view, draft)[0],
    add: (view, { draft }) => {
      const given = groupsOf(view, draft);
      const [id, ...others] = scalingGroupOf(view, draft);
      const { reasons } = view.named('autoscaling_group_name', AWS.launched);
      const registrar = id === undefined || others.length > 0 ? undefined : draft.get('registrars', id);
      if (registrar === undefined)
        for (const one of given)
          draft.registrations.possible.push({
            list: 'targetGroups',
            id: one,
            why: `${view.instance.address} attaches a scaling group, which the plan does not have${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`,
          });
      else
        draft.patch('registrars', registrar.id, ({ targetGroups }) => ({
          targetGroups: [
            ...targetGroups.filter(({ targetGroupId }) => !given.includes(targetGroupId)),
            ...given.map((targetGroupId) => ({ targetGroupId })),
          ],
        }));
    },
    remove: (view, { draft }) => {
      const gone = [view, ...view.blocks('traffic_source')].flatMap(
        (one) => one.text('lb_target_group_arn') ?? one.text('identifier') ?? [],
      );
      leave(view, draft, 'targetGroups', gone);
      for (const id of scalingGroupOf(view, draft))
        draft.patch('registrars', id, ({ targetGroups }) => ({
          targetGroups: targetGroups.filter(({ targetGroupId }) => !gone.includes(targetGroupId)),
        }));
    },
  };
}

/** What registers targets and instances by itself. */
export const registrarRows: Rows = {
  aws_ecs_service: service,
  aws_ecs_task_set: service,
  aws_autoscaling_group: scalingGroup,
  aws_autoscaling_attachment: attachment((view, draft) =>
    named(view, 'lb_target_group_arn', AWS.targetGroup, 'targetGroups', draft),
  ),
  aws_autoscaling_traffic_source_attachment: attachment((view, draft) =>
    view
      .blocks('traffic_source')
      .flatMap((one, _, all) => named(one, 'identifier', AWS.targetGroup, 'targetGroups', draft, all)),
  ),
};

interface Tried<T> {
  readonly value: T | undefined;
  readonly error?: UnknownAttribute;
}

/** A value, or why it is not known: a registrar whose subnets are not known is still one. */
function tried<T>(find: () => T): Tried<T> {
  try {
    return { value: find() };
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;
    return { value: undefined, error };
  }
}

/**
 * The IDs that an attribute names for certain. What it may name besides is kept as possible. Blocks of Terraform have no
 * order: which of several names what is not certain where they differ in their ports.
 */
function named(
  view: View,
  attribute: string,
  wanted: Wanted,
  list: MemberList,
  { registrations }: DraftRegion,
  blocks: readonly View[] = [],
): readonly string[] {
  const { values, others, reasons } = view.named(attribute, wanted);
  const ports = new Set(blocks.map((one) => tried(() => one.number('container_port')).value));
  const isMixed = ports.size > 1 && view.lookup.references.exact === undefined && view.isUnknown(attribute);
  const { address } = view.instance;
  const maybe = isMixed ? [...values, ...others] : others;
  for (const id of maybe)
    registrations.possible.push({ list, id, why: `${address} registers targets in one of several groups` });
  if (reasons.length > 0)
    registrations.possible.push({
      list,
      id: undefined,
      why: `${address} registers ${list === 'services' ? 'instances' : 'targets'}, and ${view.unknown(attribute, reasons).said(view.lookup.words.later)}`,
    });
  return isMixed ? [] : values;
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

interface Given extends Pick<Registration<PlaceMembers>, 'names' | 'place'> {
  readonly registrar: Omit<Registrar, 'id' | 'name' | 'raw'>;
}

function register(view: View, draft: DraftRegion, id: string, { registrar, ...how }: Given): void {
  const before = draft.get('registrars', id);
  // What does not exist yet is named by its address, for which its ID stands.
  const name = before?.name ?? (view.instance.before === undefined ? undefined : view.text('name'));
  const { subnetIds = before?.subnetIds, securityGroupIds = before?.securityGroupIds, ...others } = registrar;
  draft.put('registrars', {
    ...before,
    ...others,
    // What runs now is not what runs after.
    ...(others.desired === 0 ? { running: undefined, pending: undefined, deploying: undefined } : {}),
    id,
    ...(name === undefined ? {} : { name }),
    subnetIds,
    securityGroupIds,
    account: draft.base.account,
  } as Registrar);
  draft.registrations.registrars.set(id, { address: view.instance.address, ...how, before });
}

function leave(view: View, { registrations }: DraftRegion, list: MemberList, ids: readonly string[]): void {
  const why = `${view.instance.address}, which ${view.lookup.words.plan} deletes or replaces, registered some of them`;
  for (const id of ids) registrations.left.push({ list, id, why });
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

function launchOf(view: View): readonly string[] {
  const policy = tried(() =>
    view
      .blocks('mixed_instances_policy')
      .flatMap((one) => one.blocks('launch_template'))
      .flatMap((one) => one.blocks('launch_template_specification')),
  );
  const templates = [...view.blocks('launch_template'), ...(policy.value ?? [])];
  const ids = templates.flatMap((one) =>
    ['id', 'launch_template_id', 'name', 'launch_template_name'].flatMap(
      (attribute) => one.named(attribute, AWS.launched).values,
    ),
  );
  return [...new Set([...ids, ...view.named('launch_configuration', AWS.launched).values])];
}

function scalingGroupOf(view: View, draft: DraftRegion): readonly string[] {
  const live = draft.all('registrars').filter(({ kind }) => kind === 'scaling-group');
  return view
    .named('autoscaling_group_name', AWS.launched)
    .values.flatMap((name) => draft.registrations.idOf(name) ?? live.find((one) => one.name === name)?.id ?? []);
}
