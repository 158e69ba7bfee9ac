import { edit } from '../../checks/show.js';
import { ACCOUNT, openShop, REGION, restShop, type RestShop } from '../aws/rest-api/rest-shop.js';
import { balancerPage, timed, type GatewayRows, type Seen, answers, marked } from './row.js';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
const MAPPING = `${GUIDE}request-response-data-mappings.html`;
const RESPONSES = `${GUIDE}supported-gateway-response-types.html`;
const THROTTLING = `${GUIDE}api-gateway-request-throttling.html`;
const QUOTAS = `${GUIDE}limits.html`;
const FORBIDDEN_403 = 'https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden';
const ERROR_500 = 'https://repost.aws/knowledge-center/api-gateway-500-error-vpc';
const ERROR_504 = 'https://repost.aws/knowledge-center/api-gateway-504-errors';
const BALANCER =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html';
/** One log of a V1 link whose target was not reached: ten seconds. */
const RECORD = 'https://github.com/aws/apprunner-roadmap/issues/193';

const AUTO = { clock: 'auto' } as const;
const DAY_MS = 86_400_000;

const typed = (status: number, body: string, type: string) => ({
  status,
  body,
  headers: { 'x-amzn-errortype': type },
});
const FORBIDDEN = typed(403, '{"message":"Forbidden"}', 'ForbiddenException');
const UNAUTHORIZED = typed(401, '{"message":"Unauthorized"}', 'UnauthorizedException');
const INTERNAL = typed(500, '{"message": "Internal server error"}', 'InternalServerErrorException');
const OF_BALANCER = { 'x-amzn-remapped-server': 'awselb/2.0' } as const;

type Kind = 'V1' | 'V2';

/** A deployed `GET /pets` through a link of this version, after `change`. */
async function after(kind: Kind, change: (shop: RestShop) => unknown, more: object = {}): Promise<Seen> {
  const shop = await restShop(AUTO);
  const own = kind === 'V1' ? { connectionId: shop.v1 } : { connectionId: shop.v2, integrationTarget: shop.alb };
  shop.method('GET /pets', { ...own, ...more });
  shop.deploy();
  await change(shop);
  return timed(shop.sim, () => shop.get('/prod/pets'));
}

/** A stage whose variable names the link. */
async function byVariable(link: (shop: RestShop) => string): Promise<Seen> {
  const shop = await restShop(AUTO);
  shop.method('GET /pets', { connectionId: '${stageVariables.link}', integrationTarget: shop.alb });
  shop.deploy('prod', { variables: { link: link(shop) } });
  return timed(shop.sim, () => shop.get('/prod/pets'));
}

async function keyed(plan: object, calls: number): Promise<Seen> {
  const value = 'abcdefghijklmnopqrstuvwxyz';
  const shop = await restShop({ ...AUTO, throttle: true });
  shop.method('GET /pets', {}, { apiKeyRequired: true });
  shop.deploy();
  const { id: keyId } = shop.rest('CreateApiKey', { name: 'key', value, enabled: true });
  const apiStages = [{ apiId: shop.restApiId, stage: 'prod' }];
  const { id: usagePlanId } = shop.rest('CreateUsagePlan', { name: 'plan', apiStages, ...plan });
  shop.rest('CreateUsagePlanKey', { usagePlanId, keyId, keyType: 'API_KEY' });
  const headers = calls === 0 ? {} : { 'X-Api-Key': value };
  for (let made = 1; made < calls; made += 1) await shop.get('/prod/pets', { headers });
  return timed(shop.sim, () => shop.get('/prod/pets', { headers }));
}

async function authorized(answer: 'deny' | undefined): Promise<Seen> {
  const shop = await restShop(AUTO);
  const authorizerUri = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/arn:aws:lambda:${REGION}:${ACCOUNT}:function:who/invocations`;
  const identitySource = 'method.request.header.Authorization';
  const { id: authorizerId } = shop.rest('CreateAuthorizer', {
    name: 'who',
    type: 'TOKEN',
    authorizerUri,
    identitySource,
  });
  shop.method('GET /pets', {}, { authorizationType: 'CUSTOM', authorizerId });
  shop.deploy();
  if (answer) shop.sim.plant(REGION, { kind: 'authorizer-answer', apiId: shop.restApiId, authorizerId, answer });
  const headers = answer === undefined ? {} : { Authorization: 'any' };
  return timed(shop.sim, () => shop.get('/prod/pets', { headers }));
}

/** An API with one method, and a call of something else. */
async function called(path: string, more: object = {}): Promise<Seen> {
  const shop = await restShop(AUTO);
  shop.method('GET /pets');
  shop.deploy();
  return timed(shop.sim, () => shop.get(path, more));
}

async function validated(): Promise<Seen> {
  const shop = await restShop(AUTO);
  const validator = { name: 'all', validateRequestBody: false, validateRequestParameters: true };
  const { id: requestValidatorId } = shop.rest('CreateRequestValidator', validator);
  const requestParameters = { 'method.request.querystring.page': true };
  shop.method('GET /pets', {}, { requestValidatorId, requestParameters });
  shop.deploy();
  return timed(shop.sim, () => shop.get('/prod/pets'));
}

async function otherCertificate(): Promise<Seen> {
  const shop = await restShop(AUTO);
  const request = { DomainName: 'orders.internal', ValidationMethod: 'DNS' };
  const { CertificateArn } = shop.call('acm', 'RequestCertificate', request);
  await shop.sim.advance(600_000);
  const [{ TargetGroupArn }] = shop.elb('DescribeTargetGroups', { Names: ['orders'] }).TargetGroups;
  shop.listener(shop.alb, 443, 'HTTPS', TargetGroupArn, { Certificates: [{ CertificateArn }] });
  shop.method('GET /pets', { uri: 'https://carts.internal/pets' });
  shop.deploy();
  return timed(shop.sim, () => shop.get('/prod/pets'));
}

const answering =
  (behavior: object) =>
  ({ sim, server }: RestShop) =>
    sim.backends.add({ address: server, port: 8080, behavior });

async function withoutTargets({ elb, server, sim }: RestShop): Promise<void> {
  for (const { TargetGroupArn } of elb('DescribeTargetGroups').TargetGroups) {
    elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: server }] });
  }
  await sim.advance(600_000);
}

function withoutListener({ elb, alb, nlb }: RestShop): void {
  for (const LoadBalancerArn of [alb, nlb]) {
    const [{ ListenerArn }] = elb('DescribeListeners', { LoadBalancerArn }).Listeners;
    elb('DeleteListener', { ListenerArn });
  }
}

export const REST_API: GatewayRows = {
  title: 'REST API',
  rows: [
    {
      outcome: 'delivered',
      when: 'HTTP_PROXY: the backend answers 201',
      ...answers(201, 'created'),
      source: MAPPING,
      call: () => after('V2', answering({ status: 201, body: 'created' })),
    },
    {
      outcome: 'delivered',
      when: 'HTTP: the backend answers 400, and the only integration response is the default one',
      ...answers(200, 'bad'),
      ...marked('[M]', MAPPING),
      call: async () => {
        const shop = await restShop(AUTO);
        shop.response(shop.method('GET /pets', { type: 'HTTP' }), '200');
        shop.deploy();
        answering({ status: 400, body: 'bad' })(shop);
        return timed(shop.sim, () => shop.get('/prod/pets'));
      },
    },
    {
      outcome: 'no-route',
      when: 'no resource has the path',
      ...typed(403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'),
      ...marked('[M]', FORBIDDEN_403),
      call: () => called('/prod/cats'),
    },
    {
      outcome: 'no-route',
      when: 'the resource has no such method',
      ...typed(403, '{"message":"Missing Authentication Token"}', 'MissingAuthenticationTokenException'),
      ...marked('[M]', FORBIDDEN_403),
      call: () => called('/prod/pets', { method: 'POST' }),
    },
    {
      outcome: 'no-stage',
      when: 'the first part of the path is not a stage',
      ...FORBIDDEN,
      ...marked('[I]', FORBIDDEN_403),
      call: () => called('/test/pets'),
    },
    {
      outcome: 'throttled',
      when: 'the usage plan allows no further call now',
      ...typed(429, '{"message":"Too Many Requests"}', 'TooManyRequestsException'),
      source: THROTTLING,
      call: () => keyed({ throttle: { rateLimit: 1, burstLimit: 1 } }, 2),
    },
    {
      outcome: 'throttled',
      when: 'the quota of the usage plan is spent',
      ...typed(429, '{"message":"Limit Exceeded"}', 'LimitExceededException'),
      source: RESPONSES,
      call: () => keyed({ quota: { limit: 1, period: 'DAY' } }, 2),
    },
    {
      outcome: 'unauthorized',
      when: 'a TOKEN authorizer finds no token',
      ...UNAUTHORIZED,
      source: RESPONSES,
      call: () => authorized(undefined),
    },
    {
      outcome: 'unauthorized',
      when: 'a Lambda authorizer denies',
      ...typed(
        403,
        '{"Message":"User is not authorized to access this resource with an explicit deny"}',
        'AccessDeniedException',
      ),
      source: RESPONSES,
      call: () => authorized('deny'),
    },
    {
      outcome: 'unauthorized',
      when: 'the API key is missing',
      ...FORBIDDEN,
      source: RESPONSES,
      call: () => keyed({}, 0),
    },
    {
      outcome: 'unauthorized',
      when: 'the default endpoint is disabled',
      ...FORBIDDEN,
      ...marked('[M]', FORBIDDEN_403),
      call: async () => {
        const { sim, get } = await openShop({}, AUTO, { disableExecuteApiEndpoint: true });
        return timed(sim, () => get('/prod'));
      },
    },
    {
      outcome: 'unauthorized',
      when: 'a request validator misses a parameter',
      ...typed(400, '{"message": "Missing required request parameters: [page]"}', 'BadRequestException'),
      ...marked('[M]', RESPONSES),
      call: validated,
    },
    {
      outcome: 'too-large',
      when: 'the body of the request has more than 10 MB',
      ...answers(413, '{"message":"Request Too Long"}'),
      ...marked('[U]', QUOTAS),
      call: async () => {
        const { sim, get } = await openShop({}, AUTO);
        return timed(sim, () => get('/prod', { method: 'POST', body: new Uint8Array(10 * 1024 * 1024 + 1) }));
      },
    },
    {
      outcome: 'too-large',
      when: 'the body of the answer has more than 10 MB',
      ...INTERNAL,
      ...marked('[I]', QUOTAS),
      call: () => after('V2', answering({ body: 'x'.repeat(10 * 1024 * 1024 + 1) })),
    },
    {
      outcome: 'no-integration',
      when: 'a stage variable of the URI is not set',
      ...INTERNAL,
      ...marked('[M]', RESPONSES),
      call: () => after('V2', () => 0, { uri: 'http://${stageVariables.host}/pets' }),
    },
    {
      outcome: 'link-missing',
      when: 'the V1 link does not exist',
      ...INTERNAL,
      ...marked('[M]', ERROR_500),
      call: () => byVariable(() => 'gone12'),
    },
    {
      outcome: 'link-pending',
      when: 'the V2 link is `PENDING`',
      ...INTERNAL,
      ...marked('[U]', ERROR_500),
      call: () =>
        byVariable(({ call, subnetIds, groupId }) => {
          const link = { Name: 'late', SubnetIds: subnetIds, SecurityGroupIds: [groupId] };
          return call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
        }),
    },
    {
      outcome: 'link-inactive',
      when: 'the V2 link had no calls for 60 days',
      ...INTERNAL,
      ...marked('[U]', ERROR_500),
      call: () => after('V2', ({ sim }) => sim.advance(61 * DAY_MS)),
    },
    {
      outcome: 'link-failed',
      when: 'the V1 link is `FAILED`',
      ...INTERNAL,
      ...marked('[M]', ERROR_500),
      call: () =>
        after('V1', ({ sim, v1 }) =>
          edit(sim, (row) => row['id'] === v1 && row['status'] !== undefined, { status: 'FAILED' }),
        ),
    },
    {
      outcome: 'unreachable',
      when: 'V2: a security group does not allow the call',
      ...INTERNAL,
      afterMs: 10_000,
      ...marked('[U]', ERROR_500),
      call: () =>
        after('V2', ({ ec2, groupId: GroupId }) => {
          const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
          ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions });
        }),
    },
    {
      outcome: 'unreachable',
      when: 'no certificate of the listener has the host of the URI',
      ...INTERNAL,
      ...marked('[M]', ERROR_500),
      call: otherCertificate,
    },
    {
      outcome: 'no-listener',
      when: 'V1: the load balancer has no listener on the port',
      ...INTERNAL,
      afterMs: 10_000,
      ...marked('[M]', RECORD),
      call: () => after('V1', withoutListener),
    },
    {
      outcome: 'no-listener',
      when: 'V2: the load balancer has no listener on the port',
      ...INTERNAL,
      afterMs: 10_000,
      ...marked('[U]', ERROR_500),
      call: () => after('V2', withoutListener),
    },
    {
      outcome: 'no-listener',
      when: 'V1: the same, and the timeout of the integration is shorter than ten seconds',
      ...typed(504, '{"message": "Endpoint request timed out"}', 'InternalServerErrorException'),
      afterMs: 500,
      ...marked('[I]', ERROR_504),
      call: () => after('V1', withoutListener, { timeoutInMillis: 500 }),
    },
    {
      outcome: 'no-healthy-target',
      when: 'V1: the network load balancer has no target',
      ...INTERNAL,
      afterMs: 10_000,
      ...marked('[M]', RECORD),
      call: () => after('V1', withoutTargets),
    },
    {
      outcome: 'no-healthy-target',
      when: 'V2: the application load balancer has no target',
      ...answers(503, balancerPage('503 Service Temporarily Unavailable')),
      headers: OF_BALANCER,
      source: BALANCER,
      call: () => after('V2', withoutTargets),
    },
    {
      outcome: 'timeout',
      when: 'the backend answers after the timeout of the integration',
      ...typed(504, '{"message": "Endpoint request timed out"}', 'InternalServerErrorException'),
      afterMs: 3_000,
      ...marked('[M]', ERROR_504),
      call: () => after('V1', answering({ delayMs: 3_001 }), { timeoutInMillis: 3_000 }),
    },
    {
      outcome: 'reset',
      when: 'V1: the backend closes the connection',
      ...typed(504, '{"message": "Network error communicating with endpoint"}', 'InternalServerErrorException'),
      ...marked('[M]', RESPONSES),
      call: () => after('V1', answering({ reset: true })),
    },
    {
      outcome: 'reset',
      when: 'V2: the backend closes the connection, behind an application load balancer',
      ...answers(502, balancerPage('502 Bad Gateway')),
      headers: OF_BALANCER,
      source: BALANCER,
      call: () => after('V2', answering({ reset: true })),
    },
    { outcome: 'gone', never: 'A REST API does not move.' },
  ],
};
