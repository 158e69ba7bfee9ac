import { row, type ActedResource } from './row.js';

const API = { description: 'shop', name: 'shop', protocol_type: 'HTTP' };
const mapping = (path: string) => ({ [`overwrite:${path}`]: '$request.path' });

/** The definition of an API with one method. */
const definition = (uri: string): string =>
  JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'shop', version: '1' },
    paths: {
      '/a': { get: { 'x-amazon-apigateway-integration': { type: 'http_proxy', httpMethod: 'GET', uri } } },
    },
  });

const httpApis: readonly ActedResource[] = [
  row(
    'aws_apigatewayv2_api',
    { ...API, cors_configuration: [{ allow_origins: ['https://example.com'] }] },
    'DeleteCorsConfiguration UpdateApi',
    { name: 'store', cors_configuration: [] },
  ),
  row('aws_apigatewayv2_api.sockets', {
    name: 'sockets',
    protocol_type: 'WEBSOCKET',
    route_selection_expression: '$request.body.action',
  }),
  row(
    'aws_apigatewayv2_vpc_link',
    (of) => ({
      name: 'shop',
      subnet_ids: [of('aws_subnet')['id']],
      security_group_ids: [of('aws_security_group')['id']],
    }),
    'UpdateVpcLink',
    { name: 'store' },
  ),
  row(
    'aws_apigatewayv2_integration',
    (of) => ({
      api_id: of('aws_apigatewayv2_api')['id'],
      integration_type: 'HTTP_PROXY',
      integration_method: 'ANY',
      connection_type: 'VPC_LINK',
      connection_id: of('aws_apigatewayv2_vpc_link')['id'],
      integration_uri: of('aws_lb_listener.nlb')['arn'],
      payload_format_version: '1.0',
      timeout_milliseconds: 30_000,
      request_parameters: mapping('path'),
      response_parameters: [{ status_code: '403', mappings: { 'append:header.a': '$context.requestId' } }],
    }),
    'UpdateIntegration',
    { timeout_milliseconds: 20_000, request_parameters: {}, response_parameters: [] },
  ),
  row('aws_apigatewayv2_integration.sockets', (of) => ({
    api_id: of('aws_apigatewayv2_api.sockets')['id'],
    integration_type: 'MOCK',
  })),
  row('aws_apigatewayv2_integration_response', (of) => ({
    api_id: of('aws_apigatewayv2_api.sockets')['id'],
    integration_id: of('aws_apigatewayv2_integration.sockets')['id'],
    integration_response_key: '/200/',
  })),
  row(
    'aws_apigatewayv2_authorizer',
    (of) => ({
      api_id: of('aws_apigatewayv2_api')['id'],
      name: 'jwt',
      authorizer_type: 'JWT',
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: [
        { audience: ['shop'], issuer: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_A1b2C3d4E' },
      ],
    }),
    'UpdateAuthorizer',
    { name: 'tokens' },
  ),
  row(
    'aws_apigatewayv2_route',
    (of) => ({
      api_id: of('aws_apigatewayv2_api')['id'],
      route_key: 'GET /a',
      target: `integrations/${String(of('aws_apigatewayv2_integration')['id'])}`,
      authorization_type: 'JWT',
      authorizer_id: of('aws_apigatewayv2_authorizer')['id'],
    }),
    'UpdateRoute',
    { route_key: 'GET /b', authorization_type: 'NONE', authorizer_id: null },
  ),
  row('aws_apigatewayv2_route.sockets', (of) => ({
    api_id: of('aws_apigatewayv2_api.sockets')['id'],
    route_key: '$default',
    target: `integrations/${String(of('aws_apigatewayv2_integration.sockets')['id'])}`,
    route_response_selection_expression: '$default',
  })),
  row('aws_apigatewayv2_route_response', (of) => ({
    api_id: of('aws_apigatewayv2_api.sockets')['id'],
    route_id: of('aws_apigatewayv2_route.sockets')['id'],
    route_response_key: '$default',
  })),
  row('aws_apigatewayv2_model', (of) => ({
    api_id: of('aws_apigatewayv2_api.sockets')['id'],
    name: 'order',
    content_type: 'application/json',
    schema: '{}',
  })),
  row('aws_apigatewayv2_deployment', (of) => ({ api_id: of('aws_apigatewayv2_api')['id'] }), 'UpdateDeployment', {
    description: 'again',
  }),
  row(
    'aws_apigatewayv2_stage',
    (of) => ({
      api_id: of('aws_apigatewayv2_api')['id'],
      name: 'prod',
      auto_deploy: true,
      stage_variables: { a: '1', b: '2' },
      route_settings: [{ route_key: 'GET /a', throttling_burst_limit: 10, throttling_rate_limit: 10 }],
    }),
    'DeleteRouteSettings UpdateStage',
    {
      stage_variables: { a: '1' },
      route_settings: [],
      default_route_settings: [{ throttling_burst_limit: 20, throttling_rate_limit: 20 }],
    },
  ),
  row('aws_apigatewayv2_domain_name', (of) => ({
    domain_name: 'api.example.com',
    domain_name_configuration: [
      { certificate_arn: of('aws_acm_certificate')['arn'], endpoint_type: 'REGIONAL', security_policy: 'TLS_1_2' },
    ],
  })),
  row(
    'aws_apigatewayv2_api_mapping',
    (of) => ({
      api_id: of('aws_apigatewayv2_api')['id'],
      domain_name: of('aws_apigatewayv2_domain_name')['id'],
      stage: of('aws_apigatewayv2_stage')['id'],
    }),
    'UpdateApiMapping',
    { api_mapping_key: 'shop' },
  ),
];

const METHOD = (of: (address: string) => Readonly<Record<string, unknown>>) => ({
  rest_api_id: of('aws_api_gateway_rest_api')['id'],
  resource_id: of('aws_api_gateway_resource')['id'],
  http_method: 'GET',
});

const restApis: readonly ActedResource[] = [
  row('aws_api_gateway_account', (of) => ({ cloudwatch_role_arn: of('aws_iam_role')['arn'] })),
  row('aws_api_gateway_client_certificate', { description: 'a' }, 'UpdateClientCertificate', { description: 'b' }),
  row('aws_api_gateway_api_key', { name: 'caller' }, 'UpdateApiKey', { description: 'b' }),
  row(
    'aws_api_gateway_rest_api',
    { name: 'shop', endpoint_configuration: [{ types: ['REGIONAL'] }], binary_media_types: ['image/png'] },
    'UpdateRestApi',
    { name: 'store', binary_media_types: ['image/gif'] },
  ),
  row(
    'aws_api_gateway_rest_api.body',
    { name: 'body', description: 'b', body: definition('http://example.com/a') },
    'PutRestApi UpdateRestApi',
    { body: definition('http://example.com/b') },
  ),
  row(
    'aws_api_gateway_rest_api_policy',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' }],
      }),
    }),
    'UpdateRestApi',
    { policy: '' },
  ),
  row(
    'aws_api_gateway_resource',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      parent_id: of('aws_api_gateway_rest_api')['root_resource_id'],
      path_part: 'orders',
    }),
    'UpdateResource',
    { path_part: 'order' },
  ),
  row(
    'aws_api_gateway_authorizer',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      name: 'tokens',
      type: 'COGNITO_USER_POOLS',
      provider_arns: [of('aws_cognito_user_pool')['arn']],
      identity_source: 'method.request.header.Authorization',
    }),
    'UpdateAuthorizer',
    { name: 'users' },
  ),
  row(
    'aws_api_gateway_request_validator',
    (of) => ({ rest_api_id: of('aws_api_gateway_rest_api')['id'], name: 'all', validate_request_body: true }),
    'UpdateRequestValidator',
    { validate_request_body: false },
  ),
  row(
    'aws_api_gateway_model',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      name: 'Order',
      content_type: 'application/json',
      schema: '{"type":"object"}',
    }),
    'UpdateModel',
    { description: 'an order' },
  ),
  row(
    'aws_api_gateway_gateway_response',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      response_type: 'UNAUTHORIZED',
      status_code: '401',
      response_templates: { 'application/json': '{}' },
    }),
    'UpdateGatewayResponse',
    { status_code: '403', response_templates: {} },
  ),
  row(
    'aws_api_gateway_method',
    (of) => ({
      ...METHOD(of),
      authorization: 'COGNITO_USER_POOLS',
      authorizer_id: of('aws_api_gateway_authorizer')['id'],
      request_parameters: { 'method.request.header.a': true },
    }),
    'UpdateMethod',
    {
      authorization: 'NONE',
      authorizer_id: null,
      request_parameters: { 'method.request.header.a': true, 'method.request.header.b': true },
    },
  ),
  row('aws_api_gateway_vpc_link', (of) => ({ name: 'shop', target_arns: [of('aws_lb.nlb')['arn']] }), 'UpdateVpcLink', {
    name: 'store',
  }),
  row(
    'aws_api_gateway_integration',
    (of) => ({
      ...METHOD(of),
      type: 'HTTP',
      integration_http_method: 'GET',
      connection_type: 'VPC_LINK',
      connection_id: of('aws_api_gateway_vpc_link')['id'],
      uri: 'http://example.com/orders',
      request_templates: { 'application/json': 'a' },
      request_parameters: { 'integration.request.header.a': "'1'" },
    }),
    'UpdateIntegration',
    { uri: 'http://example.com/order', request_templates: {}, timeout_milliseconds: 10_000 },
  ),
  row(
    'aws_api_gateway_method_response',
    (of) => ({ ...METHOD(of), status_code: '200', response_models: { 'application/json': 'Empty' } }),
    'UpdateMethodResponse',
    { response_parameters: { 'method.response.header.a': true } },
  ),
  row(
    'aws_api_gateway_integration_response',
    (of) => ({ ...METHOD(of), status_code: '200' }),
    'UpdateIntegrationResponse',
    { response_templates: { 'application/json': '{}' } },
  ),
  row(
    'aws_api_gateway_deployment',
    (of) => ({ rest_api_id: of('aws_api_gateway_rest_api')['id'] }),
    'UpdateDeployment',
    { description: 'again' },
  ),
  row('aws_api_gateway_deployment.again', (of) => ({ rest_api_id: of('aws_api_gateway_rest_api')['id'] })),
  row(
    'aws_api_gateway_stage',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      deployment_id: of('aws_api_gateway_deployment')['id'],
      stage_name: 'prod',
      client_certificate_id: of('aws_api_gateway_client_certificate')['id'],
      variables: { a: '1', b: '2' },
    }),
    'UpdateStage',
    (of) => ({
      deployment_id: of('aws_api_gateway_deployment.again')['id'],
      client_certificate_id: null,
      variables: { a: '2' },
      xray_tracing_enabled: true,
    }),
  ),
  row(
    'aws_api_gateway_method_settings',
    (of) => ({
      rest_api_id: of('aws_api_gateway_rest_api')['id'],
      stage_name: of('aws_api_gateway_stage')['stage_name'],
      method_path: '*/*',
      settings: [{ metrics_enabled: true, logging_level: 'INFO', throttling_burst_limit: 100 }],
    }),
    'UpdateStage',
    { settings: [{ metrics_enabled: true, logging_level: 'ERROR', throttling_burst_limit: 200 }] },
  ),
  row('aws_api_gateway_domain_name', (of) => ({
    domain_name: 'rest.example.com',
    regional_certificate_arn: of('aws_acm_certificate')['arn'],
    endpoint_configuration: [{ types: ['REGIONAL'] }],
  })),
  row(
    'aws_api_gateway_base_path_mapping',
    (of) => ({
      api_id: of('aws_api_gateway_rest_api')['id'],
      domain_name: of('aws_api_gateway_domain_name')['domain_name'],
      stage_name: of('aws_api_gateway_stage')['stage_name'],
    }),
    'UpdateBasePathMapping',
    { base_path: 'shop' },
  ),
];

/** Gateways. */
export const apis = [...httpApis, ...restApis];
