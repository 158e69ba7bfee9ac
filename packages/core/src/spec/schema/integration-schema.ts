import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import * as z from 'zod';
import type { TargetKey } from '../../do/kinds/target-key.js';
import {
  cidrBlock,
  cloudName,
  duration,
  gatewayId,
  hostName,
  id,
  name,
  port,
  routeKey,
  say,
  strict,
  text,
} from './fields.js';
import { external, type CloudName, type linkOf } from './link-schema.js';
import { called, optional, required } from './notes.js';

/** Whether exactly one of the keys is there. */
function exactlyOne(value: object, keys: readonly string[]): boolean {
  return keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined).length === 1;
}

const ONE_GATEWAY = 'another key names the gateway';

/** The keys of the types below. A set may have others. */
type TypedKey = 'httpApi' | 'restApi' | 'webSocketApi' | 'apiGroup' | 'apigHttpApi';

/** How a gateway is named, by the kinds of a set. */
const gatewayOf = (set: Clouds) => {
  const kinds = set.gatewayKinds.map((kind) => ({ ...set.gateway(kind), ref: set.gateway(kind).ref as TypedKey }));
  const gatewayKeys = kinds.map(({ ref }) => ref);
  /** The key of each kind of gateway. */
  const references = Object.fromEntries(
    kinds.map(({ ref, title, example, provider }) => [
      ref,
      optional(gatewayId, `The ID of ${title}.`, {
        examples: [example],
        absent: ONE_GATEWAY,
        cloud: provider as CloudName,
      }),
    ]),
  ) as Record<TypedKey, z.ZodOptional<typeof gatewayId>>;
  return strict({
    ...references,
    stages: optional(
      z.array(cloudName).min(1).max(10),
      'Stages that the APIs are published to. Only with `apiGroup`.',
      {
        examples: [['PRE', 'RELEASE']],
        absent: '`[RELEASE]`',
        cloud: 'alibaba',
      },
    ),
    stage: optional(
      cloudName,
      'The stage that routes are deployed to. Only with `restApi`, which requires it unless the routes are external. A stage that does not exist is created with the first deployment.',
      { examples: ['prod'], absent: 'every stage of the API is deployed', cloud: 'aws' },
    ),
  })
    .refine((value) => exactlyOne(value, gatewayKeys), {
      error: say(`a gateway is one of ${gatewayKeys.join(', ').replace(/, (?=\w+$)/, ' and ')}`, 'Name exactly one.'),
    })
    .refine(
      (value) =>
        value.stages === undefined ||
        kinds.some(
          ({ ref, publishedTo, stagesAreFixed }) =>
            publishedTo !== undefined && stagesAreFixed !== true && value[ref] !== undefined,
        ),
      { error: say('stages are supported only with apiGroup', 'Remove them.'), path: ['stages'] },
    )
    .refine(
      (value) =>
        value.stage === undefined || kinds.some(({ ref, stageIsNamed }) => stageIsNamed && value[ref] !== undefined),
      { error: say('a stage is supported only with restApi', 'Remove it.'), path: ['stage'] },
    );
};

const listener = z.union([
  id,
  strict({
    loadBalancer: required(id, 'The name or ARN of an ALB or NLB.', { examples: ['orders-alb'], cloud: 'aws' }),
    port: required(port, 'The port of the listener.', { examples: [443], cloud: 'aws' }),
  }),
]);

const ONE_TARGET = 'another key names the target';

const targetKeys = [
  'listener',
  'service',
  'instance',
  'address',
  'addresses',
  'dnsName',
] as const satisfies readonly TargetKey[];
/** Each of these has a port. */
const portKeys = ['instance', 'address', 'addresses', 'dnsName'] as const satisfies readonly TargetKey[];
const textOf = (keys: readonly string[]) => keys.join(', ').replace(/, (?=\w+$)/, ' and ');
const target = strict({
  listener: optional(called('listener', listener), 'A listener of an ALB or NLB: its ARN, or load balancer and port.', {
    examples: [
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/orders/50dc6c495c0c9188/f2f7dc8efc522ab2',
      { loadBalancer: 'orders-alb', port: 443 },
    ],
    absent: ONE_TARGET,
    cloud: 'aws',
  }),
  service: optional(id, 'The ARN of a Cloud Map service.', {
    examples: ['arn:aws:servicediscovery:eu-west-1:111122223333:service/srv-a1b2c3d4e5f6'],
    absent: ONE_TARGET,
    cloud: 'aws',
  }),
  instance: optional(
    id,
    'The ID of an ECS or CLB instance. A VPC access authorization is created for it, or a service of a gateway (`apig-gateway`) with its address.',
    {
      examples: ['i-bp1a2b3c', 'lb-bp1x2y3z'],
      absent: ONE_TARGET,
      cloud: 'alibaba',
    },
  ),
  address: optional(
    called('IP address', z.string()),
    'An IP address that the link reaches: a private one through a VPC integration instance, any through an `apig-gateway`.',
    { examples: ['10.20.0.7'], absent: ONE_TARGET, cloud: 'alibaba' },
  ),
  addresses: optional(
    z.array(called('IP address', z.string())).min(1).max(100),
    'IP addresses that share the calls, all on one port. Only through an `apig-gateway`.',
    { examples: [['10.20.0.7', '10.20.0.8']], absent: ONE_TARGET, cloud: 'alibaba' },
  ),
  dnsName: optional(hostName, 'A DNS name that the link resolves in its VPC. Only through an `apig-gateway`.', {
    examples: ['orders.internal'],
    absent: ONE_TARGET,
    cloud: 'alibaba',
  }),
  port: optional(
    port,
    'The port of the backend. Required with `instance`, `address`, `addresses` and `dnsName`, refused with others.',
    {
      examples: [8080],
      absent: 'the port of the listener or service',
      cloud: 'alibaba',
    },
  ),
  tls: optional(
    strict({
      serverName: optional(hostName, "The name that the backend's certificate must cover.", {
        examples: ['orders.internal'],
        absent: 'no name is verified',
      }),
    }),
    'Calls to the backend use HTTPS. `{}` is HTTPS without a server name.',
    { examples: [{ serverName: 'orders.internal' }, {}], absent: 'HTTP' },
  ),
  admits: optional(
    z.array(cidrBlock).max(1000),
    "CIDR blocks that the backend's own firewall allows. Only for firewalls that no API of the cloud shows. Checks compare it with the link's addresses.",
    { examples: [['10.20.0.0/20']], absent: "the backend's own firewall is not checked" },
  ),
  path: optional(
    z.literal('keep'),
    '`keep`: Postern does not set the path of the backend request. HTTP APIs then put the name of the stage in it, or the key of a mapping of a custom domain.',
    {
      examples: ['keep'],
      absent: "the path of the request, without the stage's name",
    },
  ),
})
  .refine((value) => exactlyOne(value, targetKeys), {
    error: say(`a target is one of ${textOf(targetKeys)}`, 'Name exactly one.'),
  })
  .refine((value) => (value.port !== undefined) === portKeys.some((key) => value[key] !== undefined), {
    error: say(
      `${textOf(portKeys)} require a port, listener and service do not accept one`,
      'Add the port, or remove it.',
    ),
  });

const mapped = z.record(
  z
    .string()
    .regex(/^[!-~]{1,256}$/, { error: say('not a valid name of a parameter', 'Write a name such as x-tenant.') }),
  text(
    /^(?:(?:path|query|header|context)\.[!-~]{1,256}|'[ -~]{0,512}')$/,
    'not a valid source of a parameter',
    'Write path.NAME, query.NAME, header.NAME or context.NAME, or a constant in single quotes: "\'eu\'".',
  ),
);

/** The keys of a route with settings. */
export const routeFields = {
  target: required(name, 'The name of a target.', { examples: ['orders'] }),
  host: optional(hostName, 'The `Host` of calls to the backend.', {
    examples: ['orders.internal'],
    absent:
      "the target's `tls.serverName`, then the DNS name of the load balancer (REST API); the `Host` of the caller (HTTP API)",
    cloud: 'aws',
  }),
  timeout: optional(duration, 'How long the gateway waits for an answer: 50 ms to 29 s (30 s for an HTTP API).', {
    examples: ['10s'],
    absent: 'it is not managed; 29 s on a new route (30 s for an HTTP API)',
    cloud: 'aws',
  }),
  parameters: optional(
    strict({
      path: optional(mapped, 'Variables of the path of the backend request.', {
        examples: [{ id: 'path.order' }],
        absent: "the variables of the route's path",
        cloud: 'aws',
      }),
      query: optional(mapped, 'Parameters of the query of the backend request.', {
        examples: [{ region: "'eu'" }],
        absent: 'only the query of the call',
        cloud: 'aws',
      }),
      header: optional(mapped, 'Headers of the backend request.', {
        examples: [{ 'x-tenant': 'header.tenant' }],
        absent: 'only the headers of the call',
        cloud: 'aws',
      }),
    }),
    'Parts of the backend request that come from the call, or are constant.',
    { examples: [{ header: { 'x-tenant': 'header.tenant' } }], absent: 'they are not managed', cloud: 'aws' },
  ),
  authorizer: optional(id, '`none`, `iam`, or the ID of an authorizer of the gateway.', {
    examples: ['iam', 'a1b2c3'],
    absent: 'it is not managed; `none` on a new route',
    cloud: 'aws',
  }),
  scopes: optional(z.array(id).max(50), "Scopes, one of which the caller's token must have.", {
    examples: [['orders/read']],
    absent: 'they are not managed',
    cloud: 'aws',
  }),
  apiKey: optional(z.boolean(), 'Callers need an API key. Only for a REST API.', {
    examples: [true],
    absent: 'it is not managed; `false` on a new route',
    cloud: 'aws',
  }),
  stream: optional(z.boolean(), 'Answers are passed on while they arrive, for up to 15 minutes. Only for a REST API.', {
    examples: [true],
    absent: 'it is not managed; `false` on a new route',
    cloud: 'aws',
  }),
};

const route = called('route', strict(routeFields));

/** An integration as it is written, on the clouds of a set. */
export const integrationOf = (set: Clouds, link: ReturnType<typeof linkOf>) =>
  strict({
    link: required(called('name or link', z.union([name, link])), 'The key of a link under `links`, or a link.', {
      examples: ['main'],
    }),
    gateway: required(
      gatewayOf(set),
      'The gateway. It exists already, and is never deleted. Exactly one of `httpApi`, `restApi`, `webSocketApi`, `apiGroup` and `apigHttpApi`.',
      {
        examples: [
          { httpApi: 'a1b2c3d4e5' },
          { restApi: 'a1b2c3d4e5', stage: 'prod' },
          { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d', stages: ['RELEASE'] },
          { apigHttpApi: 'api-d1a2b3c4e5' },
        ],
      },
    ),
    targets: required(
      z.record(name, target),
      'Backends by name. Each is exactly one of `listener`, `service`, `instance`, `address`, `addresses` and `dnsName`.',
      {
        examples: [
          { orders: { listener: { loadBalancer: 'orders-alb', port: 443 } } },
          { orders: { instance: 'lb-bp1x2y3z', port: 8080 } },
          { orders: { addresses: ['10.20.0.7', '10.20.0.8'], port: 8080 } },
        ],
      },
    ),
    routes: required(
      z.record(routeKey, called('name or route', z.union([name, route]))),
      'Route keys, each with the name of a target, or with a target and settings. Routes of this spec that are no longer listed are deleted. Other routes of the gateway are kept.',
      {
        examples: [
          { 'ANY /orders/{proxy+}': 'orders', 'GET /health': 'orders' },
          { 'GET /orders/{id}': { target: 'orders', timeout: '10s' } },
        ],
      },
    ),
    owner: optional(external, 'The routes are read and checked. They are never created, changed or deleted.', {
      examples: ['external'],
      absent: 'the routes are managed by this spec',
    }),
    adopt: optional(
      z.boolean(),
      'Declared routes that exist without a mark are taken over: only their mark is written. A route whose link, target or path differs from the spec is refused.',
      { examples: [true], absent: '`false`: routes without a mark are not changed' },
    ),
    protect: optional(z.boolean(), 'Routes are never deleted: a plan that deletes one is refused with `PROTECTED`.', {
      examples: [true],
      absent: '`false`',
    }),
  });

export type CheckedRoute = z.output<typeof route>;
export type CheckedTarget = z.output<typeof target>;
export type CheckedGateway = z.output<ReturnType<typeof gatewayOf>>;
