import { FOREIGN_API } from './foreign-api.js';
import type { Scene } from './scene.js';

type Row = Readonly<Record<string, any>>;

/** A reference to something of the project, what it keeps, and how it is removed again. */
export interface Planted {
  /** How the report names what refers. */
  readonly name: string;
  /** Lines of the shape that stay while it refers. */
  readonly kept: RegExp;
  readonly unplant: () => void;
}

/** Somebody's group has a rule that names the group of the allowlist. */
export function groupRule({ by }: Scene): Planted {
  const groups = by('ec2', 'DescribeSecurityGroups').SecurityGroups as readonly Row[];
  const own = groups.find(({ GroupName }) => String(GroupName).startsWith('postern'));
  const { GroupId } = by('ec2', 'CreateSecurityGroup', {
    VpcId: own?.['VpcId'],
    GroupName: 'theirs',
    Description: 'theirs',
  });
  const pair = { GroupId: own?.['GroupId'] };
  const rule = { GroupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [pair] }] };
  by('ec2', 'AuthorizeSecurityGroupIngress', rule);
  return { name: GroupId, kept: /^group /, unplant: () => by('ec2', 'RevokeSecurityGroupIngress', rule) };
}

/** Somebody's route uses the link. */
export function routeOverLink({ by, gatewayId: ApiId, links }: Scene): Planted {
  const [integration] = by('apigatewayv2', 'GetIntegrations', { ApiId }).Items as readonly Row[];
  const { IntegrationId } = by('apigatewayv2', 'CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: links()[0],
    IntegrationUri: integration?.['IntegrationUri'],
    PayloadFormatVersion: '1.0',
  });
  const { RouteId } = by('apigatewayv2', 'CreateRoute', {
    ApiId,
    RouteKey: 'GET /theirs',
    Target: `integrations/${IntegrationId}`,
  });
  return {
    name: 'GET /theirs',
    kept: /^(?:1 links|1 integrations|GET \/theirs|group )/,
    unplant: () => {
      by('apigatewayv2', 'DeleteRoute', { ApiId, RouteId });
      by('apigatewayv2', 'DeleteIntegration', { ApiId, IntegrationId });
    },
  };
}

/** Somebody's API, published in another group, has the authorization as its backend. */
export function publishedApi({ by, links }: Scene): Planted {
  const [access] = by('CloudAPI', 'DescribeVpcAccesses').VpcAccessAttributes.VpcAccessAttribute as readonly Row[];
  const { GroupId } = by('CloudAPI', 'CreateApiGroup', { GroupName: 'theirs' });
  by('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: links()[0] });
  const { ApiId } = by('CloudAPI', 'CreateApi', {
    ...FOREIGN_API,
    GroupId,
    ServiceConfig: JSON.stringify({
      Mock: 'FALSE',
      ServiceProtocol: 'HTTP',
      ServiceVpcEnable: 'TRUE',
      ServiceHttpMethod: 'GET',
      ServicePath: '/theirs',
      ServiceTimeout: 10_000,
      VpcConfig: { Name: access?.['Name'], InstanceId: access?.['InstanceId'], Port: access?.['Port'] },
    }),
  });
  const api = { GroupId, ApiId, StageName: 'RELEASE' };
  by('CloudAPI', 'DeployApi', { ...api, Description: 'theirs' });
  return {
    name: GroupId,
    kept: /^(?:1 instances|group on instance 0|authorization |blocks )/,
    unplant: () => {
      by('CloudAPI', 'AbolishApi', api);
      by('CloudAPI', 'DeleteApi', { GroupId, ApiId });
      by('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: 'api-shared-vpc-001' });
    },
  };
}
