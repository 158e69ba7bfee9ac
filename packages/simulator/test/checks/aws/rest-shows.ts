import type { AwsStage } from './account.js';
import { useNetworkBalancer } from './moves.js';
import type { Show } from '../show.js';

/** The spec has a REST API and a link V1 to a network load balancer, and is applied. */
export async function useRestApi(stage: AwsStage): Promise<void> {
  const { elb, parts, write } = stage;
  await useNetworkBalancer(stage);
  const { LoadBalancerArn } = elb('DescribeLoadBalancers', { Names: ['orders-nlb'] }).LoadBalancers[0];
  elb('SetSecurityGroups', {
    LoadBalancerArn,
    SecurityGroups: [parts.groups.balancer],
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
  });
  const { id } = rest(stage, 'CreateRestApi', { name: 'shop' });
  write('project: shop', 'project: rest');
  write(/ {4}subnets: .*\n {4}securityGroups: .*\n/, '    loadBalancer: orders-nlb\n');
  write(/gateway: .*/, `gateway: { restApi: ${id}, stage: prod }`);
  write(/ *tls: .*\n/, '');
  write("'ANY /orders': orders", "'ANY /orders': { target: orders, authorizer: iam }");
  await stage.apply();
}

const rest = ({ call }: AwsStage, operation: string, input: object = {}) => call('apigateway', operation, { ...input });
export const apiOf = (stage: AwsStage): string => rest(stage, 'GetRestApis').items[0].id;

/** Changes the stage as another writer would. */
export function patchStage(stage: AwsStage, ...patchOperations: readonly object[]): void {
  rest(stage, 'UpdateStage', { restApiId: apiOf(stage), stageName: 'prod', patchOperations });
}

export const deploymentOf = (stage: AwsStage): string =>
  rest(stage, 'GetStage', { restApiId: apiOf(stage), stageName: 'prod' }).deploymentId;

/** The deployment before the last run. */
let first = '';

const STAGES = ['apigateway:GET', 'apigateway', 'GetStages'] as const;

export const REST_SHOWS: readonly Show<AwsStage>[] = [
  {
    check: 'link/load-balancer',
    setting: useRestApi,
    breaks: ({ write }) =>
      write('  eu:\n', '  two: { provider: aws, region: eu-west-1, loadBalancer: orders-alb }\n  eu:\n'),
    subject: 'link two',
    evidence: ({ parts }) => [parts.balancer],
    remedy: ['or use a VPC link V2: subnets in place of loadBalancer'],
    heals: ({ parts, write }) =>
      write('loadBalancer: orders-alb }', `subnets: [${parts.subnets.a}], securityGroups: [${parts.groups.link}] }`),
    denied: ['elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancingv2', 'DescribeLoadBalancers'],
  },
  {
    check: 'gateway/stage-variable',
    setting: useRestApi,
    otherwise: 'nothing',
    breaks: (stage) => {
      const restApiId = apiOf(stage);
      const { items } = rest(stage, 'GetResources', { restApiId });
      const { id: resourceId } = items.find(({ path }: { readonly path: string }) => path === '/orders');
      const value = '${stageVariables.link}';
      const patchOperations = [{ op: 'replace', path: '/connectionId', value }];
      rest(stage, 'UpdateIntegration', { restApiId, resourceId, httpMethod: 'ANY', patchOperations });
    },
    severity: 'warning',
    subject: 'route ANY /orders, prod',
    evidence: () => ['prod'],
    remedy: ['Run `postern apply`'],
    heals: ({ apply }) => apply(),
    denied: STAGES,
  },
  {
    check: 'gateway/undeployed',
    how: 'the stage is set back to an earlier deployment',
    setting: async (stage) => {
      await useRestApi(stage);
      first = deploymentOf(stage);
      stage.write('authorizer: iam', 'authorizer: iam, timeout: 5s');
      await stage.apply();
    },
    breaks: (stage) => patchStage(stage, { op: 'replace', path: '/deploymentId', value: first }),
    evidence: () => ['prod'],
    remedy: ['Run `postern apply`'],
    heals: ({ apply }) => apply(),
    denied: STAGES,
  },
  {
    check: 'gateway/undeployed',
    how: 'a canary',
    setting: useRestApi,
    breaks: (stage) =>
      rest(stage, 'CreateDeployment', {
        restApiId: apiOf(stage),
        stageName: 'prod',
        canarySettings: { percentTraffic: 10 },
      }),
    severity: 'warning',
    evidence: () => ['prod'],
    remedy: ['Remove the canary of stage prod'],
    heals: (stage) => patchStage(stage, { op: 'remove', path: '/canarySettings' }),
  },
  {
    check: 'aws/usage-plan',
    setting: async (stage) => {
      await useRestApi(stage);
      stage.write('authorizer: iam', 'authorizer: iam, apiKey: true');
      await stage.apply();
      rest(stage, 'CreateUsagePlan', { name: 'partners', apiStages: [{ apiId: apiOf(stage), stage: 'prod' }] });
    },
    breaks: (stage) => patchPlan(stage, 'remove'),
    evidence: () => ['prod'],
    remedy: ['Add stage prod of'],
    heals: (stage) => patchPlan(stage, 'add'),
    denied: ['apigateway:GET', 'apigateway', 'GetUsagePlans'],
  },
  {
    check: 'aws/stage-cache',
    setting: useRestApi,
    breaks: (stage) => cacheCalls(stage, 'true'),
    severity: 'note',
    evidence: () => ['prod'],
    remedy: ['postern probe --via test-call'],
    heals: (stage) => cacheCalls(stage, 'false'),
    denied: STAGES,
  },
  {
    check: 'aws/access-log',
    breaks: (stage) => logCalls(stage, '$context.status'),
    severity: 'note',
    evidence: () => ['$default'],
    remedy: ['Add $context.integration.status and $context.integrationErrorMessage to the format'],
    heals: (stage) => logCalls(stage, '$context.status $context.integration.status'),
    denied: ['apigateway:GET', 'apigatewayv2', 'GetStages'],
  },
];

/** The stage has a cache, which caches calls or does not. */
function cacheCalls(stage: AwsStage, value: 'true' | 'false'): void {
  const enabled = ['/cacheClusterEnabled', '/*/*/caching/enabled'];
  patchStage(stage, ...enabled.map((path) => ({ op: 'replace', path, value })));
}

/** Adds the stage to the usage plan, or removes it. */
function patchPlan(stage: AwsStage, op: 'add' | 'remove'): void {
  const [{ id: usagePlanId }] = rest(stage, 'GetUsagePlans').items;
  const patchOperations = [{ op, path: '/apiStages', value: `${apiOf(stage)}:prod` }];
  rest(stage, 'UpdateUsagePlan', { usagePlanId, patchOperations });
}

/** The access log of the stage of the HTTP API gets this format. */
function logCalls({ call, parts }: AwsStage, Format: string): void {
  const { DestinationArn } = call('apigatewayv2', 'GetStage', {
    ApiId: parts.api,
    StageName: '$default',
  }).AccessLogSettings;
  const AccessLogSettings = { DestinationArn, Format };
  call('apigatewayv2', 'UpdateStage', { ApiId: parts.api, StageName: '$default', AccessLogSettings });
}
