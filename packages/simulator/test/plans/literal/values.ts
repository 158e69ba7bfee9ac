import type { Random } from '../../agreement/random.js';

/** Values of resources, as texts of a configuration have them. `null`: not set. */
export type Values = Record<string, any>;

/** What a valid configuration has: an HTTP API before an application load balancer, and a REST API before a network load balancer. */
export function validValues(): Values {
  const group = (name: string, more: Values = {}): Values => ({
    name,
    port: 80,
    protocol: 'HTTP',
    target_type: 'ip',
    protocol_version: null,
    health_check: null,
    ...more,
  });
  return {
    subnets: {
      a: { block: '10.0.0.0/24', zone: 'a' },
      b: { block: '10.0.1.0/24', zone: 'b' },
      c: { block: '10.0.2.0/24', zone: 'c' },
    },
    groups: { link: 'link', balancer: 'balancer', backend: 'backend' },
    description: 'a group',
    rules: [
      { protocol: 'tcp', from: 80, to: 80, block: '10.0.0.0/16' },
      { protocol: 'tcp', from: 443, to: 443, block: '10.0.0.0/16' },
    ],
    balancers: {
      shop: { name: 'shop', type: 'application', subnets: ['a', 'b'] },
      nlb: { name: 'nlb', type: 'network', subnets: ['a', 'b'] },
    },
    targetGroups: { shop: group('shop'), other: group('other'), nlb: group('nlb', { protocol: 'TCP' }) },
    targets: { shop: '10.0.0.100', nlb: '10.0.0.100' },
    listeners: {
      shop: { balancer: 'shop', port: 80, protocol: 'HTTP', action: 'forward', group: 'shop' },
      second: { balancer: 'shop', port: 8080, protocol: 'HTTP', action: 'forward', group: 'other' },
      nlb: { balancer: 'nlb', port: 80, protocol: 'TCP', action: 'forward', group: 'nlb' },
    },
    listenerRules: [
      { priority: 10, action: 'forward', group: 'shop' },
      { priority: 20, action: 'forward', group: 'other' },
    ],
    integration: {
      type: 'HTTP_PROXY',
      method: 'ANY',
      format: '1.0',
      timeout: 30_000,
      parameters: {},
      uri: 'listener',
      link: 'v2',
    },
    keys: ['GET /orders', 'GET /stock/{id}'],
    stages: ['$default', 'test'],
    rest: {
      parts: ['orders', '{id}', 'stock'],
      verb: 'GET',
      declared: { 'method.request.path.id': true },
      type: 'HTTP_PROXY',
      method: 'GET',
      uri: 'http://shop.example.com/orders',
      timeout: 29_000,
      parameters: { 'integration.request.path.id': 'method.request.path.id' },
      link: 'v1',
      target: false,
    },
  };
}

const NAMES = [
  'shop',
  'other',
  'nlb',
  'web-1',
  'a',
  '-web',
  'web-',
  'web_1',
  'a.b',
  'internal-web',
  'w'.repeat(32),
  'w'.repeat(33),
];
const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP', 'TCP_UDP', 'GENEVE'];
const METHODS = ['ANY', 'GET', 'POST', 'get', 'CONNECT', null];

const CHECKS: Readonly<Record<string, readonly unknown[]>> = {
  protocol: ['HTTP', 'HTTPS', 'TCP', 'UDP'],
  port: ['traffic-port', '8080', '0', '70000', 'http'],
  path: ['/', '/health', 'health'],
  interval: [5, 10, 30, 4, 301],
  timeout: [2, 5, 10, 30, 1, 121],
  healthy_threshold: [2, 10, 1, 11],
  unhealthy_threshold: [2, 10, 1, 11],
  matcher: ['200', '200-299', '200,204', '200-500', '99', 'ok'],
  enabled: [true, false],
};

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
];

const PARAMETERS = {
  http: {
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
    'append:path': ['x'],
    'header.x': ['x'],
    'overwrite:header.host': ['shop.example.com'],
    'overwrite:header.x-forwarded-for': ['x'],
    'overwrite:header.x-forwarded': ['x'],
  },
  rest: {
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
  },
} as const;

/** Changes one value at random. */
type Change = (values: Values, random: Random) => void;

function oneOf(list: Readonly<Record<string, readonly string[]>>, random: Random): Record<string, string> {
  const name = random.pick(Object.keys(list));
  return { [name]: random.pick(list[name] ?? []) };
}

const target = (random: Random) => random.pick(['shop', 'other', 'nlb']);
const listener = (random: Random) => random.pick(['shop', 'second', 'nlb']);

const CHANGES: readonly Change[] = [
  ({ subnets }, random) => {
    const blocks = [
      '10.0.0.0/25',
      '10.0.0.0/24',
      '10.0.1.128/25',
      '10.0.9.0/28',
      '10.0.8.0/29',
      '10.1.0.0/24',
      '10.0.0.0/15',
    ];
    subnets[random.pick(['b', 'c'])].block = random.pick(blocks);
  },
  ({ subnets }, random) => (subnets[random.pick(['b', 'c'])].zone = random.pick(['a', 'b', 'c'])),
  ({ groups }, random) => {
    const names = [
      'link',
      'balancer',
      'sg-1',
      'default',
      'Default',
      'a group',
      'g'.repeat(256),
      'g'.repeat(255),
      'grüppe',
      '<a>',
    ];
    groups[random.pick(['link', 'balancer', 'backend'])] = random.pick(names);
  },
  (values, random) => (values['description'] = random.pick(['a group', 'für', 'd'.repeat(256), 'a <b>', '{a}'])),
  ({ rules }, random) => {
    const rule = random.pick(rules as Values[]);
    rule['from'] = rule['to'] = random.pick([80, 443, 8080]);
    if (random.chance(0.2)) rule['block'] = '10.0.0.0/24';
    if (random.chance(0.2)) rule['protocol'] = random.pick(['udp', '-1', '6']);
  },
  ({ balancers }, random) => (balancers[random.pick(['shop', 'nlb'])].name = random.pick(NAMES)),
  ({ balancers }, random) => {
    const places = [['a'], ['a', 'c'], ['b', 'c'], ['a', 'b', 'c']];
    balancers[random.pick(['shop', 'nlb'])].subnets = random.pick(places);
  },
  ({ balancers }, random) => (balancers[random.pick(['shop', 'nlb'])].type = random.pick(['application', 'network'])),
  ({ targetGroups }, random) => (targetGroups[target(random)].name = random.pick(NAMES)),
  ({ targetGroups }, random) => (targetGroups[target(random)].protocol = random.pick(PROTOCOLS)),
  ({ targetGroups }, random) => (targetGroups[target(random)].port = random.pick([80, 6081, 0, 65_535, 65_536])),
  ({ targetGroups }, random) => (targetGroups[target(random)].target_type = random.pick(['ip', 'instance', 'alb'])),
  ({ targetGroups }, random) =>
    (targetGroups[target(random)].protocol_version = random.pick(['HTTP1', 'HTTP2', 'GRPC', 'HTTP3', null])),
  ({ targetGroups }, random) => {
    const names = random.some(Object.keys(CHECKS), 3);
    const check = Object.fromEntries(names.map((name) => [name, random.pick(CHECKS[name] ?? [])]));
    targetGroups[target(random)].health_check = check;
  },
  ({ targets }, random) => {
    const ids = ['10.0.0.100', 'i-0123456789abcdef0', 'shop.example.com', 'balancer'];
    targets[random.pick(['shop', 'nlb'])] = random.pick(ids);
  },
  ({ listeners }, random) => (listeners[listener(random)].port = random.pick([80, 8080, 0, 65_536])),
  ({ listeners }, random) => (listeners[listener(random)].protocol = random.pick(PROTOCOLS)),
  ({ listeners }, random) => (listeners[listener(random)].action = random.pick(['forward', 'fixed-response'])),
  ({ listeners }, random) => (listeners[listener(random)].group = target(random)),
  ({ listeners }, random) => (listeners[listener(random)].balancer = random.pick(['shop', 'nlb'])),
  ({ listenerRules }, random) =>
    (random.pick(listenerRules as Values[])['priority'] = random.pick([10, 20, 0, 50_000, 50_001])),
  ({ listenerRules }, random) => (random.pick(listenerRules as Values[])['group'] = target(random)),
  ({ integration }, random) => (integration.format = random.pick(['1.0', '2.0', '3', null])),
  ({ integration }, random) => (integration.type = random.pick(['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'MOCK'])),
  ({ integration }, random) => (integration.method = random.pick(METHODS)),
  ({ integration }, random) => (integration.timeout = random.pick([49, 50, 29_000, 30_000, 30_001])),
  ({ integration }, random) => (integration.parameters = oneOf(PARAMETERS.http, random)),
  ({ integration }, random) => (integration.uri = random.pick(['listener', 'balancer', 'group', 'name', 'http'])),
  ({ integration }, random) => (integration.link = random.pick(['v1', 'v2'])),
  ({ keys }, random) => (keys[random.below(2)] = random.pick(KEYS)),
  ({ stages }, random) => (stages[1] = random.pick(['$default', 'test', 'prod'])),
  ({ rest }, random) => {
    const parts = ['orders', '{id}', '{proxy+}', 'a/b', '{a', 'a~', '{name}', 'a.b:c'];
    rest.parts[random.below(3)] = random.pick(parts);
  },
  ({ rest }, random) => (rest.verb = random.pick(['GET', 'ANY', 'get', 'TRACE'])),
  ({ rest }, random) => {
    const names = [
      'method.request.path.id',
      'method.request.header.y',
      'method.request.querystring.id',
      'request.path.id',
      'method.request.body',
    ];
    rest.declared = Object.fromEntries(random.some(names, 2).map((name) => [name, random.chance(0.5)]));
  },
  ({ rest }, random) => (rest.type = random.pick(['HTTP_PROXY', 'HTTP', 'AWS_PROXY', 'AWS'])),
  ({ rest }, random) => (rest.method = random.pick(METHODS)),
  ({ rest }, random) => {
    const hosts = [
      'http://a',
      'https://a:443/b',
      'http://a:8080',
      'http://a:81',
      'http://a:70000',
      'ftp://a',
      'a',
      'http://',
    ];
    rest.uri = random.pick(hosts);
  },
  ({ rest }, random) => (rest.timeout = random.pick([49, 50, 29_000])),
  ({ rest }, random) => (rest.parameters = oneOf(PARAMETERS.rest, random)),
  ({ rest }, random) => {
    rest.link = random.pick(['v1', 'v2']);
    rest.target = rest.link === 'v2' && random.chance(0.5);
  },
];

/** A valid configuration with none to three values changed. */
export function randomValues(random: Random): Values {
  const values = validValues();
  for (let count = random.below(4); count > 0; count -= 1) random.pick(CHANGES)(values, random);
  return values;
}
