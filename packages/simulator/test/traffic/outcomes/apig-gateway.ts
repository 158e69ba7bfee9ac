import { edit } from '../../checks/show.js';
import { apigShop, HOST, type ApigShop } from '../alibaba/apig/apig-shop.js';
import { timed, type GatewayRows, type Seen, answers, marked } from './row.js';

const FAQ = 'https://help.aliyun.com/en/api-gateway/cloud-native-api-gateway/support/faq';
const HMAC = 'https://github.com/alibaba/higress/blob/main/plugins/wasm-cpp/extensions/hmac_auth/README.md';
const UPSTREAM = 'upstream connect error or disconnect/reset before headers. reset reason:';

interface Called {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly throttle?: boolean;
}

/** A call after `change`. */
const after = (
  { path = '/orders', throttle = false, ...called }: Called,
  change: (shop: ApigShop) => unknown = () => 0,
) => ({
  async call(): Promise<Seen> {
    const shop = await apigShop(throttle ? { throttle } : {});
    await change(shop);
    return timed(shop.sim, () => shop.call(path, called));
  },
});

const answering =
  (behavior: object) =>
  ({ sim }: ApigShop): void =>
    void sim.backends.add({ address: '10.0.1.200', port: 8080, behavior });

/** The API asks for a signature, and a consumer has the key `key-1`. */
async function guarded({ put, post, apiId }: ApigShop): Promise<void> {
  await put(`/v1/http-apis/${apiId}`, { enableAuth: true, authConfig: { authType: 'AkSk' } });
  const identity = { type: 'AkSk', generateMode: 'Custom', ak: 'key-1', sk: 'secret-1' };
  await post('/v1/consumers', { name: 'phone', akSkIdentityConfigs: [identity] });
}

const KEY = { 'x-ca-key': 'key-1' };
/** Of `GET /orders` with the secret of the consumer. */
const SIGNATURE = '54ynL1DTY6X8mG//3vKoWTvjzac+bzjRkDp2IU5Zb90=';

const changeGateway = ({ sim, gatewayId }: ApigShop, status: string): void =>
  edit(sim, (row) => row['id'] === gatewayId && row['edition'] !== undefined, { status });

/** The caller's connection fails, for which the simulator answers 504 without the gateway's headers. */
const NO_ANSWER = { status: 504, body: '' } as const;

export const APIG_GATEWAY: GatewayRows = {
  title: 'Cloud-native gateway',
  rows: [
    {
      outcome: 'delivered',
      when: 'the backend answers 201',
      ...answers(201, 'created'),
      ...after({}, answering({ status: 201, body: 'created' })),
    },
    {
      outcome: 'no-route',
      when: 'no published route has the path',
      ...answers(404, ''),
      headers: { server: 'istio-envoy' },
      mark: '[I]',
      ...after({ path: '/other' }),
    },
    { outcome: 'no-stage', never: 'Gateways have no stages.' },
    {
      outcome: 'throttled',
      when: 'a RateLimit policy of one call a second',
      ...answers(429, 'Too Many Requests'),
      mark: '[I]',
      ...after({ throttle: true }, async ({ policy, call }) => {
        await policy('RateLimit', { unit: 'Second', limit: 1 });
        await call('/orders');
      }),
    },
    {
      outcome: 'unauthorized',
      when: 'the API asks for a signature, and the call has none',
      ...answers(401, 'Invalid Key'),
      source: HMAC,
      ...after({}, guarded),
    },
    {
      outcome: 'unauthorized',
      when: 'the call has a key and no signature',
      ...answers(401, 'Empty Signature'),
      source: HMAC,
      ...after({ headers: KEY }, guarded),
    },
    {
      outcome: 'unauthorized',
      when: 'the signature is another one',
      ...answers(400, 'Invalid Signature'),
      headers: { 'x-ca-error-message': 'Server StringToSign:`GET#####X-Ca-Key:key-1#/orders`' },
      source: HMAC,
      ...after({ headers: { ...KEY, 'x-ca-signature': 'AAAA' } }, guarded),
    },
    {
      outcome: 'unauthorized',
      when: 'the consumer may not call the route',
      ...answers(403, 'Unauthorized Consumer'),
      source: HMAC,
      ...after({ headers: { ...KEY, 'x-ca-signature': SIGNATURE } }, guarded),
    },
    {
      outcome: 'unauthorized',
      when: 'an IpAccessControl policy stops the address',
      ...answers(403, 'RBAC: access denied'),
      mark: '[I]',
      ...after({}, ({ policy }) => policy('IpAccessControl', { type: 'BLACK', ipBlackWhiteList: ['0.0.0.0/0'] })),
    },
    {
      outcome: 'no-integration',
      when: 'the route is not published',
      ...answers(404, ''),
      because: /is not published/,
      ...after({ path: '/carts' }, ({ publish }) => publish('Exact /carts', {}, false)),
    },
    {
      outcome: 'no-integration',
      when: 'the service was deleted (where `plant` allows that)',
      ...answers(503, 'no healthy upstream'),
      mark: '[U]',
      ...after({}, async ({ sim, del, serviceId }) => {
        sim.plant('cn-hangzhou', { kind: 'apig-deletions', are: 'allowed' });
        await del(`/v1/services/${serviceId}`);
      }),
    },
    {
      outcome: 'link-missing',
      when: 'the gateway is Deleting',
      ...NO_ANSWER,
      mark: '[I]',
      ...after({}, (shop) => changeGateway(shop, 'Deleting')),
    },
    {
      outcome: 'link-pending',
      when: 'the gateway is Creating',
      ...NO_ANSWER,
      mark: '[I]',
      ...after({}, (shop) => changeGateway(shop, 'Creating')),
    },
    { outcome: 'link-inactive', never: 'A gateway does not become inactive.' },
    {
      outcome: 'link-failed',
      when: 'the gateway is CreateFailed',
      ...NO_ANSWER,
      mark: '[I]',
      ...after({}, (shop) => changeGateway(shop, 'CreateFailed')),
    },
    {
      outcome: 'unreachable',
      when: 'the security group of the server does not admit the managed group',
      ...answers(503, `${UPSTREAM} connection timeout`),
      afterMs: 10_000,
      ...marked('[I]', FAQ),
      ...after({}, async ({ ecs, serverGroupId: SecurityGroupId }) => {
        const { Permissions } = await ecs('DescribeSecurityGroupAttribute', { SecurityGroupId });
        const [{ SecurityGroupRuleId }] = Permissions.Permission;
        await ecs('RevokeSecurityGroup', { SecurityGroupId, SecurityGroupRuleId: [SecurityGroupRuleId] });
      }),
    },
    {
      outcome: 'unreachable',
      when: 'the certificate of the domain is for another name',
      ...NO_ANSWER,
      because: /TLS handshake fails/,
      ...after({}, async ({ sim, put, domainId }) => {
        const certIdentifier = sim.plant('cn-hangzhou', { kind: 'certificate', names: `other.${HOST}` });
        await put(`/v1/domains/${domainId}`, { certIdentifier });
      }),
    },
    {
      outcome: 'no-listener',
      when: 'the address is a load balancer without a listener on the port',
      ...answers(503, `${UPSTREAM} connection failure`),
      mark: '[I]',
      ...after({}, async ({ sim, put, serviceId, vSwitchIds }) => {
        const place = { AddressType: 'intranet', VSwitchId: vSwitchIds[0], Address: '10.0.1.210' };
        sim.callAlibaba({ product: 'Slb', action: 'CreateLoadBalancer', region: 'cn-hangzhou' }, place);
        await put(`/v1/services/${serviceId}`, { addresses: ['10.0.1.210:8080'] });
      }),
    },
    {
      outcome: 'no-healthy-target',
      when: 'no endpoint of the service passes its health checks',
      ...answers(503, 'no healthy upstream'),
      mark: '[I]',
      ...after({}, async (shop) => {
        const { put, serviceId, sim } = shop;
        const healthCheckConfig = { enable: true, protocol: 'TCP', interval: 1, unhealthyThreshold: 2 };
        await put(`/v1/services/${serviceId}`, { healthCheckConfig });
        answering({ reset: true })(shop);
        await sim.advance(3_000);
      }),
    },
    {
      outcome: 'timeout',
      when: 'the backend answers after the time of a Timeout policy',
      ...answers(504, 'upstream request timeout'),
      afterMs: 2_000,
      mark: '[I]',
      ...after({}, async (shop) => {
        await shop.policy('Timeout', { unitNum: 2, timeUnit: 's', enable: true });
        answering({ delayMs: 5_000 })(shop);
      }),
    },
    {
      outcome: 'reset',
      when: 'the backend closes the connection',
      ...answers(503, `${UPSTREAM} connection termination`),
      mark: '[I]',
      ...after({}, answering({ reset: true })),
    },
    {
      outcome: 'too-large',
      when: 'a body of more than 32 MB',
      ...answers(413, 'Payload Too Large'),
      source: HMAC,
      ...after({ body: 'x'.repeat(32 * 1024 * 1024 + 1) }),
    },
    { outcome: 'gone', never: 'A gateway that was deleted has no address any longer: its names resolve to nothing.' },
  ],
};
