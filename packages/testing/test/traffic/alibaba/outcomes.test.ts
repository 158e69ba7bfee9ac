import { describe, expect, it } from 'vitest';
import { listenerAcl } from '../../alibaba/connects/world.js';
import { edit } from '../../checks/show.js';
import { publish, shop, type Shop } from './shop.js';

const ORDERS = '/orders/7';
const CARTS = '/carts/7';
const listener = ({ loadBalancerId }: Shop) => ({ LoadBalancerId: loadBalancerId, ListenerPort: 80 });
const at =
  (address: string, behavior: object) =>
  ({ sim }: Shop) =>
    sim.backends.add({ address, port: 80, behavior });
const status =
  (to: string) =>
  ({ sim, linkId }: Shop) =>
    edit(sim, (row) => row['id'] === linkId && row['spec'] !== undefined, { status: to });

/** How a call ends: outcome, status, error code, and the text of the message; who decided. */
const ENDS: readonly [
  what: string,
  path: string,
  change: (shop: Shop) => unknown,
  end: readonly [outcome: string, status: number, code: string | undefined, message: string | undefined],
  because: RegExp | undefined,
][] = [
  ['all is well', ORDERS, () => 0, ['delivered', 200, undefined, undefined], undefined],
  [
    'no API has the path',
    '/orders/7/items?a=b',
    () => 0,
    ['no-route', 404, 'I404NF', 'API not found with `GET /orders/7/items`'],
    /No API on RELEASE is for GET \/orders\/7\/items\./,
  ],
  [
    'the security group of the server has no rule',
    ORDERS,
    ({ cloud, groups }) =>
      cloud.ecs('RevokeSecurityGroup', {
        SecurityGroupId: groups.server,
        IpProtocol: 'tcp',
        PortRange: '80/80',
        SourceCidrIp: '10.0.0.0/16',
      }),
    ['unreachable', 504, 'D504CO', 'Backend service connect failed `Timeout connecting to [/i-SERVER:80]`'],
    /No rule of sg-\w+ accepts what goes from 10\.0\.[12]\.\d+ on port 80\./,
  ],
  [
    'the server is stopped',
    ORDERS,
    ({ cloud, serverId, sim }) => {
      cloud.ecs('StopInstance', { InstanceId: serverId });
      return sim.advance(600_000);
    },
    ['unreachable', 504, 'D504CO', 'Backend service connect failed `Timeout connecting to [/i-SERVER:80]`'],
    /is Stopped\./,
  ],
  [
    'the load balancer has no listener',
    CARTS,
    (world) => world.cloud.slb('DeleteLoadBalancerListener', listener(world)),
    ['no-listener', 504, 'D504CO', 'Backend service connect failed `Connection refused`'],
    /has no TCP, HTTP or HTTPS listener on port 80\./,
  ],
  [
    'the load balancer has no server',
    CARTS,
    ({ cloud, loadBalancerId, serverId }) =>
      cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` }),
    ['no-healthy-target', 504, 'D504CO', 'Backend service connect failed `Connection refused`'],
    /No backend server of lb-\w+ runs and is well\./,
  ],
  [
    'the white list of the listener lacks the instance',
    CARTS,
    (world) => listenerAcl(world, listener(world), 'white', ['10.9.0.0/16']),
    ['unreachable', 504, 'D504CO', 'Backend service connect failed `Timeout connecting to [/lb-BALANCER:80]`'],
    /does not have 10\.0\.[12]\./,
  ],
  [
    'the authorization was removed',
    ORDERS,
    ({ cloud, vpcId, serverId }) => cloud.cloudapi('RemoveVpcAccess', { VpcId: vpcId, InstanceId: serverId, Port: 80 }),
    ['no-integration', 504, 'X504VE', 'Backend service vpc mapped failed'],
    /names server, which is not an authorization\./,
  ],
  [
    'the backend is too slow',
    ORDERS,
    at('10.0.3.10', { delayMs: 2001 }),
    ['timeout', 504, 'D504TO', 'Backend service request timeout'],
    /did not answer within 2000 ms\./,
  ],
  [
    'the backend closes the connection',
    ORDERS,
    at('10.0.3.10', { reset: true }),
    ['reset', 504, 'D504CO', 'Backend service connect failed `Connection is closed`'],
    /The backend at 10\.0\.3\.10:80 closed the connection\./,
  ],
  [
    'the backend answers an error',
    ORDERS,
    at('10.0.3.10', { status: 503, body: 'busy' }),
    ['delivered', 503, undefined, undefined],
    undefined,
  ],
  [
    'the instance is being created',
    ORDERS,
    status('CREATING'),
    ['link-pending', 504, undefined, undefined],
    /CREATING/,
  ],
  [
    'the instance is being deleted',
    ORDERS,
    status('DELETING'),
    ['link-missing', 504, undefined, undefined],
    /DELETING/,
  ],
  ['the instance failed', ORDERS, status('CREATE_FAILED'), ['link-failed', 504, undefined, undefined], /CREATE_FAILED/],
  ['the instance changes', ORDERS, status('MODIFYING'), ['delivered', 200, undefined, undefined], undefined],
];

describe('a call of an API group', () => {
  it.each(ENDS)('ends where %s', async (_what, path, change, [outcome, status, code, message], because) => {
    const world = await shop();
    await change(world);
    const answer = await world.call({ host: world.host, path });
    expect(answer).toMatchObject({ outcome, status });
    const { 'x-ca-error-code': givenCode, 'x-ca-error-message': given } = answer.headers;
    expect(givenCode).toBe(code);
    const said = message?.replace('i-SERVER', world.serverId).replace('lb-BALANCER', world.loadBalancerId);
    expect(given).toBe(said);
    if (because) expect(answer.because).toMatch(because);
    if (because) expect(answer.body).toBe('');
    const [row] = world.sim.traffic.counters().by;
    expect(row).toMatchObject({ gateway: world.groupId, link: world.linkId, outcome, status, calls: 1 });
  });

  it('is answered 502, 503 and 504 by a layer 7 listener in front', async () => {
    const world = await shop();
    const { cloud, get, call, host, sim, loadBalancerId, serverId } = world;
    const at80 = listener(world);
    cloud.slb('DeleteLoadBalancerListener', at80);
    cloud.slb('CreateLoadBalancerHTTPListener', {
      ...at80,
      BackendServerPort: 80,
      StickySession: 'off',
      HealthCheck: 'off',
    });
    cloud.slb('StartLoadBalancerListener', at80);
    await sim.advance(60_000);
    const { body } = await call({ host, path: CARTS });
    const seen = JSON.parse(body) as { source: string; headers: Record<string, string> };
    expect(seen.source).toMatch(/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./);
    expect(seen.headers['x-forwarded-for']).toMatch(/^203\.0\.113\.10, 10\.0\.[12]\.\d+$/);
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { reset: true } });
    expect(await get(CARTS)).toBe('reset 502');
    sim.backends.remove();
    publish(cloud, world.groupId, { path: '/slow', access: 'balancer', service: { ServiceTimeout: 70_000 } });
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { delayMs: 61_000 } });
    expect(await get('/slow')).toBe('timeout 504');
    cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` });
    expect(await get(CARTS)).toBe('no-healthy-target 503');
  });

  it('loses its answer where the instance is deleted meanwhile', async () => {
    const world = await shop();
    world.sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { delayMs: 1000 } });
    const answer = world.call({ host: world.host, path: ORDERS });
    status('DELETING')(world);
    expect(await answer).toMatchObject({ outcome: 'reset', status: 504 });
  });
});
