import type { Simulation } from '@postern/simulator';
import { pick, rowOf, type LocalRow, type Row, type InventoryRow } from '../inventory/row-of.js';
import { awsRows, listerOf, alibabaRows, type Inventory } from '../inventory/inventory.js';
import type { Place } from '../places.js';
import { canonicalJson, type Json } from '@postern/core/internal/adapter';

/** What moves of routes and stages may change. */
function awsMoveRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const list = listerOf(simulation, region);
  return awsRows(simulation, region).flatMap((row): readonly LocalRow[] => {
    if (row.type === 'SecurityGroup') {
      const { IpPermissions = [], IpPermissionsEgress = [], ...fields } = row.fields as Readonly<Record<string, Row[]>>;
      const [ingress, egress] = [rulesOf(row.id, 'in', IpPermissions), rulesOf(row.id, 'out', IpPermissionsEgress)];
      return [{ ...row, fields }, ...ingress, ...egress];
    }
    if (row.type === 'Stage') {
      const [ApiId = '', name] = row.id.split('/');
      const stage = list('apigatewayv2', 'GetStages', 'Items', { ApiId }).find((one) => one['StageName'] === name);
      // One that deploys by itself serves a new deployment after each change.
      return [{ ...row, fields: pick(stage ?? {}, stage?.['AutoDeploy'] === true ? ['AutoDeploy'] : SERVED) }];
    }
    if (row.type === 'Resource') {
      const { path, resourceMethods = {} } = row.fields as {
        path: string;
        resourceMethods?: Readonly<Record<string, Row>>;
      };
      const methods = Object.entries(resourceMethods);
      return [
        { ...row, fields: { path } },
        ...methods.map(([verb, fields]): LocalRow => ({ type: 'Method', id: `${row.id} ${verb}`, fields })),
      ];
    }
    if (row.type === 'RestStage') {
      const [restApiId = '', name] = row.id.split('/');
      const stage = list('apigateway', 'GetStages', 'item', { restApiId }).find((one) => one['stageName'] === name);
      return [{ ...row, fields: pick(stage ?? {}, ['deploymentId', 'canarySettings', 'variables']) }];
    }
    if (row.type !== 'RestApi') return [row];

    const deployments = list('apigateway', 'GetDeployments', 'items', { restApiId: row.id });
    return [row, ...deployments.map((one) => rowOf('Deployment', one, one['id'], ['description']))];
  });
}

const SERVED = ['AutoDeploy', 'DeploymentId'];

/** One row for each source of each permission. */
function rulesOf(groupId: string, way: string, permissions: readonly Row[]): readonly LocalRow[] {
  return permissions.flatMap((permission) => {
    const { FromPort, ToPort, IpProtocol } = permission;
    const sources = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds', 'UserIdGroupPairs'].flatMap(
      (name) => (permission[name] ?? []) as readonly Row[],
    );
    return sources.map(({ Description: _description, ...source }): LocalRow => {
      const id = `${groupId} ${way} ${JSON.stringify([IpProtocol, FromPort, ToPort, source])}`;
      return { type: 'Rule', id, fields: {} };
    });
  });
}

/** The settings of a group that a move may overwrite. */
const GROUP = [
  'GroupName',
  'InstanceId',
  'HttpsPolicy',
  'TrafficLimit',
  'VpcDomain',
  'VpcSlbIntranetDomain',
  'Ipv6Status',
];

/** What moves of API groups may change. */
function alibabaMoveRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const call = (action: string, input: Row = {}): Row =>
    simulation.callAlibaba({ product: 'CloudAPI', action, region }, input) as Row;
  return alibabaRows(simulation, region).flatMap((row): readonly LocalRow[] => {
    if (row.type === 'SecurityGroup') {
      const { rules, ...fields } = row.fields as { readonly rules: readonly Row[] };
      return [{ ...row, fields }, ...rules.map((rule) => ruleRow(row.id, rule))];
    }
    if (row.type === 'ApiGroup')
      return [{ ...row, fields: pick(call('DescribeApiGroup', { GroupId: row.id }), GROUP) }];
    if (row.type !== 'Instance') return [row];

    const { Instances } = call('DescribeInstances', { InstanceId: row.id }) as {
      readonly Instances?: { readonly InstanceAttribute?: readonly Row[] };
    };
    const blocks = JSON.parse(String(Instances?.InstanceAttribute?.[0]?.['ConnectCidrBlocks'] || '[]')) as string[];
    return [row, ...blocks.map((block): LocalRow => ({ type: 'Block', id: `${row.id} ${block}`, fields: {} }))];
  });
}

function ruleRow(groupId: string, rule: Row): LocalRow {
  return { type: 'Rule', id: `${groupId} ${JSON.stringify(rule)}`, fields: {} };
}

/** What moves may change, as the cloud's own operations show it. Each rule, block and method is a row of its own. */
export function moveInventory(simulation: Simulation, { provider, region }: Place): Inventory {
  const rows: readonly LocalRow[] =
    provider === 'aws' ? awsMoveRows(simulation, region) : alibabaMoveRows(simulation, region);
  return new Map(rows.map((row) => [`${row.type} ${row.id}`, { ...row, region }]));
}

/** What edits of a trial changed: the keys of these rows. They are not compared. */
export function touchedBy(before: Inventory, after: Inventory): readonly string[] {
  const isSame = (key: string): boolean => textOf(before.get(key)) === textOf(after.get(key));
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => !isSame(key));
}

/** What differs from the state before, one text each, without what edits touched. */
export function notAsBefore(start: Inventory, now: Inventory, touched: ReadonlySet<string>): readonly string[] {
  return touchedBy(start, now)
    .filter((key) => !touched.has(key))
    .map((key) => `${key} was ${textOf(start.get(key))} and is ${textOf(now.get(key))}`);
}

/** Deployments that stages serve, and did not serve at the start. */
function newlyServed(start: Inventory, now: Inventory): readonly { readonly type: string; readonly id: string }[] {
  return [...now].flatMap(([key, { fields }]) => {
    const id = fields['DeploymentId'];
    const isNew = typeof id === 'string' && start.get(key)?.fields['DeploymentId'] !== id;
    return isNew ? [{ type: 'Deployment', id }] : [];
  });
}

/** The rows as lines that do not contain the IDs of what was created since the start. */
export function linesOf(start: Inventory, now: Inventory, touched: ReadonlySet<string>): readonly string[] {
  const created = [
    ...[...now.values()].filter(({ type, id }) => !start.has(`${type} ${id}`) && /^[\w-]+$/.test(id)),
    ...newlyServed(start, now),
  ];
  const plain = (text: string): string => {
    let named = text;
    for (const { id, type } of created) named = named.replaceAll(id, `<${type}>`);
    return named;
  };
  return [...now]
    .filter(([key]) => !touched.has(key))
    .map(([, row]) => plain(`${row.type} ${row.id} ${textOf(row)}`))
    .toSorted();
}

/**
 * What only the old path needed, and Postern owns: after `finish` none of it may be left. A created resource that names
 * the old link, or an integration with Postern's mark that no route uses.
 */
export function leftOfOld(start: Inventory, now: Inventory, from: string): readonly string[] {
  const rows = [...now.entries()];
  const targets = new Set(rows.map(([, { fields }]) => String(fields['Target'] ?? '')));
  return rows
    .filter(([key, { type, id, fields }]) => {
      const text = JSON.stringify(fields);
      if (type !== 'Integration' || !text.includes(from) || targets.has(`integrations/${id}`)) return false;

      return !start.has(key) || String(fields['Description'] ?? '').startsWith('postern:');
    })
    .map(([key]) => key);
}

/** The fields of a row in the order of their names: clouds return them in any. */
function textOf(row: InventoryRow | undefined): string {
  return row === undefined ? 'nothing' : canonicalJson(JSON.parse(JSON.stringify(row.fields)) as Json);
}
