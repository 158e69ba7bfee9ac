import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import {
  judgeChangeSet,
  judgeTerraform,
  readChangeSet,
  readTemplate,
  readTerraform,
  terraformSnapshot,
} from '@postern/core/internal/overlay';
import type { Snapshot } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, stageOf, type Resource } from './shop-plan.js';

const options = { plans: [plans], region: 'eu-west-1' };
const judged = (resources: readonly Resource[], base: Snapshot = EMPTY) =>
  judgeTerraform(readTerraform(planText(resources)), base, options);

/** The verdict, and the codes of failures that are about throttles. */
const verdict = ({ integrations, findings }: ReturnType<typeof judged>) => [
  integrations.map(({ after }) => after),
  findings.flatMap(({ code, check, verdict: is }) => (check === 'gateway/throttle' && is === 'fail' ? code : [])),
];
const REFUSES = [['fail'], ['REFUSES_EACH_CALL']];
const WORKS = [['pass'], []];

const limits = (rate?: number | null, burst?: number | null): object => ({
  detailed_metrics_enabled: true,
  throttling_rate_limit: rate ?? null,
  throttling_burst_limit: burst ?? null,
});
const STAGE = 'aws_apigatewayv2_stage.shop';
const stage = (after: object, more: Partial<Resource> = {}): Resource => ({
  address: STAGE,
  after: { name: '$default', auto_deploy: true, ...after },
  refs: { api_id: id('aws_apigatewayv2_api.shop') },
  ...more,
});
const routed = (key: string, rate: number, burst: number) => ({
  route_settings: [{ route_key: key, ...limits(rate, burst) }],
});

/** A route that leads nowhere private. */
const OTHER: Resource = {
  address: 'aws_apigatewayv2_route.other',
  after: { route_key: 'GET /stock', target: null },
  refs: { api_id: id('aws_apigatewayv2_api.shop') },
};

describe('a stage of an HTTP API in a plan of Terraform', () => {
  it.each([
    ['without settings', {}, WORKS],
    ['with metrics and no limit, which the provider sends as 0', { default_route_settings: [limits()] }, REFUSES],
    ['with a rate alone: its burst is 0', { default_route_settings: [limits(100)] }, REFUSES],
    ['with both limits', { default_route_settings: [limits(2.5, 50)] }, WORKS],
    ['whose route has a rate of 0', routed('GET /orders', 0, 5), REFUSES],
    ['whose other route has a rate of 0', routed('GET /stock', 0, 5), WORKS],
    [
      'of 0, where the route has its own',
      { default_route_settings: [limits(0, 0)], ...routed('GET /orders', 5, 5) },
      WORKS,
    ],
  ] as const)('%s', (_, after, expected) => {
    expect(verdict(judged(shop(stage(after), OTHER)))).toEqual(expected);
  });

  it('whose block leaves out a limit is named by a note, with what the provider sends', () => {
    const { notes } = judged(shop(stage({ default_route_settings: [limits(5)] })));
    expect(notes).toEqual([
      expect.stringMatching(/^aws_apigatewayv2_stage\.shop\.\S+throttling_burst_limit is not set: .* 0,/),
    ]);
  });

  it('whose limits are known after the apply is judged without them, and a note says so', () => {
    const { integrations, notes } = judged(
      shop(
        stage(
          { default_route_settings: [{ ...limits(), throttling_rate_limit: undefined }] },
          { unknown: { default_route_settings: [{ throttling_rate_limit: true }] } },
        ),
      ),
    );
    expect(integrations).toMatchObject([{ after: 'pass' }]);
    expect(notes).toContainEqual(
      expect.stringMatching(/^aws_apigatewayv2_stage\.shop\..*throttling_rate_limit is known .*is not judged$/),
    );
  });

  it('has 0 in its state where it has no limit: a plan that leaves it so changes nothing', () => {
    const state = { default_route_settings: [limits(0, 0)], ...routed('GET /orders', 0, 0) };
    const before = { id: '$default', name: '$default', auto_deploy: true, api_id: 'api001', ...state };
    const updated = (after: object) =>
      shop(
        { address: 'aws_apigatewayv2_api.shop', actions: ['no-op'], ...same({ id: 'api001', protocol_type: 'HTTP' }) },
        stage({ ...before, description: 'new', ...after }, { actions: ['update'], before, refs: {} }),
      );
    expect(verdict(judged(updated({})))).toEqual(WORKS);
    expect(verdict(judged(updated({ default_route_settings: [limits(7, 0)], route_settings: [] })))).toEqual(REFUSES);
  });

  it('that is updated keeps what the snapshot shows and the plan does not say', () => {
    const gateway = {
      id: 'api001',
      name: 'shop',
      kind: 'http-api',
      routes: [],
      integrations: [],
      tags: {},
      stages: [{ name: '$default', autoDeploy: true, throttle: { rate: 0, burst: 0 }, throttles: [] }],
    };
    const base = { ...EMPTY, regions: EMPTY.regions.map((one) => ({ ...one, gateways: [gateway] })) } as never;
    const before = { id: '$default', name: '$default', auto_deploy: true, api_id: 'api001' };
    const change = { actions: ['update'], before, refs: {} };
    const api = { address: 'aws_apigatewayv2_api.shop', actions: ['no-op'], ...same({ id: 'api001', name: 'shop' }) };
    expect(verdict(judged(shop(api, stage({ ...before, description: 'new' }, change)), base))).toEqual(REFUSES);
    const raised = { ...before, default_route_settings: [limits(5, 5)] };
    expect(verdict(judged(shop(api, stage(raised, change)), base))).toEqual(WORKS);
  });

  it('of a state is in a spec, unless its limits may be none', () => {
    const read = (rate: number, burst: number) => {
      const state = {
        id: '$default',
        name: '$default',
        api_id: 'api001',
        default_route_settings: [limits(rate, burst)],
      };
      const resources = [
        { address: 'aws_apigatewayv2_api.shop', actions: ['no-op'], ...same({ id: 'api001', protocol_type: 'HTTP' }) },
        { address: STAGE, actions: ['no-op'], ...same(state) },
      ];
      const { snapshot } = terraformSnapshot(readTerraform(planText(resources)), undefined, options);
      return snapshot.regions[0]?.gateways[0]?.stages[0]?.throttle;
    };
    expect(read(9.5, 20)).toEqual({ rate: 9.5, burst: 20 });
    expect(read(0, 0)).toBeUndefined();
  });
});

const same = (values: object): Pick<Resource, 'before' | 'after'> => ({ before: { ...values }, after: { ...values } });

describe('settings of methods of a REST API in a plan of Terraform', () => {
  const API = 'aws_api_gateway_rest_api.shop';
  const verb = (http_method: string): Resource => ({
    address: `aws_api_gateway_integration.${http_method.toLowerCase()}`,
    after: { http_method, type: 'HTTP_PROXY', connection_type: 'VPC_LINK', uri: 'http://shop.example.com/orders' },
    refs: {
      rest_api_id: id(API),
      resource_id: id('aws_api_gateway_resource.orders'),
      connection_id: id('aws_apigatewayv2_vpc_link.shop'),
      integration_target: id('aws_lb.shop', 'arn'),
    },
  });
  const rest = (verbs: readonly string[], ...more: readonly Resource[]): readonly Resource[] =>
    shop(
      ...['api', 'integration', 'route', 'stage'].map((name): Resource => ({
        address: `aws_apigatewayv2_${name}.shop`,
        actions: ['none'],
      })),
      { address: API, after: { name: 'shop' } },
      stageOf(API),
      {
        address: 'aws_api_gateway_resource.orders',
        after: { path_part: 'orders' },
        refs: { rest_api_id: id(API), parent_id: id(API, 'root_resource_id') },
      },
      ...verbs.map(verb),
      ...more,
    );
  const settings = (method_path: string, settingsOf: object, at = 'all'): Resource => ({
    address: `aws_api_gateway_method_settings.${at}`,
    after: { stage_name: 'prod', method_path, settings: [settingsOf] },
    refs: { rest_api_id: id(API) },
  });

  it.each([
    ['of all methods', settings('*/*', limits(0, 5)), REFUSES],
    ['of all methods, without limits', settings('*/*', limits()), WORKS],
    ['of all methods, with none', settings('*/*', limits(-1, -1)), WORKS],
    ['of the method', settings('orders/GET', limits(5, 0)), REFUSES],
    ['of the method, escaped', settings('~1orders/GET', limits(0, 5)), REFUSES],
    ['of another method', settings('orders/POST', limits(0, 0)), WORKS],
    ['of the root', settings('~1/GET', limits(0, 0)), WORKS],
    [
      'of another stage',
      { ...settings('*/*', limits(0, 0)), after: { stage_name: 'beta', method_path: '*/*' } },
      WORKS,
    ],
  ] as const)('%s', (_, resource, expected) => {
    expect(verdict(judged(rest(['GET'], resource)))).toEqual(expected);
  });

  it('of each method that a route takes', () => {
    const refused = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT'].map((one) =>
      settings(`orders/${one}`, limits(0, 5), one),
    );
    expect(verdict(judged(rest(['ANY', 'POST'], ...refused)))).toEqual([['fail', 'pass'], ['REFUSES_EACH_CALL']]);
    expect(verdict(judged(rest(['ANY', 'POST'], ...refused.slice(1))))).toEqual([['pass', 'pass'], []]);
  });
});

describe('a stage in a change set of CloudFormation', () => {
  const TEMPLATE = readFileSync(new URL('../../../../examples/cloudformation/template.yaml', import.meta.url), 'utf8');
  const created = (template: string) => {
    const Changes = Object.entries(readTemplate(template).resources).map(([LogicalResourceId, { Type }]) => ({
      ResourceChange: { Action: 'Add', LogicalResourceId, ResourceType: Type },
    }));
    const set = {
      StackId: 'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1',
      StackName: 'shop',
      ChangeSetName: 'new',
      Parameters: [{ ParameterKey: 'Block', ParameterValue: '10.10.0.0/16' }],
      Changes,
    };
    const text = JSON.stringify(set);
    return judgeChangeSet(readChangeSet(text), readTemplate(template), EMPTY, { plans: [plans] });
  };
  const http = (more: string): string => `${TEMPLATE}      ${more}\n`;
  const rest = (more: string): string =>
    `${TEMPLATE.slice(0, TEMPLATE.indexOf('  # The gateway.'))}  Rest: { Type: AWS::ApiGateway::RestApi, Properties: { Name: shop } }
  Orders:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      ResourceId: !GetAtt Rest.RootResourceId
      HttpMethod: GET
      Integration:
        { Type: HTTP_PROXY, IntegrationHttpMethod: GET, Uri: 'http://shop.example.com/', ConnectionType: VPC_LINK, ConnectionId: !Ref Link, IntegrationTarget: !Ref Balancer }
  Prod:
    Type: AWS::ApiGateway::Stage
    Properties: { RestApiId: !Ref Rest, StageName: prod, DeploymentId: dep001, MethodSettings: [${more}] }
`;

  it.each([
    ['with metrics and no limit, which is none', http('DefaultRouteSettings: { DetailedMetricsEnabled: true }'), WORKS],
    ['with a burst of 0', http('DefaultRouteSettings: { ThrottlingBurstLimit: 0 }'), REFUSES],
    ['with a fraction as text', http(`DefaultRouteSettings: { ThrottlingRateLimit: '0.0' }`), REFUSES],
    [
      'whose route has a rate of 0',
      http(`RouteSettings: { 'ANY /orders/{proxy+}': { ThrottlingRateLimit: 0 } }`),
      REFUSES,
    ],
    ['of a REST API', rest(`{ HttpMethod: '*', ResourcePath: '/*', ThrottlingBurstLimit: 0 }`), REFUSES],
    ['of a REST API, for the root', rest(`{ HttpMethod: GET, ResourcePath: '/', ThrottlingRateLimit: 0 }`), REFUSES],
    ['of a REST API, for a path', rest(`{ HttpMethod: GET, ResourcePath: '/~1a', ThrottlingRateLimit: 0 }`), WORKS],
    ['of a REST API, without limits', rest(`{ HttpMethod: '*', ResourcePath: '/*', MetricsEnabled: true }`), WORKS],
  ] as const)('%s', (_, template, expected) => {
    expect(verdict(created(template))).toEqual(expected);
  });
});
