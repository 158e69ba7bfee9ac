import { SERVER } from '../../aws/connects/world.js';
import { edit } from '../../checks/show.js';
import { chat, opened } from '../aws/web-socket/scene.js';
import { timed, type GatewayRows, type Seen, answers, marked } from './row.js';

const GUIDE = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/';
const CONNECT = `${GUIDE}apigateway-websocket-api-route-keys-connect-disconnect.html`;
const RESPONSE = `${GUIDE}apigateway-websocket-api-route-response.html`;
const CONNECTIONS = `${GUIDE}apigateway-how-to-call-websocket-api-connections.html`;
const LIMITS = `${GUIDE}apigateway-execution-service-websocket-limits-table.html`;
const ERRORS = 'https://repost.aws/knowledge-center/api-gateway-websocket-error';

type Chat = Awaited<ReturnType<typeof chat>>;

const AUTO = { clock: 'auto' } as const;
const SIGNED = 'AWS4-HMAC-SHA256 Credential=AKIAX/20260601/eu-west-1/execute-api/aws4_request';
const OPEN = ['$disconnect', 'join'] as const;
/** What the caller of a message gets, on the open connection. */
const message = (text: string) => ({
  status: undefined,
  body: `{"message": "${text}", "connectionId":"<ID>", "requestId":"<ID>"}`,
});
const FAILED = message('Internal server error');

/** The request that opens a connection, after `change`. */
async function connecting(change: (world: Chat) => unknown, path = '/prod'): Promise<Seen> {
  const world = await chat(undefined, AUTO);
  await change(world);
  return timed(world.sim, async () => {
    const answer = await world.connect(path);
    if ('status' in answer) return answer;
    throw new Error('the connection was opened');
  });
}

/** What comes back for a message on a connection that is opened after `change`. */
async function sending(change: (world: Chat) => unknown, text = '{"action":"join"}'): Promise<Seen> {
  const world = await chat(OPEN, AUTO);
  await change(world);
  return lastOf(world, opened(await world.connect()), [text]);
}

/** What comes back for the last of some messages. */
async function lastOf(
  { sim, heard }: Chat,
  connection: { readonly send: (text: string) => Promise<void> },
  texts: readonly string[],
): Promise<Seen> {
  for (const text of texts.slice(0, -1)) await connection.send(text);
  heard.length = 0;
  sim.traffic.resetCounters();
  const before = sim.clock.now();
  await connection.send(texts.at(-1) ?? '');
  const [row] = sim.traffic.counters().by;
  if (!row) throw new Error('the message was not counted');
  const [body = ''] = heard;
  return { outcome: row.outcome, status: undefined, body, headers: {}, afterMs: sim.clock.now() - before };
}

/** A call of the backend about a connection. */
async function managing(path: string, headers: Readonly<Record<string, string>>): Promise<Seen> {
  const { sim, host } = await chat(OPEN, AUTO);
  return timed(sim, () => sim.traffic.call({ host, method: 'POST', path, headers, body: 'hello' }));
}

const answering =
  (behavior: object) =>
  ({ sim }: Chat) =>
    sim.backends.add({ address: SERVER, port: 80, behavior });

const linkIs =
  (status: string) =>
  ({ sim, linkId }: Chat): void =>
    edit(sim, (row) => row['id'] === linkId && row['targetArns'] !== undefined, { status });

async function withoutTarget({ elb, sim }: Chat): Promise<void> {
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups').TargetGroups;
  elb('DeregisterTargets', { TargetGroupArn, Targets: [{ Id: SERVER }] });
  await sim.advance(600_000);
}

function withoutListener({ elb }: Chat): void {
  const [{ LoadBalancerArn }] = elb('DescribeLoadBalancers').LoadBalancers;
  const [{ ListenerArn }] = elb('DescribeListeners', { LoadBalancerArn }).Listeners;
  elb('DeleteListener', { ListenerArn });
}

function withoutRule({ ec2, groups, rules }: Chat): void {
  ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server });
}

/** Deletes the link that the deployment of the stage goes on using. */
async function withoutLink({ api, ApiId, call, linkId, sim }: Chat): Promise<void> {
  for (const { RouteId } of api('GetRoutes', { ApiId }).Items) api('DeleteRoute', { ApiId, RouteId });
  for (const { IntegrationId } of api('GetIntegrations', { ApiId }).Items) {
    api('DeleteIntegration', { ApiId, IntegrationId });
  }
  call('apigateway', 'DeleteVpcLink', { vpcLinkId: linkId });
  await sim.advance(60_000);
}

async function redeployed({ api, ApiId, sim }: Chat): Promise<void> {
  const { DeploymentId } = api('CreateDeployment', { ApiId });
  api('UpdateStage', { ApiId, StageName: 'prod', DeploymentId });
  await sim.advance(60_000);
}

export const WEBSOCKET_API: GatewayRows = {
  title: 'WebSocket API',
  rows: [
    {
      outcome: 'delivered',
      when: '`$connect`: the backend answers 403, which refuses the connection',
      ...answers(403, 'no'),
      source: CONNECT,
      call: () => connecting(answering({ status: 403, body: 'no' })),
    },
    {
      outcome: 'delivered',
      when: 'a message of a route with a response: the body of the backend, whatever its status',
      status: undefined,
      body: 'created',
      source: RESPONSE,
      call: () => sending(answering({ status: 201, body: 'created' })),
    },
    {
      outcome: 'delivered',
      when: 'a message of a route without a response',
      status: undefined,
      body: '',
      source: RESPONSE,
      call: () =>
        sending(async (world) => {
          const { api, ApiId } = world;
          const { Items } = api('GetRoutes', { ApiId });
          api('CreateRoute', { ApiId, RouteKey: 'leave', Target: Items[0].Target });
          await redeployed(world);
        }, '{"action":"leave"}'),
    },
    {
      outcome: 'no-route',
      when: 'no route matches the message, and `$default` does not exist',
      ...message('Forbidden'),
      source: ERRORS,
      call: () => sending(() => 0, 'no JSON'),
    },
    {
      outcome: 'no-route',
      when: '`@connections` of a connection that is closed',
      ...answers(410, ''),
      headers: { 'x-amzn-errortype': 'GoneException' },
      source: CONNECTIONS,
      call: () => managing('/prod/@connections/abc', { authorization: SIGNED }),
    },
    {
      outcome: 'no-stage',
      when: 'the path of the request does not name a stage',
      ...answers(403, '{"message":"Forbidden"}'),
      ...marked('[I]', CONNECT),
      call: () => connecting(() => 0, '/test'),
    },
    {
      outcome: 'throttled',
      when: 'the burst of the account, 5,000 calls, is spent',
      ...message('Too Many Requests'),
      ...marked('[I]', ERRORS),
      call: async () => {
        const world = await chat(OPEN, { ...AUTO, throttle: true });
        // the request for the connection is the first of them
        return lastOf(
          world,
          opened(await world.connect()),
          Array.from({ length: 5_000 }, () => ''),
        );
      },
    },
    {
      outcome: 'unauthorized',
      when: '`$connect` asks for a signature',
      ...answers(401, '{"message":"Unauthorized"}'),
      ...marked('[U]', CONNECT),
      call: () =>
        connecting(async (world) => {
          const { api, ApiId } = world;
          const route = api('GetRoutes', { ApiId }).Items.find(
            (row: { RouteKey: string }) => row.RouteKey === '$connect',
          );
          api('UpdateRoute', { ApiId, RouteId: route.RouteId, AuthorizationType: 'AWS_IAM' });
          await redeployed(world);
        }),
    },
    {
      outcome: 'unauthorized',
      when: '`@connections` without a signature',
      ...answers(403, '{"message":"Missing Authentication Token"}'),
      headers: { 'x-amzn-errortype': 'MissingAuthenticationTokenException' },
      source: CONNECTIONS,
      call: () => managing('/prod/@connections/abc', {}),
    },
    {
      outcome: 'too-large',
      never: `A message of more than 128 KB closes the connection ([limits](${LIMITS})), and no call is made.`,
    },
    {
      outcome: 'no-integration',
      when: 'the route has no integration',
      ...FAILED,
      ...marked('[I]', ERRORS),
      call: () =>
        sending(async (world) => {
          const { api, ApiId } = world;
          api('CreateRoute', { ApiId, RouteKey: 'leave' });
          await redeployed(world);
        }, '{"action":"leave"}'),
    },
    {
      outcome: 'link-missing',
      when: 'the link of the deployment was deleted',
      ...FAILED,
      ...marked('[I]', ERRORS),
      call: () => sending(withoutLink),
    },
    {
      outcome: 'link-pending',
      when: 'the link is `PENDING`',
      ...FAILED,
      ...marked('[I]', ERRORS),
      call: () => sending(linkIs('PENDING')),
    },
    { outcome: 'link-inactive', never: 'WebSocket APIs use V1 links, which do not become inactive.' },
    {
      outcome: 'link-failed',
      when: 'the link is `FAILED`',
      ...FAILED,
      ...marked('[I]', ERRORS),
      call: () => sending(linkIs('FAILED')),
    },
    {
      outcome: 'link-failed',
      when: '`$connect`: the link is `FAILED`',
      ...answers(500, ''),
      ...marked('[U]', CONNECT),
      call: () => connecting(linkIs('FAILED')),
    },
    {
      outcome: 'unreachable',
      when: 'the security group of the target has no rule for the call',
      ...FAILED,
      afterMs: 10_000,
      ...marked('[I]', ERRORS),
      call: () => sending(withoutRule),
    },
    {
      outcome: 'no-listener',
      when: 'the load balancer has no listener on the port',
      ...FAILED,
      afterMs: 10_000,
      ...marked('[I]', ERRORS),
      call: () => sending(withoutListener),
    },
    {
      outcome: 'no-healthy-target',
      when: 'the load balancer has no target',
      ...FAILED,
      afterMs: 10_000,
      ...marked('[I]', ERRORS),
      call: () => sending(withoutTarget),
    },
    {
      outcome: 'timeout',
      when: 'the backend answers after 29 s',
      ...FAILED,
      afterMs: 29_000,
      ...marked('[I]', LIMITS),
      call: () => sending(answering({ delayMs: 29_001 })),
    },
    {
      outcome: 'timeout',
      when: '`$connect`: the backend answers after 29 s',
      ...answers(504, ''),
      afterMs: 29_000,
      ...marked('[U]', LIMITS),
      call: () => connecting(answering({ delayMs: 29_001 })),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection',
      ...FAILED,
      ...marked('[I]', ERRORS),
      call: () => sending(answering({ reset: true })),
    },
    {
      outcome: 'reset',
      when: '`$connect`: the backend closes the connection',
      ...answers(500, ''),
      ...marked('[U]', CONNECT),
      call: () => connecting(answering({ reset: true })),
    },
    {
      outcome: 'gone',
      never: 'A WebSocket API does not move. `@connections` answers 410 for a closed connection, as `no-route`.',
    },
  ],
};
