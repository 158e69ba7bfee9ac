import type { Simulation } from '@postern/simulator';
import { type LocalRow, pick, rowOf, type Row } from './row-of.js';

/** The links that are not being deleted. */
export function awsLinks(simulation: Simulation, region: string): readonly LocalRow[] {
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
