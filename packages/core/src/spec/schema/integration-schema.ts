import * as z from 'zod';
import { GATEWAY_KINDS, type GatewayKindTraits } from '../../kinds/gateway/gateway-table.js';
import { cidrBlock, cloudName, gatewayId, hostName, id, name, port, routeKey, say, strict } from './fields.js';
import { external, link } from './link-schema.js';
import { called, optional, required } from './notes.js';

/** Whether exactly one of the keys is there. */
function exactlyOne(value: object, keys: readonly string[]): boolean {
  return keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined).length === 1;
}

const ONE_GATEWAY = 'another key names the gateway';
const RESERVED = 'Reserved. This version refuses it with `UNSUPPORTED`.';

const kinds = Object.values(GATEWAY_KINDS);
const gatewayKeys = kinds.map(({ ref }) => ref);

/** The key of each kind of gateway. */
const references = Object.fromEntries(
  kinds.map(({ ref, title, declared, example, provider }) => [
    ref,
    optional(gatewayId, `The ID of ${title}.${declared ? '' : ` ${RESERVED}`}`, {
      examples: [example],
      absent: ONE_GATEWAY,
      cloud: provider,
    }),
  ]),
) as Record<GatewayKindTraits['ref'], z.ZodOptional<typeof gatewayId>>;

const gateway = strict({
  ...references,
  stages: optional(z.array(cloudName).min(1).max(10), 'Stages that the APIs are published to. Only with `apiGroup`.', {
    examples: [['PRE', 'RELEASE']],
    absent: '`[RELEASE]`',
    cloud: 'alibaba',
  }),
})
  .refine((value) => exactlyOne(value, gatewayKeys), {
    error: say(`a gateway is one of ${gatewayKeys.join(', ').replace(/, (?=\w+$)/, ' and ')}`, 'Name exactly one.'),
  })
  .refine(
    (value) =>
      value.stages === undefined ||
      kinds.some(({ ref, publishedTo }) => publishedTo !== undefined && value[ref] !== undefined),
    { error: say('stages are supported only with apiGroup', 'Remove them.'), path: ['stages'] },
  );

const listener = z.union([
  id,
  strict({
    loadBalancer: required(id, 'The name or ARN of an ALB or NLB.', { examples: ['orders-alb'], cloud: 'aws' }),
    port: required(port, 'The port of the listener.', { examples: [443], cloud: 'aws' }),
  }),
]);

const ONE_TARGET = 'another key names the target';

const targetKeys = ['listener', 'service', 'instance', 'address'] as const;
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
  instance: optional(id, 'The ID of an ECS or CLB instance. A VPC access authorization is created for it.', {
    examples: ['i-bp1a2b3c', 'lb-bp1x2y3z'],
    absent: ONE_TARGET,
    cloud: 'alibaba',
  }),
  address: optional(
    called('IP address', z.string()),
    'A private IP address that the link reaches. Only through a VPC integration instance.',
    { examples: ['10.20.0.7'], absent: ONE_TARGET, cloud: 'alibaba' },
  ),
  port: optional(port, 'The port of the backend. Required with `instance` and `address`, refused with others.', {
    examples: [8080],
    absent: 'the port of the listener or service',
    cloud: 'alibaba',
  }),
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
    "`keep`: Postern does not set the path of the backend request. HTTP APIs then put the stage's name in it.",
    {
      examples: ['keep'],
      absent: "the path of the request, without the stage's name",
    },
  ),
})
  .refine((value) => exactlyOne(value, targetKeys), {
    error: say('a target is one of listener, service, instance and address', 'Name exactly one.'),
  })
  .refine((value) => (value.port !== undefined) === (value.instance !== undefined || value.address !== undefined), {
    error: say(
      'instance and address require a port, listener and service do not accept one',
      'Add the port, or remove it.',
    ),
  });

export const integration = strict({
  link: required(called('name or link', z.union([name, link])), 'The key of a link under `links`, or a link.', {
    examples: ['main'],
  }),
  gateway: required(
    gateway,
    'The gateway. It exists already, and is never deleted. Exactly one of `httpApi` and `apiGroup`.',
    {
      examples: [{ httpApi: 'a1b2c3d4e5' }, { apiGroup: '523e8dc7bbe04613b5b1d726c2a7889d', stages: ['RELEASE'] }],
    },
  ),
  targets: required(
    z.record(name, target),
    'Backends by name. Each is exactly one of `listener`, `service`, `instance` and `address`.',
    {
      examples: [
        { orders: { listener: { loadBalancer: 'orders-alb', port: 443 } } },
        { orders: { instance: 'lb-bp1x2y3z', port: 8080 } },
      ],
    },
  ),
  routes: required(
    z.record(routeKey, name),
    'Route keys, each with the name of a target. Routes of this spec that are no longer listed are deleted. Other routes of the gateway are kept.',
    { examples: [{ 'ANY /orders/{proxy+}': 'orders', 'GET /health': 'orders' }] },
  ),
  owner: optional(external, 'The routes are read and checked. They are never created, changed or deleted.', {
    examples: ['external'],
    absent: 'the routes are managed by this spec',
  }),
  protect: optional(z.boolean(), 'Routes are never deleted: a plan that deletes one is refused with `PROTECTED`.', {
    examples: [true],
    absent: '`false`',
  }),
});

export type CheckedTarget = z.output<typeof target>;
export type CheckedGateway = z.output<typeof gateway>;
