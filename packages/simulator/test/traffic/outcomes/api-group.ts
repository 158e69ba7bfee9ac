import { createHmac } from 'node:crypto';
import { idOf } from '../../alibaba/ecs/account.js';
import { listenerAcl } from '../../alibaba/connects/world.js';
import { edit } from '../../checks/show.js';
import { conventional, MINUTE, publish, REGION, shop, type Shop } from '../alibaba/shop.js';
import { balancerPage, timed, type GatewayRows, type OutcomeRow, type Seen, answers, marked } from './row.js';

const CODES = 'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table';
const D504CO =
  'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/support/troubleshooting-d504co-error-codes';
const MOVE =
  'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances';
const LIMITS = 'https://help.aliyun.com/en/api-gateway/traditional-api-gateway/product-overview/limits';

const ORDERS = '/orders/7';
const CARTS = '/carts/7';

/** The gateway's own answer: code and message are headers, and the body is empty [I]. */
const own = (status: number, code: string, message: string) => ({
  status,
  body: '',
  headers: { 'x-ca-error-code': code, 'x-ca-error-message': message },
});
const refusedBy = (place: string) => own(504, 'D504CO', `Backend service connect failed \`${place}\``);
const timedOutAt = (id: string) => refusedBy(`Timeout connecting to [/${id}:80]`);
/** The caller's connection fails, for which the simulator answers 504 without the gateway's headers. */
const NO_ANSWER = { status: 504, body: '' } as const;

const listener = ({ loadBalancerId }: Shop) => ({ LoadBalancerId: loadBalancerId, ListenerPort: 80 });
const changeLink = ({ sim, linkId }: Shop, to: object): void =>
  edit(sim, (row) => row['id'] === linkId && row['spec'] !== undefined, to);
const changeGroup = ({ sim, groupId }: Shop, to: object): void =>
  edit(sim, (row) => row['id'] === groupId && row['httpsPolicy'] !== undefined, to);
const answering =
  (behavior: object) =>
  ({ sim }: Shop) =>
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior });

interface Called {
  readonly path?: string;
  readonly host?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly throttle?: boolean;
}

/** A call after `change`, which may say how it is called. IDs in messages are replaced by names. */
const after = ({ throttle = false, ...given }: Called, change: (world: Shop) => unknown = () => 0) => ({
  async call(): Promise<Seen> {
    const world = await shop(throttle ? { throttle } : {});
    const more = ((await change(world)) ?? {}) as Called;
    const seen = await timed(world.sim, () => world.call({ host: world.host, path: ORDERS, ...given, ...more }));
    const message = seen.headers['x-ca-error-message'];
    if (typeof message !== 'string') return seen;

    const named = message.replace(world.serverId, 'i-…').replace(world.loadBalancerId, 'lb-…');
    return { ...seen, headers: { ...seen.headers, 'x-ca-error-message': named } };
  },
});

/** The group on another instance, with the old one's time over. */
async function moved(world: Shop): Promise<void> {
  const { id: TargetInstanceId } = await conventional(world);
  world.cloud.cloudapi('ModifyApiGroupInstance', { GroupId: world.groupId, TargetInstanceId });
  await world.sim.advance(20 * MINUTE);
}

/** A layer 7 listener on port 80 in place of the TCP listener. */
async function withHttpListener({ cloud, sim, ...world }: Shop, more: object = {}): Promise<void> {
  const at80 = { LoadBalancerId: world.loadBalancerId, ListenerPort: 80 };
  cloud.slb('DeleteLoadBalancerListener', at80);
  cloud.slb('CreateLoadBalancerHTTPListener', {
    ...at80,
    BackendServerPort: 80,
    StickySession: 'off',
    HealthCheck: 'off',
    ...more,
  });
  cloud.slb('StartLoadBalancerListener', at80);
  await sim.advance(MINUTE);
}

const withoutServers = ({ cloud, loadBalancerId, serverId }: Shop): void =>
  void cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` });

const withoutRule = ({ cloud, groups }: Shop): void =>
  void cloud.ecs('RevokeSecurityGroup', {
    SecurityGroupId: groups.server,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp: '10.0.0.0/16',
  });

/** Spends what is admitted at once, so that the next call is throttled. */
const afterCalls =
  (change: (world: Shop) => unknown, calls: number) =>
  async (world: Shop): Promise<void> => {
    await change(world);
    for (let made = 0; made < calls; made += 1) await world.get(ORDERS);
  };

/** A signed call of an application that may call `/app` on a stage. */
async function signedCall(
  { cloud, groupId, get }: Shop,
  given: { key?: string; signature?: string; time?: number; twice?: boolean; stage?: string },
): Promise<Called> {
  const { key = 'key-1', stage: StageName = 'RELEASE', time = 0, twice = false } = given;
  const ApiIds = publish(cloud, groupId, { path: '/app', access: 'server', more: { AuthType: 'APP' } });
  const app = { AppName: 'caller', AppKey: 'key-1', AppSecret: 'secret-1' };
  const { AppId } = cloud.cloudapi('CreateApp', app) as { AppId?: number };
  cloud.cloudapi('SetApisAuthorities', { AppId, ApiIds, StageName });
  const signed = createHmac('sha256', 'secret-1').update(`GET\n\n\n\n\nX-Ca-Key:${key}\n/app`).digest('base64');
  const headers = {
    'x-ca-key': key,
    'x-ca-signature': given.signature ?? signed,
    'x-ca-timestamp': String(Date.now() + time * MINUTE),
    'x-ca-nonce': 'one',
  };
  if (twice) await get('/app', headers);
  return { headers };
}

export const API_GROUP: GatewayRows = {
  title: 'API group',
  rows: [
    {
      outcome: 'delivered',
      when: 'the backend answers 201',
      ...answers(201, 'created'),
      source: CODES,
      ...after({}, answering({ status: 201, body: 'created' })),
    },
    {
      outcome: 'delivered',
      when: 'the backend answers 503, which is its own answer',
      ...answers(503, 'busy'),
      source: CODES,
      ...after({}, answering({ status: 503, body: 'busy' })),
    },
    {
      outcome: 'delivered',
      when: 'the instance is `MODIFYING`',
      ...answers(200, 'ok'),
      ...marked('[I]', CODES),
      ...after({}, (world) => {
        answering({ body: 'ok' })(world);
        changeLink(world, { status: 'MODIFYING' });
      }),
    },
    {
      outcome: 'no-route',
      when: 'no API of the stage matches',
      because: /No API on RELEASE is for GET \/orders\/7\/items\./,
      ...own(404, 'I404NF', 'API not found with `GET /orders/7/items`'),
      source: CODES,
      ...after({ path: '/orders/7/items?a=b' }),
    },
    {
      outcome: 'no-route',
      when: 'the API does not take the protocol',
      ...own(403, 'I403PT', 'Invalid protocol http unsupported'),
      source: CODES,
      ...after({ path: '/tls', headers: { 'x-postern-protocol': 'http' } }, ({ cloud, groupId }) => {
        publish(cloud, groupId, { path: '/tls', access: 'server', request: { RequestProtocol: 'HTTPS' } });
      }),
    },
    {
      outcome: 'no-stage',
      when: '`X-Ca-Stage` names a stage that the group does not have',
      ...own(400, 'I400SG', 'Invalid Stage'),
      source: CODES,
      ...after({ headers: { 'x-ca-stage': 'canary' } }),
    },
    {
      outcome: 'throttled',
      when: 'the calls per second of the instance are spent',
      ...own(429, 'T429IN', 'Throttled by INSTANCE Flow Control'),
      ...marked('[U]', CODES),
      ...after(
        { throttle: true },
        afterCalls((world) => changeLink(world, { requestsPerSecond: 1 }), 1),
      ),
    },
    {
      outcome: 'throttled',
      when: 'the calls per second of the group are spent',
      ...own(429, 'T429GR', 'Throttled by GROUP Flow Control'),
      ...marked('[U]', CODES),
      ...after(
        { throttle: true },
        afterCalls((world) => changeGroup(world, { trafficLimit: 1 }), 1),
      ),
    },
    {
      outcome: 'throttled',
      when: 'a `trafficControl` plug-in allows no further call now',
      ...own(429, 'T429PR', 'Throttled by PLUGIN Flow Control'),
      ...marked('[U]', CODES),
      ...after(
        { throttle: true },
        afterCalls(({ cloud, groupId: GroupId, ordersId: ApiId }) => {
          const PluginData = 'unit: MINUTE\napiDefault: 1\n';
          const plugin = { PluginName: 'limits', PluginType: 'trafficControl', PluginData };
          const PluginId = idOf(cloud.cloudapi('CreatePlugin', plugin), 'PluginId');
          cloud.cloudapi('AttachPlugin', { PluginId, GroupId, ApiId, StageName: 'RELEASE' });
        }, 1),
      ),
    },
    {
      outcome: 'unauthorized',
      when: 'the API asks for an application, and the call names none',
      ...own(400, 'A400MA', 'Need authorization, `X-Ca-Key` or `Authorization: APPCODE ...` is required'),
      ...marked('[U]', CODES),
      ...after({ path: '/app' }, ({ cloud, groupId }) => {
        publish(cloud, groupId, { path: '/app', access: 'server', more: { AuthType: 'APP' } });
      }),
    },
    {
      outcome: 'unauthorized',
      when: 'the API asks for a signature, and the call has none',
      ...own(400, 'I400MH', 'Header `X-Ca-Signature` is Required'),
      source: CODES,
      ...after({ path: '/app', headers: { 'x-ca-key': '1' } }, ({ cloud, groupId }) => {
        publish(cloud, groupId, { path: '/app', access: 'server', more: { AuthType: 'APP' } });
      }),
    },
    ...[
      { when: 'no application has its key', code: 'A400IK', message: 'Invalid AppKey', key: '1' },
      {
        when: 'the signature is not that of its application',
        code: 'A403IS',
        message: 'Invalid Signature, Server StringToSign:`GET#####X-Ca-Key:key-1#/app`',
        signature: 'bad',
      },
      {
        when: 'its time is 20 minutes off',
        code: 'S403TE',
        message: 'X-Ca-Timestamp is expired',
        time: -20,
        mark: '[U]',
      },
      {
        when: 'its nonce was used in the last 15 minutes',
        code: 'S403NU',
        message: 'Nonce Used',
        twice: true,
        mark: '[U]',
      },
      {
        when: 'its application is not authorized',
        code: 'I403AA',
        message: 'Unauthorized',
        stage: 'TEST',
        mark: '[U]',
      },
    ].map(({ when, code, message, mark, ...call }): OutcomeRow => ({
      outcome: 'unauthorized',
      when: `the call is signed, and ${when}`,
      ...own(Number(code.slice(1, 4)), code, message),
      ...(mark === undefined ? {} : { mark: '[U]' }),
      source: CODES,
      ...after({ path: '/app' }, (world) => signedCall(world, call)),
    })),
    {
      outcome: 'unauthorized',
      when: 'the group is closed to the internet',
      ...own(403, 'A403IN', 'Access from internet is disabled'),
      ...marked('[U]', CODES),
      ...after({}, ({ cloud, groupId }) => {
        cloud.cloudapi('ModifyApiGroupNetworkPolicy', { GroupId: groupId, InternetEnable: false });
      }),
    },
    {
      outcome: 'too-large',
      when: 'URL and headers have more than 8 KB',
      ...own(413, 'I413UL', 'Request URL too Large'),
      source: LIMITS,
      ...after({ path: `/orders/${'7'.repeat(8 * 1024)}` }),
    },
    {
      outcome: 'too-large',
      when: 'the body of the request has more than 32 MB',
      ...own(413, 'I413RL', 'Request body too Large'),
      source: LIMITS,
      ...after({ body: new Uint8Array(32 * 1024 * 1024 + 1) }),
    },
    {
      outcome: 'no-integration',
      when: 'the authorization was removed',
      because: /names server, which is not an authorization\./,
      ...own(504, 'X504VE', 'Backend service vpc mapped failed'),
      ...marked('[U]', CODES),
      ...after({}, ({ cloud, vpcId, serverId }) => {
        cloud.cloudapi('RemoveVpcAccess', { VpcId: vpcId, InstanceId: serverId, Port: 80 });
      }),
    },
    {
      outcome: 'no-integration',
      when: 'the name of the backend is not in the private DNS of the instance',
      ...own(504, 'D504RE', 'Backend domain resolution failed'),
      ...marked('[U]', CODES),
      ...after({ path: '/name' }, ({ cloud, groupId }) => {
        const IntranetDomain = 'orders.shop.internal';
        const Records = [{ Record: '10.0.3.10', Weight: 100 }];
        cloud.cloudapi('CreatePrivateDNS', { IntranetDomain, Type: 'A', Records });
        publish(cloud, groupId, { path: '/name', service: { ServiceAddress: `http://${IntranetDomain}` } });
      }),
    },
    {
      outcome: 'no-integration',
      when: 'the backend is a function, which is not simulated',
      ...answers(
        501,
        '{"code":"NotSimulated","message":"The backend of <ID> has no address: its type is not simulated."}',
      ),
      ...after({ path: '/function' }, ({ cloud, groupId }) => {
        publish(cloud, groupId, { path: '/function', service: { ServiceProtocol: 'FunctionCompute' } });
      }),
    },
    {
      outcome: 'link-missing',
      when: 'the instance is `DELETING`, or was deleted',
      because: /DELETING/,
      ...NO_ANSWER,
      ...after({}, (world) => changeLink(world, { status: 'DELETING' })),
    },
    {
      outcome: 'link-pending',
      when: 'the instance is `CREATING`',
      because: /CREATING/,
      ...NO_ANSWER,
      ...after({}, (world) => changeLink(world, { status: 'CREATING' })),
    },
    { outcome: 'link-inactive', never: 'An instance does not become inactive.' },
    {
      outcome: 'link-failed',
      when: 'the instance is `CREATE_FAILED`',
      because: /CREATE_FAILED/,
      ...NO_ANSWER,
      ...after({}, (world) => changeLink(world, { status: 'CREATE_FAILED' })),
    },
    {
      outcome: 'unreachable',
      when: 'the security group of the server has no rule for the call',
      because: /No rule of sg-\w+ accepts what goes from 10\.0\.[12]\.\d+ on port 80\./,
      ...timedOutAt('i-…'),
      afterMs: 2_000,
      source: D504CO,
      ...after({}, withoutRule),
    },
    {
      outcome: 'unreachable',
      when: 'the server is stopped',
      because: /is Stopped\./,
      ...timedOutAt('i-…'),
      afterMs: 2_000,
      source: D504CO,
      ...after({}, async ({ cloud, serverId, sim }) => {
        cloud.ecs('StopInstance', { InstanceId: serverId });
        await sim.advance(10 * MINUTE);
      }),
    },
    {
      outcome: 'unreachable',
      when: 'the white list of the listener does not have the addresses of the instance',
      because: /does not have 10\.0\.[12]\./,
      ...timedOutAt('lb-…'),
      afterMs: 2_000,
      source: D504CO,
      ...after({ path: CARTS }, (world) => listenerAcl(world, listener(world), 'white', ['10.9.0.0/16'])),
    },
    {
      outcome: 'unreachable',
      when: 'the VPC domain is called from another VPC',
      ...own(403, 'A403VN', 'Access from invalid VPC is disabled'),
      ...marked('[U]', CODES),
      ...after({}, ({ cloud, groupId: GroupId }) => {
        cloud.cloudapi('ModifyApiGroupNetworkPolicy', { GroupId, VpcIntranetEnable: true });
        return { host: `${GroupId}-${REGION}-vpc.alicloudapi.com` };
      }),
    },
    {
      outcome: 'unreachable',
      when: 'the caller has IPv6, which the instance does not have',
      ...NO_ANSWER,
      ...after({ headers: { 'x-postern-caller': 'internet-ipv6' } }),
    },
    {
      outcome: 'no-listener',
      when: 'the load balancer has no listener on the port',
      because: /has no TCP, HTTP or HTTPS listener on port 80\./,
      ...refusedBy('Connection refused'),
      ...marked('[I]', D504CO),
      ...after({ path: CARTS }, (world) => {
        world.cloud.slb('DeleteLoadBalancerListener', listener(world));
      }),
    },
    {
      outcome: 'no-healthy-target',
      when: 'the load balancer has no backend server',
      because: /No backend server of lb-\w+ runs and is well\./,
      ...refusedBy('Connection refused'),
      ...marked('[I]', D504CO),
      ...after({ path: CARTS }, withoutServers),
    },
    {
      outcome: 'no-healthy-target',
      when: 'a layer 7 listener has no backend server',
      ...answers(503, balancerPage('503 Service Temporarily Unavailable')),
      mark: '[I]',
      ...after({ path: CARTS }, async (world) => {
        await withHttpListener(world);
        withoutServers(world);
      }),
    },
    {
      outcome: 'timeout',
      when: 'the backend answers after the timeout of the API',
      because: /did not answer within 2000 ms\./,
      ...own(504, 'D504TO', 'Backend service request timeout'),
      afterMs: 2_000,
      source: CODES,
      ...after({}, answering({ delayMs: 2_001 })),
    },
    {
      outcome: 'timeout',
      when: 'a layer 7 listener gives up before the API does',
      ...answers(504, balancerPage('504 Gateway Time-out')),
      afterMs: 1_000,
      mark: '[I]',
      ...after({ path: CARTS }, async (world) => {
        await withHttpListener(world, { RequestTimeout: 1 });
        answering({ delayMs: 1_001 })(world);
      }),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection',
      because: /The backend at 10\.0\.3\.10:80 closed the connection\./,
      ...refusedBy('Connection is closed'),
      source: D504CO,
      ...after({}, answering({ reset: true })),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection, behind a layer 7 listener',
      ...answers(502, balancerPage('502 Bad Gateway')),
      mark: '[I]',
      ...after({ path: CARTS }, async (world) => {
        await withHttpListener(world);
        answering({ reset: true })(world);
      }),
    },
    {
      outcome: 'gone',
      when: 'an A record leads to the instance that the group left ten minutes ago',
      ...own(410, 'I410GG', "Group's instance invalid"),
      source: MOVE,
      ...after({}, async (world) => {
        const name = 'by-address.example.com';
        world.sim.plant(REGION, { kind: 'custom-domain', groupId: world.groupId, name, by: 'address' });
        await moved(world);
        return { host: name };
      }),
    },
    {
      outcome: 'gone',
      when: 'the caller keeps the address of the instance that the group left ten minutes ago',
      ...own(410, 'I410GG', "Group's instance invalid"),
      ...marked('[I]', MOVE),
      ...after({}, async (world) => {
        await moved(world);
        return { headers: { 'x-postern-address-of': world.linkId } };
      }),
    },
  ],
};
