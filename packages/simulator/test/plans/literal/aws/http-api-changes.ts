import type { Change, Values } from '../area.js';

const KEYS = [
  'GET /orders',
  'ANY /{proxy+}',
  '$default',
  'GET /',
  'GET /a/{id}/b/{id}',
  'ANY /orders/{proxy+}/execution',
  'GET orders',
  'FETCH /orders',
  'GET /a//b',
  'GET /a b',
  'GET /a/{id',
  'GET /{a}{b}',
  'GET /a~b',
  'GET /a/',
  'POST /orders/{id}',
  'sendMessage',
  '$connect',
];

const METHODS = ['ANY', 'GET', 'POST', 'get', 'CONNECT', null];

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  'overwrite:path': ['$request.path', '/a/$request.path.proxy', '$response.header.x', 'x'],
  'overwrite:header.Authorization': ['x'],
  'append:header.x-tenant': [
    '$request.header.x',
    '$context.requestId',
    '$stageVariables.a',
    '${request.body.a}',
    '$request.cookie.a',
  ],
  'append:header.Via': ['x'],
  'remove:header.x-amz-date': ["''"],
  'remove:querystring.a': ["''"],
  'overwrite:querystring.a': [
    '$request.querystring.a',
    '$request.path',
    '$request.method',
    '$context.authorizer.claims.sub',
  ],
  'append:querystring.a': ['${request.querystring.a}-${stageVariables.b}', '$response.body.a'],
  'overwrite:header.x y': ['x'],
  'overwrite:statuscode': ['200'],
  'remove:path': ["''"],
  'append:path': ['x'],
  'header.x': ['x'],
  'overwrite:header.host': ['shop.example.com'],
  'overwrite:header.x-forwarded-for': ['x'],
  'overwrite:header.x-forwarded': ['x'],
};

const RESPONSES: readonly Values[] = [
  { status_code: '404', mappings: { 'overwrite:statuscode': '403' } },
  { status_code: '600', mappings: { 'overwrite:statuscode': '403' } },
  { status_code: '404', mappings: { 'append:header.x': '$response.header.y' } },
  { status_code: '404', mappings: { 'append:header.x': '$request.header.y' } },
  { status_code: '404', mappings: { 'append:header.connection': 'close' } },
  { status_code: '99', mappings: { 'remove:header.x': "''" } },
  { status_code: '500', mappings: { 'overwrite:header.x': '$context.requestId' } },
  {
    status_code: '500',
    mappings: { 'overwrite:header.x': '$stageVariables.a', 'overwrite:statuscode': '$response.header.y' },
  },
  { status_code: '500', mappings: { 'overwrite:path': '/a' } },
  { status_code: '500', mappings: { 'append:querystring.a': 'x' } },
];

export function httpApiChanges(): readonly Change[] {
  const PLACES = [['a'], ['a', 'b'], ['a', 'd'], ['d'], ['a', 'c']];
  return [
    ({ links }, random) => (links.v2.subnets = random.pick(PLACES)),
    ({ links }, random) => (links.v2.groups = random.pick([['link'], ['foreign'], ['link', 'foreign']])),
    ({ links }, random) => (links.v2.name = random.pick(['main', '', 'm'.repeat(128), 'm'.repeat(129)])),
    ({ links }, random) => (links.v1.target = random.pick(['nlb', 'shop'])),
    ({ links }, random) => (links.v1.name = random.pick(['main', 'other', ''])),
    (values, random) => (values['again'] = random.pick(['nlb', 'shop'])),
    ({ integration }, random) => (integration.format = random.pick(['1.0', '2.0', '3', null])),
    ({ integration }, random) => (integration.type = random.pick(['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'MOCK'])),
    ({ integration }, random) => (integration.method = random.pick(METHODS)),
    ({ integration }, random) => (integration.timeout = random.pick([49, 50, 29_000, 30_000, 30_001])),
    ({ integration }, random) => {
      const name = random.pick(Object.keys(PARAMETERS));
      integration.parameters = { [name]: random.pick(PARAMETERS[name] ?? []) };
    },
    ({ integration }, random) => (integration.responses = random.pick(RESPONSES)),
    ({ integration }, random) => (integration.uri = random.pick(['listener', 'balancer', 'group', 'name', 'http'])),
    ({ integration }, random) => (integration.link = random.pick(['v1', 'v2'])),
    ({ integration }) => (integration.subtype = 'SQS-SendMessage'),
    ({ integration }, random) => (integration.name = random.pick(['shop.example.com', 's'.repeat(513)])),
    (values, random) => {
      const { api, integration, routes } = values;
      api.protocol = 'WEBSOCKET';
      integration.link = random.pick(['v1', 'v1', 'v2']);
      integration.uri = random.pick(['http', 'http', 'listener']);
      integration.timeout = random.pick([29_000, 30_000]);
      for (const route of routes) route.key = random.pick(['sendMessage', '$connect', '$default', '$other', 'GET /a']);
    },
    ({ routes }, random) => (random.pick(routes as Values[])['key'] = random.pick(KEYS)),
    ({ routes }, random) =>
      (random.pick(routes as Values[])['authorization'] = random.pick(['AWS_IAM', 'JWT', 'CUSTOM', 'OPEN'])),
    ({ routes }, random) => (random.pick(routes as Values[])['needsKey'] = random.chance(0.7)),
    ({ stages }, random) => (stages[1].name = random.pick(['$default', 'prod', 'a b', 's'.repeat(129), 'a.b', 'a-b'])),
    ({ stages }, random) =>
      (stages[1].variables = random.pick([{ port: '80' }, { 'a-b': '80' }, { port: 'a b' }, { port: '' }])),
    ({ stages }, random) => (stages[1].burst = random.pick([0, 50])),
    ({ stages }, random) => (stages[1].settings = random.pick(['GET /orders', 'GET /stock', 'GET /stock/{id}'])),
  ];
}
