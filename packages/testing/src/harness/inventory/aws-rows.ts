import type { Simulation } from '../../simulation/simulate.js';
import type { InventoryRow } from '../inventory.js';

type Row = Readonly<Record<string, unknown>>;
type Service = Parameters<Simulation['call']>[0]['service'];

/** The parts of AWS that private integrations consist of. */
export function awsRows(simulation: Simulation, region: string): readonly InventoryRow[] {
  const list = (service: Service, operation: string, key: string, input: Row = {}): readonly Row[] =>
    ((simulation.call({ service, operation, region }, input) as Row)[key] ?? []) as readonly Row[];
  const http = (operation: string, input: Row = {}): readonly Row[] => list('apigatewayv2', operation, 'Items', input);
  const rest = (operation: string, input: Row = {}): readonly Row[] => list('apigateway', operation, 'items', input);
  return [
    ...http('GetVpcLinks')
      .filter(({ VpcLinkStatus }) => VpcLinkStatus !== 'DELETING')
      .map((row) => rowOf('VpcLink', row, 'VpcLinkId', LINK)),
    ...http('GetApis').flatMap((api) => {
      const ApiId = textOf(api, 'ApiId');
      return [
        rowOf('Api', api, 'ApiId', ['Name', 'ProtocolType']),
        ...http('GetIntegrations', { ApiId }).map((row) => rowOf('Integration', row, 'IntegrationId', INTEGRATION)),
        ...http('GetRoutes', { ApiId }).map((row) => rowOf('Route', row, 'RouteId', ROUTE)),
        ...http('GetStages', { ApiId }).map((row) => ({
          type: 'Stage',
          id: `${ApiId}/${textOf(row, 'StageName')}`,
          fields: pick(row, ['AutoDeploy']),
        })),
      ];
    }),
    ...rest('GetVpcLinks').map((row) => rowOf('VpcLinkV1', row, 'id', ['name', 'targetArns', 'tags'])),
    ...rest('GetRestApis').flatMap((api) => {
      const restApiId = textOf(api, 'id');
      return [
        rowOf('RestApi', api, 'id', ['name']),
        ...rest('GetResources', { restApiId, embed: ['methods'], limit: 500 }).map((row) =>
          rowOf('Resource', row, 'id', ['path', 'resourceMethods']),
        ),
      ];
    }),
    ...list('ec2', 'DescribeSecurityGroups', 'SecurityGroups').map((row) =>
      rowOf('SecurityGroup', row, 'GroupId', ['GroupName', 'Tags', 'IpPermissions', 'IpPermissionsEgress']),
    ),
  ];
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

function rowOf(type: string, row: Row, id: string, fields: readonly string[]): InventoryRow {
  return { type, id: textOf(row, id), fields: pick(row, fields) };
}

function pick(row: Row, fields: readonly string[]): Row {
  return Object.fromEntries(fields.flatMap((field) => (row[field] === undefined ? [] : [[field, row[field]]])));
}

function textOf(row: Row, field: string): string {
  return String(row[field]);
}
