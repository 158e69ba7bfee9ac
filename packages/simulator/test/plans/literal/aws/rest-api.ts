import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import type { Apply, Area, Change, Values } from '../area.js';
import { linkOf } from './http-api.js';

/** A REST API with resources, methods, a private integration and a stage. */
export const restApi: Area = {
  valid: () => ({
    rest: {
      parts: ['orders', '{id}', 'stock'],
      methods: [
        { verb: 'GET', resource: 'second', authorization: 'NONE' },
        { verb: 'GET', resource: 'third', authorization: 'NONE' },
      ],
      declared: { 'method.request.path.id': true },
      type: 'HTTP_PROXY',
      method: 'GET',
      uri: 'http://shop.example.com/orders',
      timeout: 29_000,
      parameters: { 'integration.request.path.id': 'method.request.path.id' },
      templates: {},
      passthrough: null,
      content: null,
      link: 'v1',
      target: null,
      stage: 'prod',
      variables: {},
    },
  }),
  changes: changes(),
  resources,
  apply,
};

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'integration.request.path.proxy': ['method.request.path.proxy', 'method.request.path.id', "'x'"],
  'integration.request.header.x': [
    'context.requestId',
    'stageVariables.a',
    'method.request.body',
    'request.header.x',
    "'a b'",
  ],
  'integration.request.header.y': ['method.request.header.y', 'method.request.multivalueheader.y'],
  'integration.header.x': ["'x'"],
  'integration.request.querystring.a': [
    'method.request.querystring.id',
    'method.request.multivaluequerystring.id',
    'x',
  ],
  'integration.request.multivalueheader.x': ['method.request.header.y', "'x'"],
  'integration.request.body.a': ["'x'"],
};

function changes(): readonly Change[] {
  const PARTS = ['orders', '{id}', '{proxy+}', 'a/b', '{a', 'a~', '{name}', 'a.b:c'];
  const METHODS = ['ANY', 'GET', 'POST', 'get', 'CONNECT', null];
  const HOSTS = [
    'http://a',
    'https://a:443/b',
    'http://a:8080',
    'http://a:81',
    'http://a:70000',
    'ftp://a',
    'a',
    'http://',
    'http://${stageVariables.host}/a',
  ];
  const DECLARATIONS = [
    'method.request.path.id',
    'method.request.header.y',
    'method.request.querystring.id',
    'request.path.id',
    'method.request.body',
  ];
  return [
    ({ rest }, random) => (rest.parts[random.below(3)] = random.pick(PARTS)),
    ({ rest }, random) => (rest.methods[0].verb = random.pick(['GET', 'ANY', 'get', 'TRACE'])),
    ({ rest }, random) => (rest.methods[1].resource = random.pick(['second', 'third'])),
    // A method that is not that of the integration, and one that is there twice.
    ({ rest }, random) =>
      rest.methods.push({ verb: random.pick(['GET', 'POST', 'ANY']), resource: 'third', authorization: 'NONE' }),
    ({ rest }, random) =>
      (rest.methods[random.below(2)].authorization = random.pick(['AWS_IAM', 'none', 'CUSTOM', 'JWT'])),
    ({ rest }, random) =>
      (rest.declared = Object.fromEntries(random.some(DECLARATIONS, 2).map((name) => [name, random.chance(0.5)]))),
    ({ rest }, random) => (rest.type = random.pick(['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'AWS', 'MOCK'])),
    ({ rest }, random) => (rest.method = random.pick(METHODS)),
    ({ rest }, random) => (rest.uri = random.pick(HOSTS)),
    ({ rest }, random) => (rest.timeout = random.pick([49, 50, 29_000])),
    ({ rest }, random) => {
      const name = random.pick(Object.keys(PARAMETERS));
      rest.parameters = { [name]: random.pick(PARAMETERS[name] ?? []) };
    },
    ({ rest }, random) =>
      (rest.templates = random.pick([{ 'application/json': '{}' }, { json: '{}' }, { 'text/plain': 'a' }])),
    ({ rest }, random) => (rest.passthrough = random.pick(['WHEN_NO_MATCH', 'NEVER', 'ALWAYS'])),
    ({ rest }, random) => (rest.content = random.pick(['CONVERT_TO_TEXT', 'CONVERT'])),
    ({ rest }, random) => {
      rest.link = random.pick(['v1', 'v2']);
      rest.target = random.pick([null, 'shop', 'nlb']);
    },
    ({ rest }, random) => (rest.stage = random.pick(['prod', 'a-b', 'a b', '$default', 'test_1', 's'.repeat(129)])),
    ({ rest }, random) =>
      (rest.variables = random.pick([{ host: 'a' }, { 'a-b': 'a' }, { host: 'a b' }, { host: 'ä' }])),
  ];
}

function resources({ rest }: Values): readonly Resource[] {
  const api = id('aws_api_gateway_rest_api.main');
  const [first, second, third] = rest.parts as string[];
  const part = (name: string, path: string | undefined, parent: readonly string[]): Resource => ({
    address: `aws_api_gateway_resource.${name}`,
    after: { path_part: path },
    refs: { rest_api_id: api, parent_id: parent },
  });
  const root = id('aws_api_gateway_rest_api.main', 'root_resource_id');
  const of = (name: string) => ({ rest_api_id: api, resource_id: id(`aws_api_gateway_resource.${name}`) });
  const [main] = rest.methods;
  return [
    { address: 'aws_api_gateway_rest_api.main', after: { name: 'main' } },
    part('first', first, root),
    part('second', second, id('aws_api_gateway_resource.first')),
    part('third', third, root),
    ...rest.methods.map(({ verb, resource, authorization }: Values, at: number) => ({
      address: `aws_api_gateway_method.m${at}`,
      after: { http_method: verb, authorization, request_parameters: at === 0 ? rest.declared : {} },
      refs: of(resource),
    })),
    {
      address: 'aws_api_gateway_integration.main',
      after: {
        http_method: main.verb,
        type: rest.type,
        integration_http_method: rest.method,
        uri: rest.uri,
        timeout_milliseconds: rest.timeout,
        request_parameters: rest.parameters,
        request_templates: rest.templates,
        passthrough_behavior: rest.passthrough,
        content_handling: rest.content,
        connection_type: 'VPC_LINK',
        ...(rest.target === null ? { integration_target: null } : {}),
      },
      refs: {
        ...of(main.resource),
        connection_id: id(linkOf(rest.link)),
        ...(rest.target === null ? {} : { integration_target: id(`aws_lb.${rest.target}`, 'arn') }),
      },
    },
    {
      address: 'aws_api_gateway_integration.other',
      after: { http_method: rest.methods[1].verb, type: 'MOCK', integration_http_method: null },
      refs: of(rest.methods[1].resource),
    },
    { address: 'aws_api_gateway_deployment.main', after: {}, refs: { rest_api_id: api } },
    {
      address: 'aws_api_gateway_stage.main',
      after: { stage_name: rest.stage, variables: rest.variables },
      refs: { rest_api_id: api, deployment_id: id('aws_api_gateway_deployment.main') },
    },
  ];
}

function apply({ rest }: Values, { create, ids }: Apply): void {
  const call = (address: string, operation: string, input: Values) => create(address, 'apigateway', operation, input);
  const { id: restApiId, rootResourceId } = call('aws_api_gateway_rest_api.main', 'CreateRestApi', { name: 'main' });
  const resource = (name: string, parentId: string, pathPart: string): string =>
    call(`aws_api_gateway_resource.${name}`, 'CreateResource', { restApiId, parentId, pathPart }).id;
  const [first, second, third] = rest.parts;
  const below: Values = { second: resource('second', resource('first', rootResourceId, first), second) };
  below['third'] = resource('third', rootResourceId, third);
  rest.methods.forEach(({ verb, resource: of, authorization }: Values, at: number) =>
    call(`aws_api_gateway_method.m${at}`, 'PutMethod', {
      restApiId,
      resourceId: below[of],
      httpMethod: verb,
      authorizationType: authorization,
      requestParameters: at === 0 ? rest.declared : {},
    }),
  );
  const [main, other] = rest.methods;
  call('aws_api_gateway_integration.main', 'PutIntegration', {
    restApiId,
    resourceId: below[main.resource],
    httpMethod: main.verb,
    type: rest.type,
    integrationHttpMethod: rest.method,
    uri: rest.uri,
    timeoutInMillis: rest.timeout,
    requestParameters: rest.parameters,
    requestTemplates: rest.templates,
    passthroughBehavior: rest.passthrough,
    contentHandling: rest.content,
    connectionType: 'VPC_LINK',
    connectionId: ids[linkOf(rest.link)],
    integrationTarget: rest.target === null ? null : ids[`aws_lb.${rest.target}`],
  });
  call('aws_api_gateway_integration.other', 'PutIntegration', {
    restApiId,
    resourceId: below[other.resource],
    httpMethod: other.verb,
    type: 'MOCK',
  });
  const { id: deploymentId } = call('aws_api_gateway_deployment.main', 'CreateDeployment', { restApiId });
  call('aws_api_gateway_stage.main', 'CreateStage', {
    restApiId,
    deploymentId,
    stageName: rest.stage,
    variables: rest.variables,
  });
}
