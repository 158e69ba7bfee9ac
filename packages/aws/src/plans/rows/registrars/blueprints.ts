import {
  type Blueprint,
  type DraftRegion,
  type PortMapping,
  type Row,
  type Rows,
  UnknownAttribute,
  type View,
} from '@postern/core/internal/overlay';
import { AWS } from '../id-forms.js';

const arnOf =
  (kind: string) =>
  (view: View, hash: string): string => {
    const { region, account } = view.lookup.place;
    return `arn:aws:ecs:${region}:${account}:${kind}/${hash.slice(0, 16)}`;
  };

/** A row of what says on which instances tasks run. No snapshot has these: they are kept beside the lists. */
function part(kind: string, add: Row['add']): Row {
  const arn = arnOf(kind);
  return {
    list: 'registrars',
    isPart: true,
    ids: { id: arn, arn },
    owner: (view) => view.text('arn'),
    add,
    remove: () => undefined,
  };
}

/** Clusters of ECS, and the scaling groups whose instances they get. */
export const clusterRows: Rows = {
  aws_ecs_cluster: part('cluster', (view, { draft: { registrations } }) => {
    const id = view.needed('arn');
    registrations.clusters.set(id, view.text('name') ?? '');
    // A new one has none but those that a plan gives it. Terraform and Pulumi do so with a resource of its own.
    const given = view.isUnknown('capacity_providers') ? undefined : view.value('capacity_providers');
    if (Array.isArray(given) || (view.instance.before === undefined && !view.isUnknown('capacity_providers')))
      registrations.providersOf.set(id, Array.isArray(given) ? given.map(String).map(lastOf) : []);
  }),
  aws_ecs_capacity_provider: part('capacity-provider', (view, { draft }) => {
    const groups = view
      .blocks('auto_scaling_group_provider')
      .flatMap((one) => one.named('auto_scaling_group_arn', AWS.scalingGroup).values);
    draft.registrations.capacityProviders.set(view.needed('name'), groups);
  }),
  aws_ecs_cluster_capacity_providers: {
    list: 'registrars',
    isPart: true,
    owner: (view) => view.named('cluster_name', AWS.cluster).values[0],
    add: (view, { draft }) => {
      const { providersOf } = draft.registrations;
      const [cluster] = view.named('cluster_name', AWS.cluster).values;
      const { values, others, reasons } = view.named('capacity_providers', AWS.launched);
      // What is not known of an association may give any cluster any provider.
      if (cluster === undefined || others.length + reasons.length > 0) providersOf.clear();
      else providersOf.set(clusterOf(draft, cluster), values.map(lastOf));
    },
    remove: (view, { draft }) => draft.registrations.providersOf.set(clusterOf(draft, view.needed('cluster_name')), []),
  },
};

/** CreateService refuses a capacity provider that its cluster does not have. */
export function providerFault(
  draft: DraftRegion,
  clusters: readonly string[],
  providers: readonly string[],
): string | undefined {
  for (const cluster of clusters) {
    const own = draft.registrations.providersOf.get(clusterOf(draft, cluster));
    const missing = own && providers.map(lastOf).find((one) => !own.includes(one));
    if (missing !== undefined) return `cluster ${cluster} does not have its capacity provider ${missing}`;
  }
  return undefined;
}

/** The ID of a cluster of the plan that has this name or ID, else the name. */
function clusterOf({ registrations: { clusters } }: DraftRegion, nameOrArn: string): string {
  const isNamed = ([arn, name]: readonly [string, string]): boolean => [arn, name].includes(nameOrArn);
  return [...clusters].find(isNamed)?.[0] ?? lastOf(nameOrArn);
}

/** The name in an ARN, or the name itself. */
const lastOf = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? '';

/** What others name clusters by: an ARN or a name. */
function namesOf({ registrations }: DraftRegion, clusters: readonly string[]): ReadonlySet<string> {
  return new Set(clusters.flatMap((one) => [one, lastOf(one), registrations.clusters.get(one) ?? '']).filter(Boolean));
}

/** The clusters in which instances of a launch template register: its user data names them, in the settings of their agent. */
function clustersNamed(view: View): readonly string[] {
  return view.candidates('user_data', AWS.cluster).values;
}

/** Where instances of a cluster are, for tasks that use the interface of their instance. */
export interface Machines {
  readonly subnetIds: readonly string[] | undefined;
  readonly securityGroupIds: readonly string[];
  readonly uses: readonly string[];
  readonly doubt: string | undefined;
}

/**
 * The instances on which tasks run: of the scaling group that a capacity provider names, or whose instances register in the
 * cluster. Undefined: the plan does not have one such group.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/launch_container_instance.html
 */
export function machinesOf(
  draft: DraftRegion,
  clusters: readonly string[],
  providers: readonly string[],
): Machines | undefined {
  const { registrations } = draft;
  const names = namesOf(draft, clusters);
  const groups =
    providers.length > 0
      ? providers.flatMap((one) => registrations.capacityProviders.get(lastOf(one)) ?? [])
      : draft.all('registrars').flatMap(({ id, kind }) => {
          if (kind !== 'scaling-group') return [];

          const named = registrations.registrars.get(id)?.place(draft).clusters ?? [];
          return named.some((one) => names.has(one)) ? id : [];
        });
  const [only, ...others] = new Set(groups);
  const group = only === undefined || others.length > 0 ? undefined : draft.get('registrars', only);
  const place = group && registrations.registrars.get(group.id)?.place(draft);
  if (group === undefined || place === undefined) return undefined;

  const { securityGroupIds, uses, doubt } = place;
  return { subnetIds: group.subnetIds, securityGroupIds, uses: [group.id, ...uses], doubt };
}

/**
 * The least and the greatest of the ports that Docker chooses on Linux where the definition of a task leaves it the choice. The
 * documentation of ECS refers to this setting of the kernel, whose default it is.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 * @see https://docs.kernel.org/networking/ip-sysctl.html (ip_local_port_range)
 */
const CHOSEN: readonly number[] = [32_768, 60_999];

/** The ports of an instance at which a container of a task answers. Undefined: not known. */
export function hostPorts(
  { mode, ports }: Blueprint,
  container: string | undefined,
  port: number | undefined,
): readonly number[] | undefined {
  const mapping = ports?.get(container ?? '')?.find((one) => one.container === port);
  if (mapping === undefined || port === undefined) return undefined;
  if (mode === 'host') return [port];

  return mapping.host === undefined || mapping.host === 0 ? CHOSEN : [mapping.host];
}

/** A row of what registrars create members by. No snapshot has these: they are kept beside the lists. */
function blueprint(
  idAttribute: string,
  ids: NonNullable<Row['ids']>,
  read: (view: View) => Omit<Blueprint, 'id'>,
): Row {
  return {
    list: 'registrars',
    isPart: true,
    ids,
    owner: (view) => view.text(idAttribute),
    add: (view, { draft }) => keep(draft, { id: view.needed(idAttribute), ...read(view) }),
    remove: () => undefined,
  };
}

function keep({ registrations }: DraftRegion, one: Blueprint): void {
  registrations.blueprints.set(one.id, one);
}

/** The groups that attributes name, or why they are not known. */
function groupsOf(view: View, find: () => readonly string[]): Pick<Blueprint, 'securityGroupIds' | 'doubt'> {
  try {
    return { securityGroupIds: find() };
  } catch (error) {
    if (!(error instanceof UnknownAttribute)) throw error;

    return { doubt: error.said(view.lookup.words.later) };
  }
}

/** Task definitions, launch templates and launch configurations. */
export const blueprintRows: Rows = {
  aws_ecs_task_definition: blueprint(
    'arn',
    {
      arn: (view, hash) => {
        const { region, account } = view.lookup.place;
        return `arn:aws:ecs:${region}:${account}:task-definition/${hash.slice(0, 16)}`;
      },
      revision: (_, hash) => String(Number.parseInt(hash.slice(0, 8), 16)),
    },
    (view) => {
      const family = view.text('family');
      return {
        names: family === undefined ? [] : [family, `${family}:${view.text('revision')}`],
        // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
        mode: view.text('network_mode') ?? 'bridge',
        ports: portsOf(view),
      };
    },
  ),
  aws_launch_template: blueprint(
    'id',
    { id: (_, hash) => `lt-${hash.slice(0, 17)}`, name: (_, hash) => `tf-lt-${hash.slice(0, 12)}` },
    (view) => ({
      names: [view.text('name') ?? ''],
      clusters: clustersNamed(view),
      ...groupsOf(view, () => [
        ...view.refs('vpc_security_group_ids', AWS.group),
        // Pulumi has the same name for the interfaces of an instance.
        ...['network_interfaces', 'network_interface'].flatMap((block) =>
          view.blocks(block).flatMap((one) => one.refs('security_groups', AWS.group)),
        ),
      ]),
    }),
  ),
  aws_launch_configuration: blueprint(
    'id',
    { id: (_, hash) => `tf-lc-${hash.slice(0, 12)}`, name: (_, hash) => `tf-lc-${hash.slice(0, 12)}` },
    (view) => ({
      names: [view.text('name') ?? ''],
      clusters: clustersNamed(view),
      ...groupsOf(view, () => view.refs('security_groups', AWS.group)),
    }),
  ),
};

/** The ports of containers by their names. Undefined: not known; a range of ports counts as such. */
function portsOf(view: View): Blueprint['ports'] {
  let containers: readonly unknown[];
  try {
    const value = view.value('container_definitions');
    containers = typeof value === 'string' ? listOf(JSON.parse(value)) : listOf(value);
  } catch (error) {
    if (error instanceof UnknownAttribute || error instanceof SyntaxError) return undefined;

    throw error;
  }
  const ports = new Map<string, readonly PortMapping[]>();
  for (const one of containers) {
    const name = memberOf(one, 'name');
    const own = listOf(memberOf(one, 'portMappings')).map((mapping): PortMapping => {
      const host = memberOf(mapping, 'hostPort');
      return { container: Number(memberOf(mapping, 'containerPort')), host: host == null ? undefined : Number(host) };
    });
    if (typeof name !== 'string' || own.some(({ container }) => Number.isNaN(container))) return undefined;

    ports.set(name, own);
  }
  return ports.size === 0 ? undefined : ports;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** ECS and Terraform write `portMappings`, CloudFormation `PortMappings`, and its attributes are `port_mappings`. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;

  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  return Object.entries(value).find(([key]) => plain(key) === plain(name))?.[1];
}
