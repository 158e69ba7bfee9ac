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
import { clustersNamed } from './clusters.js';

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
