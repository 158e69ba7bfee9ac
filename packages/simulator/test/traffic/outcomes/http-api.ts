import { edit } from '../../checks/show.js';
import { forwarding } from '../../aws/forwarding.js';
import { ACCOUNT, openShop, REGION, shop, type Shop } from '../aws/http-api/shop.js';
import { balancerPage, timed, type GatewayRows, type Seen, answers, marked } from './row.js';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
const MAPPING = `${GUIDE}http-api-parameter-mapping.html`;
const CORS = `${GUIDE}http-api-cors.html`;
const ROUTES = `${GUIDE}http-api-develop-routes.html`;
const THROTTLING = `${GUIDE}http-api-throttling.html`;
const TOKENS = `${GUIDE}http-api-troubleshooting-jwt.html`;
const FUNCTIONS = `${GUIDE}http-api-lambda-authorizer.html`;
const QUOTAS = `${GUIDE}http-api-quotas.html`;
const LINKS = `${GUIDE}apigateway-vpc-links-v2.html`;
const INTEGRATIONS = `${GUIDE}http-api-develop-integrations-private.html`;
const BALANCER =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html';
/** A 503 whose headers and body were recorded. */
const RECORD = 'https://github.com/cortexlabs/cortex/issues/1225';

const AUTO = { clock: 'auto' } as const;
const UNAVAILABLE = { status: 503, body: '{"message":"Service Unavailable"}' } as const;
const NOT_FOUND = { status: 404, body: '{"message":"Not Found"}' } as const;
const INTERNAL = { status: 500, body: '{"message":"Internal Server Error"}' } as const;
const OF_BALANCER = { server: 'awselb/2.0', 'content-type': 'text/html' } as const;
const DAY_MS = 86_400_000;

/** The API with one private route, after `change`. */
async function after(change: (world: Shop) => unknown, path = '/orders', more: object = {}): Promise<Seen> {
  const world = await openShop('ANY /{proxy+}', more, AUTO);
  await change(world);
  return timed(world.sim, () => world.get(path));
}

/** The API whose integration is created by `integrate`. */
async function through(integrate: (world: Shop) => string | Promise<string>, then?: (world: Shop) => unknown) {
  const world = await shop(AUTO);
  world.route('$default', await integrate(world));
  world.stage();
  await then?.(world);
  return timed(world.sim, () => world.get('/orders'));
}

/** A listener of a network load balancer in front of the server. */
async function networkListener({ elb, ec2, groupId, server, sim }: Shop): Promise<string> {
  const subnets: readonly Record<string, string>[] = ec2('DescribeSubnets').Subnets;
  const { ListenerArn } = forwarding(elb, {
    Type: 'network',
    names: ['carts', 'carts'],
    VpcId: subnets[0]?.['VpcId'] ?? '',
    Subnets: subnets.map((row) => row['SubnetId'] ?? ''),
    SecurityGroups: [groupId],
    Port: 8080,
    Targets: [server],
    isCrossZone: true,
  });
  await sim.advance(600_000);
  return ListenerArn;
}

const throughNetwork = (then?: (world: Shop) => unknown, more: object = {}): Promise<Seen> =>
  through(async (world) => world.integration({ IntegrationUri: await networkListener(world), ...more }), then);

/** Ends all load balancing to the server. */
async function withoutTargets({ elb, server, sim }: Shop): Promise<void> {
  for (const { TargetGroupArn } of elb('DescribeTargetGroups').TargetGroups) {
    elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
  }
  await sim.advance(600_000);
}

/** The link of the deployment in use is deleted, which only its working copy prevents. */
async function linkDeleted(world: Shop): Promise<Seen> {
  const { gateway, ApiId, linkId, sim } = world;
  const other = world.link('other');
  await sim.advance(600_000);
  const IntegrationId = world.integration();
  world.route('$default', IntegrationId);
  const { DeploymentId } = gateway('CreateDeployment', { ApiId });
  world.stage('$default', { AutoDeploy: false, DeploymentId });
  gateway('UpdateIntegration', { ApiId, IntegrationId, ConnectionId: other });
  gateway('DeleteVpcLink', { VpcLinkId: linkId });
  await sim.advance(600_000);
  return timed(sim, () => world.get('/orders'));
}

async function authorized(type: 'JWT' | 'REQUEST', headers: Readonly<Record<string, string>>): Promise<Seen> {
  const world = await shop(AUTO);
  const { ApiId, sim } = world;
  const IdentitySource = ['$request.header.Authorization'];
  const { AuthorizerId } = world.gateway('CreateAuthorizer', {
    ApiId,
    Name: 'who',
    AuthorizerType: type,
    IdentitySource,
    ...(type === 'JWT'
      ? { JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['orders'] } }
      : {
          AuthorizerPayloadFormatVersion: '2.0',
          AuthorizerUri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:${ACCOUNT}:function:who/invocations`,
        }),
  });
  const AuthorizationType = type === 'JWT' ? 'JWT' : 'CUSTOM';
  world.route('$default', world.integration(), { AuthorizationType, AuthorizerId });
  world.stage();
  if (type === 'REQUEST') {
    sim.plant(REGION, { kind: 'authorizer-answer', apiId: ApiId, authorizerId: AuthorizerId, answer: 'deny' });
  }
  return timed(sim, () => world.get('/orders', { headers }));
}

async function emptyService({ call, ec2, sim, integration }: Shop): Promise<string> {
  const Vpc = ec2('DescribeVpcs').Vpcs[0].VpcId;
  call('servicediscovery', 'CreatePrivateDnsNamespace', { Name: 'shop.internal', Vpc });
  await sim.advance(600_000);
  const [{ Id: NamespaceId }] = call('servicediscovery', 'ListNamespaces').Namespaces;
  const DnsConfig = { DnsRecords: [{ Type: 'SRV', TTL: 60 }] };
  const { Service } = call('servicediscovery', 'CreateService', { Name: 'orders', NamespaceId, DnsConfig });
  return integration({ IntegrationUri: Service.Arn });
}

async function secured({ call, sim, listener, integration }: Shop): Promise<string> {
  const request = { DomainName: 'orders.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn } = call('acm', 'RequestCertificate', request);
  await sim.advance(600_000);
  const IntegrationUri = listener(443, { Protocol: 'HTTPS', Certificates: [{ CertificateArn }] });
  return integration({ IntegrationUri, TlsConfig: { ServerNameToVerify: 'carts.example.com' } });
}

const answering =
  (behavior: object) =>
  ({ sim, server }: Shop) =>
    sim.backends.add({ address: server, port: 8080, behavior });

export const HTTP_API: GatewayRows = {
  title: 'HTTP API',
  rows: [
    {
      outcome: 'delivered',
      when: 'the backend answers 201',
      ...answers(201, 'created'),
      source: MAPPING,
      call: () => after(answering({ status: 201, body: 'created' })),
    },
    {
      outcome: 'delivered',
      when: 'the backend answers 503, which is its own answer',
      ...answers(503, 'busy'),
      source: MAPPING,
      call: () => after(answering({ status: 503, body: 'busy' })),
    },
    {
      outcome: 'delivered',
      when: 'a preflight request of an API with CORS',
      ...answers(204, ''),
      ...marked('[I]', CORS),
      call: async () => {
        const api = { CorsConfiguration: { AllowOrigins: ['https://shop.example.com'], AllowMethods: ['GET'] } };
        const { sim, get } = await openShop('GET /orders', {}, AUTO, api);
        const headers = { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' };
        return timed(sim, () => get('/orders', { method: 'OPTIONS', headers }));
      },
    },
    {
      outcome: 'no-route',
      when: 'no route matches',
      ...NOT_FOUND,
      source: ROUTES,
      call: async () => {
        const { sim, get } = await openShop('GET /orders', {}, AUTO);
        return timed(sim, () => get('/carts'));
      },
    },
    {
      outcome: 'no-stage',
      when: 'the path begins with no stage, and `$default` does not exist',
      ...NOT_FOUND,
      source: ROUTES,
      call: async () => {
        const world = await shop(AUTO);
        world.route('$default', world.integration());
        world.stage('prod');
        return timed(world.sim, () => world.get('/test/orders'));
      },
    },
    {
      outcome: 'throttled',
      when: 'the burst of the stage is spent',
      ...answers(429, '{"message":"Too Many Requests"}'),
      ...marked('[I]', THROTTLING),
      call: async () => {
        const world = await shop({ ...AUTO, throttle: true });
        world.route('$default', world.integration());
        world.stage('$default', { DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 } });
        await world.get('/orders');
        return timed(world.sim, () => world.get('/orders'));
      },
    },
    {
      outcome: 'unauthorized',
      when: 'a JWT authorizer finds no token',
      ...answers(401, '{"message":"Unauthorized"}'),
      headers: { 'www-authenticate': 'Bearer' },
      source: TOKENS,
      call: () => authorized('JWT', {}),
    },
    {
      outcome: 'unauthorized',
      when: 'a Lambda authorizer denies',
      ...answers(403, '{"message":"Forbidden"}'),
      ...marked('[M]', FUNCTIONS),
      call: () => authorized('REQUEST', { authorization: 'any' }),
    },
    {
      outcome: 'too-large',
      when: 'the body of the request has more than 10 MB',
      ...answers(413, '{"message":"Request Entity Too Large"}'),
      ...marked('[U]', QUOTAS),
      call: async () => {
        const { sim, get } = await openShop('ANY /{proxy+}', {}, AUTO);
        return timed(sim, () => get('/orders', { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) }));
      },
    },
    {
      outcome: 'too-large',
      when: 'the body of the answer has more than 10 MB',
      ...INTERNAL,
      ...marked('[U]', QUOTAS),
      call: () => after(answering({ body: 'x'.repeat(10 * 1024 * 1024 + 1) })),
    },
    {
      outcome: 'no-integration',
      when: 'the route has no integration',
      ...INTERNAL,
      mark: '[U]',
      call: async () => {
        const world = await shop(AUTO);
        world.route('$default', undefined);
        world.stage();
        return timed(world.sim, () => world.get('/orders'));
      },
    },
    {
      outcome: 'no-integration',
      when: 'the integration is not private, which is not simulated',
      ...answers(
        501,
        '{"message":"Only private integrations are simulated; route $default has type AWS_PROXY over INTERNET."}',
      ),
      call: () =>
        through(
          ({ gateway, ApiId }) =>
            gateway('CreateIntegration', {
              ApiId,
              IntegrationType: 'AWS_PROXY',
              IntegrationUri: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:orders`,
              PayloadFormatVersion: '2.0',
            }).IntegrationId,
        ),
    },
    {
      outcome: 'link-missing',
      when: 'the link of the deployment was deleted',
      ...UNAVAILABLE,
      ...marked('[I]', LINKS),
      call: async () => linkDeleted(await shop(AUTO)),
    },
    {
      outcome: 'link-pending',
      when: 'the link is `PENDING`',
      ...UNAVAILABLE,
      ...marked('[I]', LINKS),
      call: () => through((world) => world.integration({ ConnectionId: world.link('young') })),
    },
    {
      outcome: 'link-inactive',
      when: 'the link had no calls for 60 days',
      ...UNAVAILABLE,
      ...marked('[I]', LINKS),
      call: () => after(({ sim }) => sim.advance(61 * DAY_MS)),
    },
    {
      outcome: 'link-failed',
      when: 'the link is `FAILED`',
      ...UNAVAILABLE,
      ...marked('[I]', LINKS),
      call: () =>
        after(({ sim, linkId }) => edit(sim, (row) => row['VpcLinkId'] === linkId, { VpcLinkStatus: 'FAILED' })),
    },
    {
      outcome: 'unreachable',
      when: 'a security group does not allow the call',
      ...UNAVAILABLE,
      afterMs: 10_000,
      ...marked('[I]', RECORD),
      call: () =>
        after(({ ec2, groupId: GroupId }) => {
          const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
          ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
        }),
    },
    {
      outcome: 'unreachable',
      when: 'a Cloud Map service has no instance',
      ...INTERNAL,
      source: INTEGRATIONS,
      call: () => through(emptyService),
    },
    {
      outcome: 'unreachable',
      when: 'no certificate of the listener has the name to verify',
      ...INTERNAL,
      ...marked('[U]', INTEGRATIONS),
      call: () => through(secured),
    },
    {
      outcome: 'no-listener',
      when: 'the listener was deleted',
      ...UNAVAILABLE,
      ...marked('[I]', RECORD),
      call: () => after(({ elb, listenerArn }) => elb('DeleteListener', { ListenerArn: listenerArn })),
    },
    {
      outcome: 'no-healthy-target',
      when: 'an application load balancer has no target',
      ...answers(503, balancerPage('503 Service Temporarily Unavailable')),
      headers: OF_BALANCER,
      source: BALANCER,
      call: () => after(withoutTargets),
    },
    {
      outcome: 'no-healthy-target',
      when: 'a network load balancer has no target',
      ...UNAVAILABLE,
      ...marked('[I]', RECORD),
      call: () => throughNetwork(withoutTargets),
    },
    {
      outcome: 'timeout',
      when: 'the backend answers after the timeout of the integration',
      ...UNAVAILABLE,
      afterMs: 2_000,
      ...marked('[M]', RECORD),
      call: () => after(answering({ delayMs: 2_001 }), '/orders', { TimeoutInMillis: 2_000 }),
    },
    {
      outcome: 'timeout',
      when: 'an application load balancer gives up before the integration does',
      ...answers(504, balancerPage('504 Gateway Time-out')),
      headers: OF_BALANCER,
      afterMs: 5_000,
      source: BALANCER,
      call: () =>
        after((world) => {
          const [{ LoadBalancerArn }] = world.elb('DescribeLoadBalancers').LoadBalancers;
          const Attributes = [{ Key: 'idle_timeout.timeout_seconds', Value: '5' }];
          world.elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
          answering({ delayMs: 5_001 })(world);
        }),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection, behind a network load balancer',
      ...UNAVAILABLE,
      ...marked('[M]', RECORD),
      call: () => throughNetwork(answering({ reset: true })),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection, behind an application load balancer',
      ...answers(502, balancerPage('502 Bad Gateway')),
      headers: OF_BALANCER,
      source: BALANCER,
      call: () => after(answering({ reset: true })),
    },
    { outcome: 'gone', never: 'An HTTP API does not move.' },
  ],
};
