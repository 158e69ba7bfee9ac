import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import { entries, Refused, type Apply, type Area, type Values } from '../area.js';
import { httpApiChanges } from './http-api-changes.js';

/** VPC links of both kinds, and an HTTP API with an integration, routes and stages. */
export const httpApi: Area = {
  valid: () => ({
    links: {
      v2: { name: 'main', subnets: ['a', 'b'], groups: ['link'] },
      v1: { name: 'main', target: 'nlb' },
    },
    again: null,
    api: { name: 'main', protocol: 'HTTP' },
    integration: {
      type: 'HTTP_PROXY',
      method: 'ANY',
      format: '1.0',
      timeout: 30_000,
      parameters: {},
      responses: null,
      uri: 'listener',
      link: 'v2',
      name: null,
      subtype: null,
    },
    routes: [
      { key: 'GET /orders', authorization: 'NONE', needsKey: false },
      { key: 'GET /stock/{id}', authorization: 'NONE', needsKey: false },
    ],
    stages: [
      { name: '$default', variables: {}, settings: null, burst: 0 },
      { name: 'test', variables: {}, settings: null, burst: 0 },
    ],
  }),
  changes: httpApiChanges(),
  resources,
  apply,
};

const URIS: Readonly<Record<string, Pick<Resource, 'after' | 'refs'>>> = {
  listener: { refs: { integration_uri: id('aws_lb_listener.shop', 'arn') } },
  balancer: { refs: { integration_uri: id('aws_lb.shop', 'arn') } },
  group: { refs: { integration_uri: id('aws_lb_target_group.shop', 'arn') } },
  name: { refs: { integration_uri: id('aws_lb.shop', 'dns_name') } },
  http: { after: { integration_uri: 'http://shop.example.com' } },
};

const LINKS: Readonly<Record<string, string>> = {
  v2: 'aws_apigatewayv2_vpc_link.main',
  v1: 'aws_api_gateway_vpc_link.main',
};

/** The link of an integration, by its key in the values. */
export const linkOf = (kind: string): string => LINKS[kind] ?? '';

function resources(values: Values): readonly Resource[] {
  const { links, again, api: own, integration, routes, stages } = values;
  const api = id('aws_apigatewayv2_api.main');
  const ofBalancer = (name: string, target: string, balancer: string): Resource => ({
    address: `aws_api_gateway_vpc_link.${name}`,
    after: { name: target, target_arns: [null] },
    refs: { target_arns: id(`aws_lb.${balancer}`, 'arn') },
  });
  return [
    {
      address: linkOf('v2'),
      after: {
        name: links.v2.name,
        subnet_ids: links.v2.subnets.map(() => null),
        security_group_ids: links.v2.groups.map(() => null),
      },
      refs: {
        subnet_ids: links.v2.subnets.flatMap((one: string) => id(`aws_subnet.${one}`)),
        security_group_ids: links.v2.groups.flatMap((one: string) => id(`aws_security_group.${one}`)),
      },
    },
    ofBalancer('main', links.v1.name, links.v1.target),
    ...(again === null ? [] : [ofBalancer('again', 'again', again)]),
    {
      address: 'aws_apigatewayv2_api.main',
      after: { name: own.name, protocol_type: own.protocol },
    },
    {
      address: 'aws_apigatewayv2_integration.main',
      after: {
        connection_type: 'VPC_LINK',
        integration_type: integration.type,
        integration_method: integration.method,
        payload_format_version: integration.format,
        timeout_milliseconds: integration.timeout,
        request_parameters: integration.parameters,
        ...(integration.responses === null ? {} : { response_parameters: [integration.responses] }),
        ...(integration.name === null ? {} : { tls_config: [{ server_name_to_verify: integration.name }] }),
        integration_subtype: integration.subtype,
        ...URIS[integration.uri]?.after,
      },
      refs: { api_id: api, connection_id: id(linkOf(integration.link)), ...URIS[integration.uri]?.refs },
    },
    ...routes.map(({ key, authorization, needsKey }: Values, at: number) => ({
      address: `aws_apigatewayv2_route.r${at}`,
      after: { route_key: key, authorization_type: authorization, api_key_required: needsKey },
      refs: { api_id: api, target: id('aws_apigatewayv2_integration.main') },
    })),
    ...stages.map(({ name, variables, settings, burst }: Values, at: number) => ({
      address: `aws_apigatewayv2_stage.s${at}`,
      after: {
        name,
        auto_deploy: true,
        stage_variables: variables,
        ...(settings === null ? {} : { route_settings: [settingsOf(settings, burst)] }),
      },
      refs: { api_id: api },
    })),
  ];
}

/** The provider sends a limit that is not written as 0. */
function settingsOf(key: string, burst: number): Values {
  return { route_key: key, throttling_rate_limit: 100, throttling_burst_limit: burst };
}

/** So long links are provisioned, and load balancers before them. */
const PROVISIONING_SECONDS = 300;

async function apply(values: Values, { create, call, wait, ids }: Apply): Promise<void> {
  const { links, again, api, integration, routes, stages } = values;
  await wait(PROVISIONING_SECONDS);
  const http = (address: string, operation: string, input: Values) => create(address, 'apigatewayv2', operation, input);
  ids[linkOf('v2')] = http(linkOf('v2'), 'CreateVpcLink', {
    Name: links.v2.name,
    SubnetIds: links.v2.subnets.map((one: string) => ids[`aws_subnet.${one}`]),
    SecurityGroupIds: links.v2.groups.map((one: string) => ids[`aws_security_group.${one}`]),
  }).VpcLinkId;
  const others: Values = {
    [linkOf('v1')]: links.v1,
    'aws_api_gateway_vpc_link.again': again && { name: 'again', target: again },
  };
  for (const [address, link] of entries(others)) {
    if (link === null) continue;
    const targetArns = [ids[`aws_lb.${link.target}`]];
    ids[address] = create(address, 'apigateway', 'CreateVpcLink', { name: link.name, targetArns }).id;
  }
  await wait(PROVISIONING_SECONDS);
  const made = [...call('apigateway', 'GetVpcLinks', {}).items, ...call('apigatewayv2', 'GetVpcLinks', {}).Items];
  for (const one of made) {
    const message = one.statusMessage ?? one.VpcLinkStatusMessage;
    if ((one.status ?? one.VpcLinkStatus) === 'FAILED') throw new Refused('FAILED', message);
  }
  const { ApiId } = http('aws_apigatewayv2_api.main', 'CreateApi', {
    Name: api.name,
    ProtocolType: api.protocol,
    RouteSelectionExpression: api.protocol === 'WEBSOCKET' ? '$request.body.action' : null,
  });
  const uris: Values = {
    listener: ids['aws_lb_listener.shop'],
    balancer: ids['aws_lb.shop'],
    group: ids['aws_lb_target_group.shop'],
    name: 'internal-shop.elb.amazonaws.com',
    http: 'http://shop.example.com',
  };
  const { responses } = integration;
  const { IntegrationId } = http('aws_apigatewayv2_integration.main', 'CreateIntegration', {
    ApiId,
    ConnectionType: 'VPC_LINK',
    ConnectionId: ids[linkOf(integration.link)],
    IntegrationType: integration.type,
    IntegrationMethod: integration.method,
    IntegrationSubtype: integration.subtype,
    PayloadFormatVersion: integration.format,
    TimeoutInMillis: integration.timeout,
    RequestParameters: integration.parameters,
    ResponseParameters: responses === null ? null : { [responses.status_code]: responses.mappings },
    TlsConfig: integration.name === null ? null : { ServerNameToVerify: integration.name },
    IntegrationUri: uris[integration.uri],
  });
  routes.forEach(({ key, authorization, needsKey }: Values, at: number) =>
    http(`aws_apigatewayv2_route.r${at}`, 'CreateRoute', {
      ApiId,
      RouteKey: key,
      AuthorizationType: authorization,
      ApiKeyRequired: needsKey,
      Target: `integrations/${IntegrationId}`,
    }),
  );
  stages.forEach(({ name, variables, settings, burst }: Values, at: number) =>
    http(`aws_apigatewayv2_stage.s${at}`, 'CreateStage', {
      ApiId,
      StageName: name,
      AutoDeploy: true,
      StageVariables: variables,
      RouteSettings:
        settings === null ? null : { [settings]: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: burst } },
    }),
  );
}
