import type { Simulation } from '@postern/simulator';
import { pick, rowOf, type LocalRow, type Row, type InventoryRow } from './row-of.js';
import type { Place } from '../places.js';

/** The links that are not being deleted. */
function awsLinks(simulation: Simulation, region: string): readonly LocalRow[] {
  const list = listerOf(simulation, region);
  return [
    ...list('apigatewayv2', 'GetVpcLinks', 'Items')
      .filter(({ VpcLinkStatus }) => VpcLinkStatus !== 'DELETING')
      .map((row) => rowOf('VpcLink', row, row['VpcLinkId'], LINK)),
    ...list('apigateway', 'GetVpcLinks', 'items')
      .filter(({ status }) => status !== 'DELETING')
      .map((row) => rowOf('VpcLinkV1', row, row['id'], ['name', 'targetArns', 'tags'])),
  ];
}

/** The parts of AWS that private integrations consist of. */
export function awsRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const list = listerOf(simulation, region);
  const http = (operation: string, input: Row = {}): readonly Row[] => list('apigatewayv2', operation, 'Items', input);
  const rest = (operation: string, input: Row = {}): readonly Row[] => list('apigateway', operation, 'items', input);
  return [
    ...awsLinks(simulation, region),
    ...http('GetApis').flatMap((api) => {
      const ApiId = String(api['ApiId']);
      return [
        rowOf('Api', api, api['ApiId'], ['Name', 'ProtocolType']),
        ...http('GetIntegrations', { ApiId }).map((row) =>
          rowOf('Integration', row, row['IntegrationId'], INTEGRATION),
        ),
        ...http('GetRoutes', { ApiId }).map((row) => rowOf('Route', row, row['RouteId'], ROUTE)),
        ...http('GetStages', { ApiId }).map((row) => ({
          type: 'Stage',
          id: `${ApiId}/${String(row['StageName'])}`,
          fields: pick(row, ['AutoDeploy']),
        })),
      ];
    }),
    ...rest('GetRestApis').flatMap((api) => {
      const restApiId = String(api['id']);
      return [
        rowOf('RestApi', api, api['id'], ['name']),
        ...rest('GetResources', { restApiId, embed: ['methods'], limit: 500 }).map((row) =>
          rowOf('Resource', row, row['id'], ['path', 'resourceMethods']),
        ),
        ...list('apigateway', 'GetStages', 'item', { restApiId }).map((row) => ({
          type: 'RestStage',
          id: `${restApiId}/${String(row['stageName'])}`,
          fields: {},
        })),
      ];
    }),
    ...list('ec2', 'DescribeSecurityGroups', 'SecurityGroups').map((row) =>
      rowOf('SecurityGroup', row, row['GroupId'], ['GroupName', 'Tags', 'IpPermissions', 'IpPermissionsEgress']),
    ),
  ];
}

type Service = Parameters<Simulation['call']>[0]['service'];

/** Reads lists of a region: the member of the answer that `key` names. */
export function listerOf(simulation: Simulation, region: string) {
  return (service: Service, operation: string, key: string, input: Row = {}): readonly Row[] =>
    ((simulation.call({ service, operation, region }, input) as Row)[key] ?? []) as readonly Row[];
}

const LINK = ['Name', 'SubnetIds', 'SecurityGroupIds', 'Tags'];
const INTEGRATION = [
  'ConnectionId',
  'IntegrationUri',
  'IntegrationMethod',
  'Description',
  'TlsConfig',
  'RequestParameters',
];
const ROUTE = ['RouteKey', 'Target', 'OperationName', 'AuthorizationType', 'AuthorizerId'];

/** The instances that are not being deleted. */
function alibabaLinks(simulation: Simulation, region: string): readonly LocalRow[] {
  const answer = simulation.callAlibaba({ product: 'CloudAPI', action: 'DescribeInstances', region }, {}) as Row;
  return list(answer, 'Instances', 'InstanceAttribute')
    .filter(({ Status }) => !/delet/i.test(String(Status)))
    .map((row) => rowOf('Instance', row, row['InstanceId'], ['InstanceName', 'InstanceType', 'Tags']));
}

/** The parts of Alibaba Cloud that private integrations consist of. */
export function alibabaRows(simulation: Simulation, region: string): readonly LocalRow[] {
  const call = (product: 'CloudAPI' | 'Ecs', action: string, input: Row = {}): Row =>
    simulation.callAlibaba({ product, action, region }, input) as Row;
  const groups = list(call('CloudAPI', 'DescribeApiGroups', PAGE), 'ApiGroupAttributes', 'ApiGroupAttribute');
  const apis = list(call('CloudAPI', 'DescribeApis', PAGE), 'ApiSummarys', 'ApiSummary');
  const accesses = list(call('CloudAPI', 'DescribeVpcAccesses', PAGE), 'VpcAccessAttributes', 'VpcAccessAttribute');
  const published = list(call('CloudAPI', 'DescribeDeployedApis', PAGE), 'DeployedApis', 'DeployedApiItem');
  const security = list(
    call('Ecs', 'DescribeSecurityGroups', { ...PAGE, RegionId: region }),
    'SecurityGroups',
    'SecurityGroup',
  );
  return [
    ...alibabaLinks(simulation, region),
    ...groups.map((row) => rowOf('ApiGroup', row, row['GroupId'], ['GroupName'])),
    ...apis.map((row) => rowOf('Api', row, row['ApiId'], ['ApiName', 'GroupId', 'Description', 'Visibility'])),
    ...accesses.map((row) => rowOf('VpcAccess', row, row['VpcAccessId'] ?? row['Name'], ACCESS)),
    ...published.map((row) => rowOf('Published', row, `${String(row['ApiId'])}/${String(row['StageName'])}`, [])),
    ...security.map((row) => {
      const id = String(row['SecurityGroupId']);
      const detail = call('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId: id, RegionId: region });
      const rules = list(detail, 'Permissions', 'Permission').map((rule) => pick(rule, RULE));
      return { type: 'SecurityGroup', id, fields: { ...pick(row, ['SecurityGroupName', 'VpcId']), rules } };
    }),
  ];
}

function list(answer: Row, ...path: readonly string[]): readonly Row[] {
  return (path.reduce<unknown>((value, key) => (value as Row | undefined)?.[key], answer) ?? []) as readonly Row[];
}

const PAGE = { PageSize: 50, PageNumber: 1 };
const ACCESS = ['Name', 'VpcId', 'InstanceId', 'Port', 'Description'];
const RULE = ['Direction', 'IpProtocol', 'PortRange', 'SourceCidrIp', 'DestCidrIp', 'Policy', 'Priority'];

/** The resources of some regions, by `<type> <id>`. */
export type Inventory = ReadonlyMap<string, InventoryRow>;

/** Reads everything that private integrations consist of. No wire, no faults. */
export function inventory(simulation: Simulation, places: readonly Place[]): Inventory {
  const rows = places.flatMap(({ provider, region }) =>
    (READERS[provider]?.(simulation, region) ?? []).map((row) => ({ ...row, region })),
  );
  return new Map(rows.map((row) => [`${row.type} ${row.id}`, row]));
}

const READERS: Readonly<Record<string, (simulation: Simulation, region: string) => readonly LocalRow[]>> = {
  aws: awsRows,
  alibaba: alibabaRows,
};

/** What differs between two inventories in resources that both or the first one has; one line each. */
export function changesOf(before: Inventory, after: Inventory): readonly string[] {
  return [...before].flatMap(([key, { fields }]) => {
    const now = after.get(key);
    if (now === undefined) return [`${key} is gone`];

    const [was, is] = [JSON.stringify(fields), JSON.stringify(now.fields)];
    return was === is ? [] : [`${key} was ${was} and is ${is}`];
  });
}

/** An inventory without some IDs. */
export function without(all: Inventory, ids: readonly string[]): Inventory {
  return new Map([...all].filter(([, { id }]) => !ids.includes(id)));
}

/** Which resources the second one has and the first one has not. */
export function addedIn(before: Inventory, after: Inventory): readonly InventoryRow[] {
  return [...after].flatMap(([key, row]) => (before.has(key) ? [] : [row]));
}

/** What marks have of the resource that they are on, in a description and in a tag: it follows from IDs. */
const HASH = /(?<=#|"postern:spec":"|"postern:spec","Value":")(?:[0-9a-f]{8}){1,2}\b/g;

/** The users that a mark names: of an integration its routes, of a method the resources of its path, which follow from IDs. */
const USERS = / \[([0-9a-f.]+)\]/g;

/**
 * The resources without their IDs, sorted: two inventories with the same lines differ in nothing but the names that the
 * cloud gave. An integration of several routes is one line for each: where an older list hides an integration that a route could
 * share, the route gets one of its own, which is as good.
 */
export function shapeOf(rows: readonly InventoryRow[]): readonly string[] {
  const types = new Map(rows.map(({ type, id }) => [id, type]));
  const named = (text: string): string => {
    let plain = text;
    for (const [id, type] of types) plain = plain.replaceAll(id, `<${type}>`);
    return plain.replaceAll(HASH, '');
  };
  return rows
    .flatMap(({ type, region, fields }) => {
      const line = named(`${region} ${type} ${JSON.stringify(fields)}`);
      if (type === 'Resource') return line.replaceAll(USERS, '');

      const users = [...line.matchAll(USERS)].flatMap(([, names = '']) => names.split('.'));
      return users.length < 2 ? line : users.map((user) => line.replaceAll(USERS, ` [${user}]`));
    })
    .sort();
}

/**
 * Such lines without the paths of REST APIs that have no method. A resource has no place for a mark: the journal, and the mark of its
 * method, say that Postern created it. Where its creator lost its journal, or was another machine, before it created the method, the
 * empty resource stays. It answers no call.
 */
export function withoutEmptyPaths(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !/^\S+ Resource /.test(line) || line.includes('"resourceMethods"'));
}

/**
 * Two links that were created for the same part of a spec; undefined where each is there once. Of those that a link replaces, the
 * mark has another hash. What was there at the start is left out.
 */
export function doubledLink(simulation: Simulation, places: readonly Place[], start: Inventory): string | undefined {
  const byMark = new Map<string, LocalRow>();
  for (const { provider, region } of places) {
    for (const link of LINKS[provider]?.(simulation, region) ?? []) {
      const mark = JSON.stringify(link.fields);
      if (start.has(`${link.type} ${link.id}`) || !mark.includes(MARK)) continue;

      const other = byMark.get(mark);
      if (other !== undefined) return `${other.id} and ${link.id} were created for the same link`;

      byMark.set(mark, link);
    }
  }
  return undefined;
}

/** The tag that says from what a link was created. */
const MARK = 'postern:spec';

const LINKS: Readonly<Record<string, (simulation: Simulation, region: string) => readonly LocalRow[]>> = {
  aws: awsLinks,
  alibaba: alibabaLinks,
};
