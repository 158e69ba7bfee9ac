import { describe, expect, it } from 'vitest';
import { edit } from '../../checks/show.js';
import { LEAF } from '../../aws/acm/pem.js';
import { publish, REGION, shop, type Shop } from './shop.js';

const ended = async ({ call }: Shop, host: string, headers = {}): Promise<string> => {
  const { outcome, status, headers: given } = await call({ host, path: '/orders/7', headers });
  return [outcome, status, given['x-ca-error-code'] ?? ''].join(' ').trim();
};

const changeGroup = ({ sim, groupId }: Shop, to: object) =>
  edit(sim, (row) => row['id'] === groupId && row['httpsPolicy'] !== undefined, to);

describe('domains of a group', () => {
  it('exist as its network policy has them', async () => {
    const world = await shop();
    const { sim, cloud, groupId, host } = world;
    expect(() => sim.traffic.load({ gateway: `x${host}`, paths: ['/'], perSecond: 1, seconds: 1 })).toThrow(
      /No gateway is called/,
    );
    await expect(ended(world, `${groupId}-${REGION}-vpc.alicloudapi.com`)).rejects.toThrow(/No gateway is called/);
    cloud.cloudapi('ModifyApiGroupNetworkPolicy', { GroupId: groupId, InternetEnable: false });
    expect(await ended(world, host)).toBe('unauthorized 403 A403IN');
    expect(await ended(world, host.toUpperCase())).toBe('unauthorized 403 A403IN');
  });

  it('are users’ own, too, with a wildcard', async () => {
    const world = await shop();
    changeGroup(world, {
      domains: [
        { name: 'api.example.com', kind: 'custom', cname: true },
        { name: '*.shop.example.com', kind: 'custom', cname: true },
      ],
    });
    expect(await ended(world, 'api.example.com')).toBe('delivered 200');
    expect(await ended(world, 'eu.shop.example.com')).toBe('delivered 200');
    await expect(ended(world, 'other.example.com')).rejects.toThrow(/No gateway/);
  });

  it('are users’ own as calls bind them: stage, type, protocol', async () => {
    const world = await shop();
    const { cloud, groupId: GroupId, linkId: InstanceId, vpcId: VpcId } = world;
    const DomainName = 'orders.internal';
    await expect(ended(world, DomainName)).rejects.toThrow(/No gateway/);
    cloud.cloudapi('SetDomain', { GroupId, DomainName });
    expect(await ended(world, DomainName)).toBe('delivered 200');
    expect(await ended(world, DomainName, { 'x-ca-stage': 'TEST' })).toBe('no-route 404 I404NF');
    const overHttps = { 'x-postern-protocol': 'HTTPS' };
    expect(await ended(world, DomainName, overHttps)).toBe('unreachable 504');
    const certificate = { CertificateBody: LEAF.certificate, CertificatePrivateKey: LEAF.key };
    cloud.cloudapi('SetDomainCertificate', { GroupId, DomainName, CertificateName: 'orders', ...certificate });
    expect(await ended(world, DomainName, overHttps)).toBe('delivered 200');

    cloud.cloudapi('SetDomain', { GroupId, DomainName, BindStageName: 'TEST', IsHttpRedirectToHttps: true });
    publish(cloud, GroupId, { path: '/tested', access: 'server', stage: 'TEST' });
    const call = (path: string, headers: Record<string, string>) => world.call({ host: DomainName, path, headers });
    expect((await call('/tested', { ...overHttps, 'x-ca-stage': 'RELEASE' })).trace.stage).toBe('TEST');
    expect(await ended(world, DomainName, overHttps)).toBe('no-route 404 I404NF');
    expect(await call('/tested?a=1', { 'x-postern-protocol': 'http' })).toMatchObject({
      status: 301,
      headers: { location: 'https://orders.internal/tested?a=1' },
    });

    cloud.cloudapi('SetDomain', { GroupId, DomainName, CustomDomainType: 'INTRANET' });
    expect(await ended(world, DomainName)).toBe('unreachable 403 A403VN');
    cloud.cloudapi('ModifyInstanceVpcAttributeForConsole', { InstanceId, VpcId });
    expect(await ended(world, DomainName)).toBe('delivered 200');
    expect(await ended(world, DomainName, { 'x-postern-caller': 'internet' })).toBe('unauthorized 403 A403IN');
    cloud.cloudapi('DeleteDomain', { GroupId, DomainName });
    await expect(ended(world, DomainName)).rejects.toThrow(/No gateway/);
  });

  it('are called from the client VPC, if no other caller is named', async () => {
    const world = await shop();
    const { cloud, groupId: GroupId, linkId: InstanceId, vpcId } = world;
    const domain = `${GroupId}-${REGION}-vpc.alicloudapi.com`;
    cloud.cloudapi('ModifyApiGroupNetworkPolicy', { GroupId, VpcIntranetEnable: true });
    expect(await ended(world, domain)).toBe('unreachable 403 A403VN');
    cloud.cloudapi('ModifyInstanceVpcAttributeForConsole', { InstanceId, VpcId: vpcId });
    expect(await ended(world, domain)).toBe('delivered 200');
    expect(await ended(world, domain, { 'x-postern-caller': vpcId })).toBe('delivered 200');
    expect(await ended(world, domain, { 'x-postern-caller': 'internet' })).toBe('unreachable 403 A403VN');
    expect(await ended(world, world.host, { 'x-postern-caller': 'internet-ipv6' })).toBe('unreachable 504');
  });

  it('are called by API Gateway itself: an API of another group', async () => {
    const world = await shop();
    const { cloud, groupId, linkId, sim } = world;
    const domain = `${groupId}-${REGION}-intranet.alicloudapi.com`;
    const { GroupId } = cloud.cloudapi('CreateApiGroup', { GroupName: 'front', InstanceId: linkId }) as {
      GroupId?: string;
    };
    const front = `${GroupId}-${REGION}.alicloudapi.com`;
    const service = { ServiceAddress: `http://${domain}`, ServicePath: '/orders/[id]' };
    publish(cloud, GroupId ?? '', { path: '/orders/[id]', service });
    expect(await ended(world, front)).toBe('no-integration 504 D504RE');
    cloud.cloudapi('ModifyApiGroupNetworkPolicy', { GroupId: groupId, VpcSlbIntranetEnable: true });
    expect(await ended(world, front)).toBe('unreachable 504');
    cloud.cloudapi('ModifyInstanceAttribute', { InstanceId: linkId, VpcSlbIntranetEnable: 'true' });
    expect([await ended(world, front), await ended(world, domain)]).toEqual(['delivered 200', 'delivered 200']);
    const { trace, body } = await world.call({ host: front, path: '/orders/7' });
    expect(trace).toMatchObject({ gateway: GroupId, target: `${world.serverId}:80` });
    expect(JSON.parse(body)).toMatchObject({ path: '/v2/orders/7', destination: '10.0.3.10' });
    sim.backends.add({ address: '10.0.3.10', port: 80, behavior: { delayMs: 5000 } });
    expect(await ended(world, front)).toBe('timeout 504 D504TO');
  });

  it('that call each other in a circle end', async () => {
    const { cloud, groupId, host, get } = await shop();
    publish(cloud, groupId, { path: '/circle', service: { ServiceAddress: `http://${host}`, ServicePath: '/circle' } });
    expect(await get('/circle')).toBe('no-integration 504 D504RE');
  });
});
