import { parseSpec } from '../clouds.js';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './problems-of.js';

interface Parts {
  readonly gateway?: string;
  readonly route?: string;
  readonly more?: string;
}

/** A spec with one integration: its gateway is on line 8, its route on line 11. */
const spec = ({ gateway = 'restApi: a1b2c3d4e5, stage: prod', route = "'GET /a': orders", more = '' }: Parts): string =>
  `version: 1
project: shop
links:
  main: { provider: aws, region: eu-west-1, id: vlink-1 }
integrations:
  orders:
    link: main
    gateway: { ${gateway} }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 443 } } }
    routes:
      ${route}
${more}`;

const own = (parts: Parts) => parseSpec(spec(parts)).integrations['orders'];

describe('the stage of a gateway', () => {
  it.each([
    ['of a REST API', 'restApi: a1b2c3d4e5, stage: prod', { restApi: 'a1b2c3d4e5', stage: 'prod' }],
    ['of a WebSocket API is not named', 'webSocketApi: a1b2c3d4e5', { webSocketApi: 'a1b2c3d4e5' }],
  ])('%s', (_, gateway, expected) => {
    const route = gateway.startsWith('web') ? 'sendOrder: orders' : undefined;
    expect(own({ gateway, ...(route === undefined ? {} : { route }) })?.gateway).toEqual(expected);
  });

  it('is not required of an external integration, whose routes may be on any stage', () => {
    const more = '    owner: external\n';
    expect(own({ gateway: 'restApi: a1b2c3d4e5', more })?.gateway).toEqual({ restApi: 'a1b2c3d4e5' });
  });

  const at = 'INVALID_SPEC integrations.orders.gateway';
  it.each([
    [
      'missing',
      'restApi: a1b2c3d4e5',
      [
        `${at} (line 8): \`stage\` is required: routes of a REST API are deployed to one | Write { restApi: a1b2c3d4e5, stage: prod }.`,
      ],
    ],
    [
      'of an HTTP API',
      'httpApi: a1b2c3d4e5, stage: prod',
      [`${at}.stage (line 8): a stage is supported only with restApi | Remove it.`],
    ],
    [
      'empty',
      "restApi: a1b2c3d4e5, stage: ''",
      [`${at}.stage (line 8): not a valid name on the cloud | Use printable ASCII.`],
    ],
    [
      'several',
      'restApi: a1b2c3d4e5, stages: [prod]',
      [`${at}.stages (line 8): stages are supported only with apiGroup | Remove them.`],
    ],
    [
      'two gateways',
      'restApi: a1b2c3d4e5, httpApi: a1b2c3d4e5, stage: prod',
      [
        `${at} (line 8): a gateway is one of httpApi, restApi, webSocketApi, apiGroup and apigHttpApi | Name exactly one.`,
      ],
    ],
  ])('is refused: %s', (_, gateway, expected) => {
    expect(problemsOf(spec({ gateway }))).toEqual(expected);
  });
});

describe('the settings of a route', () => {
  const full = `'GET /a/{id}':
        target: orders
        host: orders.internal
        timeout: 10s
        parameters: { path: { id: path.id }, query: { region: "'eu'" }, header: { x-user: context.authorizer.sub, x-tenant: header.tenant } }
        authorizer: iam
        scopes: [orders/read]
        apiKey: true
        stream: false`;

  it('are read, the timeout in milliseconds', () => {
    expect(own({ route: full })).toMatchObject({
      routes: { 'GET /a/{id}': 'orders' },
      settings: {
        'GET /a/{id}': {
          host: 'orders.internal',
          timeoutMs: 10_000,
          parameters: {
            path: { id: 'path.id' },
            query: { region: "'eu'" },
            header: { 'x-user': 'context.authorizer.sub', 'x-tenant': 'header.tenant' },
          },
          authorizer: 'iam',
          scopes: ['orders/read'],
          apiKey: true,
          stream: false,
        },
      },
    });
  });

  it('are absent where none is written, also in the long form', () => {
    for (const route of ["'GET /a': orders", "'GET /a': { target: orders }"]) {
      const integration = own({ route });
      expect(integration?.routes).toEqual({ 'GET /a': 'orders' });
      expect(integration).not.toHaveProperty('settings');
    }
  });

  it('are those of the routes that write some', () => {
    const route = "'GET /a': orders\n      'GET /b': { target: orders, timeout: 250ms }";
    expect(own({ route })?.settings).toEqual({ 'GET /b': { timeoutMs: 250 } });
  });

  const at = 'INVALID_SPEC integrations.orders.routes["GET /a"]';
  const source =
    'not a valid source of a parameter | Write path.NAME, query.NAME, header.NAME or context.NAME, or a constant in single quotes: "\'eu\'".';
  it.each([
    ['no target', '{ timeout: 10s }', `${at}.target (line 11): required: expected text, f`],
    [
      'a misspelled key',
      '{ target: orders, timeuot: 10s }',
      `${at}.timeuot (line 11): unknown key "timeuot" | Did you mean timeout?`,
    ],
    ['a time without unit', '{ target: orders, timeout: 10 }', `${at}.timeout (line 11): `],
    [
      'a host with a port',
      '{ target: orders, host: "a.b:80" }',
      `${at}.host (line 11): not a valid host name | Write it as in orders.internal.`,
    ],
    [
      'a constant without quotes',
      '{ target: orders, parameters: { header: { x: eu } } }',
      `${at}.parameters.header.x (line 11): ${source}`,
    ],
    [
      'an unknown source',
      '{ target: orders, parameters: { query: { x: body.id } } }',
      `${at}.parameters.query.x (line 11): ${source}`,
    ],
    [
      'an unknown place',
      '{ target: orders, parameters: { headers: {} } }',
      `${at}.parameters.headers (line 11): unknown key "headers" | Did you mean header?`,
    ],
    [
      'a name with a blank',
      '{ target: orders, parameters: { header: { "x y": header.x } } }',
      `${at}.parameters.header["x y"] (line 11): not a valid name of a parameter | Write a name such as x-tenant.`,
    ],
    ['a scope that is not a text', '{ target: orders, scopes: [1] }', `${at}.scopes[0] (line 11): `],
    ['a text in place of a flag', '{ target: orders, apiKey: "yes" }', `${at}.apiKey (line 11): `],
    [
      'a target that does not exist',
      '{ target: bills }',
      `UNKNOWN_REFERENCE integrations.orders.routes["GET /a"] (line 11): target bills is not declared in this integration | Defined: orders.`,
    ],
  ])('are refused: %s', (_, value, expected) => {
    const [first = '', ...others] = problemsOf(spec({ route: `'GET /a': ${value}` }));
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(first).toMatch(/ \| \S/);
    expect(others).toEqual([]);
  });

  it.each([
    ['an HTTP API has no apiKey', 'httpApi: a1b2c3d4e5', "'GET /a'", 'apiKey: true', 'apiKey', 'an HTTP API'],
    ['an HTTP API has no stream', 'httpApi: a1b2c3d4e5', "'GET /a'", 'stream: true', 'stream', 'an HTTP API'],
    [
      'a WebSocket API has no authorizer',
      'webSocketApi: a1b2c3d4e5',
      '$connect',
      'authorizer: iam',
      'authorizer',
      'a WebSocket API',
    ],
    ['a WebSocket API has no scopes', 'webSocketApi: a1b2c3d4e5', 'send', 'scopes: [a]', 'scopes', 'a WebSocket API'],
  ])('%s', (message, gateway, route, setting, key, title) => {
    const place = `integrations.orders.routes${route === 'send' ? '.send' : `["${route.replaceAll("'", '')}"]`}.${key}`;
    expect(problemsOf(spec({ gateway, route: `${route}: { target: orders, ${setting} }` }))).toEqual([
      `INVALID_SPEC ${place} (line 11): ${message} | Remove ${key}: routes of ${title} do not have it.`,
    ]);
  });

  it('an API group has no timeout, which its own settings hold', () => {
    const text = spec({ gateway: 'apiGroup: g1', route: "'GET /a': { target: orders, timeout: 10s }" })
      .replace('aws, region: eu-west-1, id: vlink-1', 'alibaba, region: cn-hangzhou, id: apigateway-hz-1')
      .replace('listener: { loadBalancer: orders-alb, port: 443 }', 'instance: i-bp1, port: 80');
    expect(problemsOf(text)).toEqual([
      `${at}.timeout (line 11): an API group has no timeout | Remove timeout: routes of an API group do not have it.`,
    ]);
  });
});

describe('route keys', () => {
  const REST = 'restApi: a1b2c3d4e5, stage: prod';
  const SOCKET = 'webSocketApi: a1b2c3d4e5';
  it.each([
    [REST, 'ANY /'],
    [REST, 'GET /a/{id}/b/{proxy+}'],
    [REST, 'GET /a/{id.of_it-x}'],
    [SOCKET, '$connect'],
    [SOCKET, '$disconnect'],
    [SOCKET, '$default'],
    [SOCKET, 'send.Order_1-x'],
  ])('of { %s }: %s is valid', (gateway, key) => {
    expect(problemsOf(spec({ gateway, route: `'${key}': orders` }))).toEqual([]);
  });

  const method = "not a valid route key | Write the method and the path, such as 'ANY /orders/{proxy+}'.";
  const message =
    'not a valid route key | Write $connect, $disconnect, $default, or what the route selection expression gives, such as sendOrder.';
  const braces = 'Write {name} for one part of the path, and {name+} only at its end.';
  it.each([
    [REST, '$default', "a REST API does not support $default | Write 'ANY /{proxy+}'."],
    [REST, 'sendOrder', method],
    [REST, 'GTE /a', "not a valid route key | Did you mean 'GET /a'?"],
    [REST, '$connect', method],
    [REST, 'GET /a/{proxy+}/b', `{proxy+} is not allowed before the end of a path | ${braces}`],
    [REST, 'GET /a/x{id}', `x{id} is not allowed in a path | ${braces}`],
    [REST, 'GET /{id}/{id}', '{id} is in the path twice | Give one of them another name.'],
    [SOCKET, 'GET /a', message],
    ['httpApi: a1b2c3d4e5', 'sendOrder', method.replace("'.", "', or $default.")],
  ])('of { %s }: %s is refused', (gateway, key, words) => {
    const at = `integrations.orders.routes${/^\w+$/.test(key) ? `.${key}` : `["${key}"]`}`;
    expect(problemsOf(spec({ gateway, route: `'${key}': orders` }))).toEqual([
      `INVALID_SPEC ${at} (line 11): ${words}`,
    ]);
  });

  it('of an external integration are as they are', () => {
    expect(problemsOf(spec({ route: "'$default': orders", more: '    owner: external\n' }))).toEqual([]);
  });
});

describe('path variables at one place', () => {
  const two = (first: string, second: string): string => `'GET ${first}': orders\n      'POST ${second}': orders`;

  it.each([
    ['/a/{id}', '/a/{id}/b'],
    ['/a/{id}', '/b/{name}'],
    ['/a/{id}', '/a/static'],
    ['/a/{proxy+}', '/a/{proxy+}'],
    ['/{id}/a/{x}', '/{id}/b/{y}'],
  ])('%s and %s are valid', (first, second) => {
    expect(problemsOf(spec({ route: two(first, second) }))).toEqual([]);
  });

  it.each([
    ['/a/{id}', '/a/{name}', '{name} is beside {id}', '{id}'],
    ['/a/{id}', '/a/{proxy+}', '{proxy+} is beside {id}', '{id}'],
    ['/{a}/x', '/{b}/y', '{b} is beside {a}', '{a}'],
  ])('%s and %s are not', (first, second, words, write) => {
    expect(problemsOf(spec({ route: two(first, second) }))).toEqual([
      `INVALID_SPEC integrations.orders.routes["POST ${second}"] (line 12): ${words} of route GET ${first} | Write ${write}: a REST API has one variable at each place of its paths.`,
    ]);
  });

  it('are compared in an HTTP API where keys differ in them alone', () => {
    const http = (route: string): readonly string[] => problemsOf(spec({ gateway: 'httpApi: a1b2c3d4e5', route }));
    expect(http(two('/a/{id}', '/a/{name}'))).toEqual([]);
    expect(http("'GET /a/{x}/{id}/b': orders\n      'GET /a/{x}/{name}/b': orders")).toEqual([
      'INVALID_SPEC integrations.orders.routes["GET /a/{x}/{name}/b"] (line 12): {name} is beside {id} of route GET /a/{x}/{id}/b | Write {id}: an HTTP API has one variable at each place of its paths.',
    ]);
  });

  const beside = (gateway: string, more = '') => `  bills:
    link: main
    gateway: { ${gateway} }
    targets: { bills: { listener: { loadBalancer: bills-alb, port: 443 } } }
    routes: { 'POST /a/{name}': bills }${more}
`;

  it('are compared over all integrations of one API', () => {
    const route = "'GET /a/{id}': orders";
    expect(problemsOf(spec({ route, more: beside('restApi: a1b2c3d4e5, stage: prod') }))).toEqual([
      'INVALID_SPEC integrations.bills.routes["POST /a/{name}"] (line 16): {name} is beside {id} of route GET /a/{id} | Write {id}: a REST API has one variable at each place of its paths.',
    ]);
    expect(problemsOf(spec({ route, more: beside('restApi: f6g7h8i9j0, stage: prod') }))).toEqual([]);
  });

  it('report the managed route, not the external one that exists', () => {
    const more = beside('restApi: a1b2c3d4e5', '\n    owner: external');
    expect(problemsOf(spec({ route: "'GET /a/{id}': orders", more }))).toEqual([
      'INVALID_SPEC integrations.orders.routes["GET /a/{id}"] (line 11): {id} is beside {name} of route POST /a/{name} | Write {name}: a REST API has one variable at each place of its paths.',
    ]);
  });
});

describe('settings that a kind of gateway never accepts', () => {
  const at = "INVALID_SPEC integrations.orders.routes['GET /a/{id}']";
  const problem = (settings: string, gateway?: string) =>
    problemsOf(
      spec({ ...(gateway === undefined ? {} : { gateway }), route: `'GET /a/{id}': { target: orders, ${settings} }` }),
    ).map((text) => text.replace(/^\S+ \S+ .*?\(line/, `${at} (line`));

  it.each([
    ['timeout: 49ms', undefined, 'a REST API accepts no timeout below 50 ms | Write 50ms or more.'],
    ['timeout: 49ms', 'httpApi: a1b2c3d4e5', 'an HTTP API accepts no timeout below 50 ms | Write 50ms or more.'],
    [
      'parameters: { path: { x: path.id } }',
      undefined,
      'the path of the route has no variable {x} | Write {x} in the route key, or remove the parameter.',
    ],
    [
      'parameters: { header: { x-id: path.x } }',
      undefined,
      'the path of the route has no variable {x} | Write {x} in the route key, or remove the parameter.',
    ],
  ])('%s', (settings, gateway, words) => {
    expect(problem(settings, gateway)).toEqual([`${at} (line 11): ${words}`]);
  });

  it.each(['50ms', '60s'])('do not include a timeout of %s, nor variables of the path', (timeout) => {
    const settings = `timeout: ${timeout}, parameters: { path: { id: path.id }, header: { x-id: path.id } }`;
    expect(own({ route: `'GET /a/{id}': { target: orders, ${settings} }` })?.settings).toBeDefined();
  });
});

describe('throttles', () => {
  it('are read, of a route and of its stage', () => {
    const gateway = 'restApi: a1b2c3d4e5, stage: prod, throttle: { rate: 100, burst: 50 }';
    expect(own({ gateway, route: "'GET /a': { target: orders, throttle: { rate: 0.5 } }" })).toMatchObject({
      gateway: { restApi: 'a1b2c3d4e5', stage: 'prod' },
      stageSettings: { throttle: { rate: 100, burst: 50 } },
      settings: { 'GET /a': { throttle: { rate: 0.5 } } },
    });
    expect(own({})).not.toHaveProperty('stageSettings');
  });

  const at = 'INVALID_SPEC integrations.orders.gateway.throttle';
  it.each([
    ['{}', `${at} (line 8): a throttle without a limit | Write rate, burst or both: { rate: 100, burst: 50 }.`],
    ['{ rate: -1 }', `${at}.rate (line 8): not a number from 0 | Write a number, such as 100.`],
    ['{ burst: 1.5 }', `${at}.burst (line 8): not a whole number | Write a number such as 50.`],
    ['{ rat: 1, burst: 1 }', `${at}.rat (line 8): unknown key "rat" | Did you mean rate?`],
  ])('are refused: %s', (value, expected) => {
    expect(problemsOf(spec({ gateway: `restApi: a1b2c3d4e5, stage: prod, throttle: ${value}` }))[0]).toBe(expected);
  });

  it('are not declared for stages of external routes', () => {
    const gateway = 'restApi: a1b2c3d4e5, stage: prod, throttle: { rate: 1 }';
    expect(problemsOf(spec({ gateway, more: '    owner: external\n' }))).toEqual([
      `${at} (line 8): throttle is declared for routes that are external | Remove throttle: settings of their stages are not changed.`,
    ]);
  });

  it('of one stage are the same in two integrations', () => {
    const gateway = 'restApi: a1b2c3d4e5, stage: prod, throttle: { rate: 1 }';
    const more = `  bills:
    link: main
    gateway: { restApi: a1b2c3d4e5, stage: prod, throttle: { rate: 2 } }
    targets: { orders: { listener: { loadBalancer: orders-alb, port: 443 } } }
    routes: { 'GET /b': orders }
`;
    expect(problemsOf(spec({ gateway, more }))).toEqual([
      'INVALID_SPEC integrations.bills.gateway.throttle (line 14): integration orders declares another throttle for the same stage | Write the same value in both, or remove one of them.',
    ]);
    expect(problemsOf(spec({ gateway, more: more.replace('rate: 2', 'rate: 1') }))).toEqual([]);
  });

  it.each([
    ['apiGroup: g1, throttle: { rate: 1 }', "'GET /a': orders", 'gateway'],
    ['apiGroup: g1', "'GET /a': { target: orders, throttle: { rate: 1 } }", 'routes["GET /a"]'],
  ])('of an API group are plug-ins: %s', (gateway, route, place) => {
    const text = spec({ gateway, route })
      .replace('aws, region: eu-west-1, id: vlink-1', 'alibaba, region: cn-hangzhou, id: apigateway-hz-1')
      .replace('listener: { loadBalancer: orders-alb, port: 443 }', 'instance: i-bp1, port: 80');
    expect(problemsOf(text)).toEqual([
      expect.stringContaining(
        `integrations.orders.${place}.throttle (line ${place === 'gateway' ? 8 : 11}): an API group has no throttle | Attach a plug-in of type trafficControl`,
      ),
    ]);
  });

  it('of an HTTP API of Cloud-native API Gateway are policies', () => {
    const text = spec({ gateway: 'apigHttpApi: api-1', route: "'GET /a': { target: orders, throttle: { rate: 1 } }" })
      .replace('aws, region: eu-west-1, id: vlink-1', 'alibaba, region: cn-hangzhou, kind: apig-gateway, id: gw-1')
      .replace('listener: { loadBalancer: orders-alb, port: 443 }', 'instance: i-bp1, port: 80');
    expect(problemsOf(text)).toEqual([expect.stringMatching(/ \| Attach a policy of class RateLimit to the route/)]);
  });
});

describe('the client certificate of a stage', () => {
  it('is an ID or an ARN', () => {
    for (const id of ['a1b2c3', 'arn:aws:acm:eu-west-1:111122223333:certificate/a1']) {
      const gateway = `restApi: a1b2c3d4e5, stage: prod, clientCertificate: "${id}"`;
      expect(own({ gateway })?.stageSettings).toEqual({ clientCertificate: id });
    }
  });

  const at = 'INVALID_SPEC integrations.orders.gateway.clientCertificate (line 8)';
  it.each([
    ['restApi: a1b2c3d4e5, stage: prod, clientCertificate: ""', `${at}: not a valid ID`],
    [
      'httpApi: a1b2c3d4e5, clientCertificate: a1',
      `${at}: an HTTP API has no clientCertificate | Remove clientCertificate: stages of HTTP APIs present none to backends. Use a REST API or a WebSocket API.`,
    ],
  ])('is refused: %s', (gateway, expected) => {
    const [first = '', ...others] = problemsOf(spec({ gateway }));
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });
});

describe('the cache of a stage', () => {
  const of = (cache: string) => `restApi: a1b2c3d4e5, stage: prod, cache: ${cache}`;

  it('has a size, a time that answers are kept, and encryption', () => {
    expect(own({ gateway: of('{ size: 0.5 }') })?.stageSettings).toEqual({ cache: { size: 0.5, ttlSeconds: 300 } });
    expect(own({ gateway: of('{ size: 237, ttl: 1h, encrypted: true }') })?.stageSettings).toEqual({
      cache: { size: 237, ttlSeconds: 3600, encrypted: true },
    });
  });

  const at = 'INVALID_SPEC integrations.orders.gateway.cache';
  it.each([
    [of('{}'), `${at}.size (line 8): `],
    [of('{ size: 0.7 }'), `${at}.size (line 8): a stage of a REST API has no cache of 0.7 GB | Write one of 0.5, 1.6,`],
    [of('{ size: "0.5" }'), `${at}.size (line 8): not a number from 0`],
    [
      of('{ size: 0.5, ttl: 61m }'),
      `${at}.ttl (line 8): a cache of a REST API keeps answers for whole seconds, at most 3600`,
    ],
    [of('{ size: 0.5, ttl: 1500ms }'), `${at}.ttl (line 8): a cache of a REST API keeps answers for whole seconds`],
    [of('{ size: 0.5, tll: 5m }'), `${at}.tll (line 8): unknown key "tll" | Did you mean ttl?`],
    [
      'httpApi: a1b2c3d4e5, cache: { size: 0.5 }',
      `${at} (line 8): an HTTP API has no cache | Remove cache: stages of HTTP`,
    ],
  ])('is refused: %s', (gateway, expected) => {
    const [first = '', ...others] = problemsOf(spec({ gateway }));
    expect(first.slice(0, expected.length)).toBe(expected);
    expect(others).toEqual([]);
  });

  it('of an API group is a plug-in', () => {
    const text = spec({ gateway: 'apiGroup: g1, cache: { size: 0.5 }' })
      .replace('aws, region: eu-west-1, id: vlink-1', 'alibaba, region: cn-hangzhou, id: apigateway-hz-1')
      .replace('listener: { loadBalancer: orders-alb, port: 443 }', 'instance: i-bp1, port: 80');
    expect(problemsOf(text)).toEqual([expect.stringContaining('an API group has no cache | Attach a plug-in of type')]);
  });
});
