import type { AlibabaStage } from './alibaba/account.js';
import type { AwsStage } from './aws/account.js';
import { type Show, type Stage, together } from './show.js';

/** The integration belongs to another owner, as `postern import` writes it. */
const external = (stage: Stage): void => stage.write('    link: ', '    owner: external\n    link: ');

/** The value that the remedy names for a member of the route. */
const wanted = (remedies: string, field: string): string =>
  new RegExp(`${field} ([^ ,]+)[.,] `).exec(remedies)?.[1] ?? '';

const integrationOf = ({ call, parts }: AwsStage): string =>
  call('apigatewayv2', 'GetIntegrations', { ApiId: parts.api }).Items[0].IntegrationId;

const lead = (stage: AwsStage, IntegrationUri: string): void => {
  stage.call('apigatewayv2', 'UpdateIntegration', {
    ApiId: stage.parts.api,
    IntegrationId: integrationOf(stage),
    IntegrationUri,
  });
};

function leadElsewhere(stage: AwsStage): void {
  const { elb, parts } = stage;
  const { ListenerArn } = elb('CreateListener', {
    LoadBalancerArn: parts.balancer,
    Protocol: 'HTTP',
    Port: 8443,
    DefaultActions: [{ Type: 'forward', TargetGroupArn: parts.targetGroup }],
  }).Listeners[0];
  lead(stage, ListenerArn);
}

const GET = ['apigateway:GET', 'apigatewayv2', 'GetRoutes'] as const;

/** Routes of AWS that differ from the spec. */
export const AWS_LIVE_ROUTES: readonly Show<AwsStage>[] = together<AwsStage>(
  { denied: GET, check: 'gateway/live-route' },
  [
    {
      how: 'of another owner, deleted',
      setting: external,
      breaks: (stage) => {
        const { call, parts } = stage;
        // An API without routes is not deployed: its stage would serve the deleted one.
        const other = {
          RouteKey: 'GET /other',
          Target: `integrations/${integrationOf(stage)}`,
          AuthorizationType: 'AWS_IAM',
        };
        call('apigatewayv2', 'CreateRoute', { ApiId: parts.api, ...other });
        call('apigatewayv2', 'DeleteRoute', { ApiId: parts.api, RouteId: parts.route });
      },
      subject: 'route ANY /orders',
      evidence: ({ parts }) => [parts.api],
      remedy: ['recreate ANY /orders'],
      heals: (stage) =>
        stage.call('apigatewayv2', 'CreateRoute', {
          ApiId: stage.parts.api,
          RouteKey: 'ANY /orders',
          Target: `integrations/${integrationOf(stage)}`,
          AuthorizationType: 'AWS_IAM',
        }),
    },
    {
      how: 'of another owner, changed to another listener',
      setting: external,
      breaks: leadElsewhere,
      evidence: ({ parts }) => [parts.route],
      remedy: ['Ask the owner of'],
      heals: (stage, remedies) => lead(stage, wanted(remedies, 'target')),
    },
    {
      how: 'of this project, with another path set manually',
      breaks: (stage) =>
        stage.call('apigatewayv2', 'UpdateIntegration', {
          ApiId: stage.parts.api,
          IntegrationId: integrationOf(stage),
          RequestParameters: { 'overwrite:path': '/elsewhere' },
        }),
      severity: 'warning',
      evidence: ({ parts }) => [parts.route],
      remedy: ['Run `postern apply`'],
      heals: ({ apply }) => apply(),
    },
  ],
);

/** Points the API of a path to an authorization, and optionally publishes it. */
function leadApi({ call, parts }: AlibabaStage, path: string, name: string, publish: boolean): void {
  const GroupId = parts.apiGroup;
  const { ApiSummary } = call('CloudAPI', 'DescribeApis', { GroupId }).ApiSummarys;
  const apis = ApiSummary.map(({ ApiId }: any) => call('CloudAPI', 'DescribeApi', { GroupId, ApiId }));
  const api = apis.find((one: any) => one.RequestConfig.RequestPath === path);
  const ServiceConfig = { ...api.ServiceConfig, VpcConfig: { ...api.ServiceConfig.VpcConfig, Name: name } };
  call('CloudAPI', 'ModifyApi', {
    GroupId,
    ApiId: api.ApiId,
    ApiName: api.ApiName,
    Description: api.Description,
    Visibility: api.Visibility,
    AuthType: api.AuthType,
    RequestConfig: JSON.stringify(api.RequestConfig),
    ServiceConfig: JSON.stringify(ServiceConfig),
  });
  if (publish)
    call('CloudAPI', 'DeployApi', { GroupId, ApiId: api.ApiId, StageName: 'RELEASE', Description: 'by hand' });
}

/** The name of the authorization of a machine or load balancer. */
function accessOf({ call }: AlibabaStage, instance: string): string {
  const rows = call('CloudAPI', 'DescribeVpcAccesses', {}).VpcAccessAttributes.VpcAccessAttribute;
  return rows.find(({ InstanceId }: any) => InstanceId === instance).Name;
}

/** APIs of Alibaba Cloud that differ from the spec. */
export const ALIBABA_LIVE_ROUTES: readonly Show<AlibabaStage>[] = [
  {
    check: 'gateway/live-route',
    how: 'of another owner, published to another backend; its draft is as declared',
    setting: external,
    breaks: (stage) => {
      leadApi(stage, '/orders', accessOf(stage, stage.parts.balancer), true);
      leadApi(stage, '/orders', accessOf(stage, stage.parts.machine), false);
    },
    subject: 'route ANY /orders',
    evidence: (stage) => [accessOf(stage, stage.parts.balancer)],
    remedy: ['Ask the owner of', 'target on RELEASE'],
    heals: (stage, remedies) => leadApi(stage, '/orders', wanted(remedies, 'target on RELEASE'), true),
    denied: ['apigateway:DescribeDeployedApi', 'cloudapi', 'DescribeDeployedApi'],
  },
  {
    check: 'gateway/live-route',
    how: 'of another owner, deleted',
    setting: external,
    breaks: ({ call, parts }) => {
      const GroupId = parts.apiGroup;
      const { ApiSummary } = call('CloudAPI', 'DescribeApis', { GroupId }).ApiSummarys;
      const { ApiId } = ApiSummary[0];
      call('CloudAPI', 'AbolishApi', { GroupId, ApiId, StageName: 'RELEASE' });
      call('CloudAPI', 'DeleteApi', { GroupId, ApiId });
    },
    evidence: ({ parts }) => [parts.apiGroup],
    remedy: ['or remove it from integrations.orders.routes'],
    heals: (stage, remedies) => {
      const [, key = ''] = /recreate (ANY \/\w+)/.exec(remedies) ?? [];
      stage.write(new RegExp(`'${key}': \\w+,? ?`), '');
    },
    denied: ['apigateway:DescribeApiGroup', 'cloudapi', 'DescribeApiGroup'],
  },
];
