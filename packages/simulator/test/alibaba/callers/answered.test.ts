import { describe, expect, it } from 'vitest';
import { simulate, type SavedWorld, type Simulation } from '../../../src/internal/simulation.js';
import { edit } from '../../checks/show.js';

const MINUTE = 60_000;
const REGION = 'cn-hangzhou';

interface Scene {
  readonly simulation: Simulation;
  readonly group: string;
  readonly old: string;
  readonly next: string;
  readonly shop: string;
  readonly elsewhere: string;
  readonly call: (product: 'CloudAPI' | 'Vpc', action: string, input: object) => any;
  readonly change: (id: string, to: object) => void;
  /** The result for callers: `yes`, or what refuses them. */
  readonly ask: (from: string, domain: string) => string;
  readonly move: (to: string) => Promise<void>;
}

let made: { readonly world: SavedWorld; readonly ids: Record<'group' | 'old' | 'next' | 'shop' | 'elsewhere', string> };

/** A group on one of two conventional instances, and two VPCs. */
async function scene(): Promise<Scene> {
  made ??= await make();
  const simulation = simulate({ seed: 3, clock: 'auto', throttle: false });
  simulation.load(made.world);
  const call: Scene['call'] = (product, action, input) =>
    simulation.callAlibaba({ product, action, region: REGION }, { ...input });
  return {
    simulation,
    ...made.ids,
    call,
    change: (id, to) => edit(simulation, (row) => row['id'] === id && row['httpsPolicy'] !== undefined, to),
    ask: (from, domain) => {
      const { connects, by, because, sources } = simulation.connects(from, domain, 80);
      expect(because).not.toBe('');
      expect(sources).toHaveLength(1);
      return connects ? 'yes' : `no: ${by}`;
    },
    move: async (TargetInstanceId) => {
      call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: made.ids.group, TargetInstanceId });
      await simulation.advance(5 * MINUTE);
      expect(call('CloudAPI', 'DescribeApiGroup', { GroupId: made.ids.group })).toMatchObject({
        MigrationStatus: 'Success',
        InstanceId: TargetInstanceId,
      });
    },
  };
}

async function make(): Promise<typeof made> {
  const simulation = simulate({ seed: 3, clock: 'auto', throttle: false });
  const call: Scene['call'] = (product, action, input) =>
    simulation.callAlibaba({ product, action, region: REGION }, { ...input });
  const ZoneId = call('CloudAPI', 'DescribeZones', {}).Zones.Zone.find((one: any) => one.ZoneId.includes('MAZ')).ZoneId;
  const instance = (InstanceName: string): string =>
    call('CloudAPI', 'CreateInstance', {
      InstanceName,
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      InstanceType: 'normal',
      ZoneId,
      Token: InstanceName,
    }).InstanceId;
  const [old, next] = [instance('old'), instance('next')];
  await simulation.advance(20 * MINUTE);
  const vpc = (CidrBlock: string): string => call('Vpc', 'CreateVpc', { CidrBlock }).VpcId;
  const group: string = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId: old }).GroupId;
  const ids = { group, old, next, shop: vpc('10.0.0.0/16'), elsewhere: vpc('10.1.0.0/16') };
  return { world: simulation.world(), ids };
}

describe('callers of an API group', () => {
  it('are answered at its own domain on the internet, as its network policy allows', async () => {
    const { ask, call, group: GroupId, change, old, shop } = await scene();
    const own = `${GroupId}-${REGION}.alicloudapi.com`;
    const policy = (to: object) => call('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId, ...to });
    expect(ask('internet', own)).toBe('yes');
    expect(ask(shop, own)).toBe('yes');
    expect(ask('internet-ipv6', own)).toBe('no: ipv6');
    policy({ InternetIPV6Enable: true });
    expect(ask('internet-ipv6', own)).toBe('no: ipv6');
    call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: old, IPV6Enabled: 'true' });
    expect(ask('internet-ipv6', own)).toBe('yes');
    change(GroupId, { domains: [{ name: 'api.example.com', kind: 'custom', cname: true }] });
    policy({ InnerDomainEnable: false });
    expect([ask('internet', own), ask('internet', 'api.example.com')]).toEqual(['no: domain', 'yes']);
    policy({ InnerDomainEnable: true, InternetEnable: false });
    expect([ask('internet', own), ask('internet', 'api.example.com')]).toEqual(['no: domain', 'no: domain']);
    change(old, { status: 'CREATE_FAILED' });
    expect(ask('internet', own)).toBe('no: link');
  });

  it('are answered at its VPC domain from the client VPC, and on the shared instance from any VPC', async () => {
    const { simulation, ask, call, group: GroupId, change, old, shop, elsewhere } = await scene();
    const domain = `${GroupId}-${REGION}-vpc.alicloudapi.com`;
    expect(simulation.connects(shop, domain).because).toBe(`No cloud has a link ${shop}.`);
    call('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId, VpcIntranetEnable: true });
    expect(call('CloudAPI', 'DescribeApiGroup', { GroupId }).VpcDomain).toBe(domain);
    expect(ask(shop, domain)).toBe('no: client-vpc');
    const from = (more: object) =>
      call('CloudAPI', 'ModifyInstanceVpcAttributeForConsole', { InstanceId: old, VpcId: shop, ...more });
    from({});
    expect(call('CloudAPI', 'DescribeInstances', { InstanceId: old }).Instances.InstanceAttribute[0]).toMatchObject({
      UserVpcId: shop,
      VpcIntranetEnable: true,
    });
    expect([ask(shop, domain), ask(elsewhere, domain)]).toEqual(['yes', 'no: client-vpc']);
    from({ DeleteVpcAccess: true });
    expect(ask(shop, domain)).toBe('no: client-vpc');
    expect(() => from({ VpcId: 'vpc-none' })).toThrow(/Cannot find resource/);
    expect(() => from({ VswitchId: 'vsw-none' })).toThrow(/VswitchId is not valid/);
    expect(() => from({ InstanceId: 'api-shared-vpc-001' })).toThrow(/shared instance/);
    from({ VpcId: 'vpc-of-others', VpcOwnerId: 1 });
    expect(ask(shop, domain)).toBe('no: client-vpc');
    from({});
    expect([ask('internet', domain), ask(old, domain)]).toEqual(['no: client-vpc', 'no: client-vpc']);
    change(old, { vpcIntranet: false });
    expect(ask(shop, domain)).toBe('no: client-vpc');
    change(GroupId, { instanceId: 'api-shared-vpc-001' });
    expect([ask(shop, domain), ask(elsewhere, domain)]).toEqual(['yes', 'yes']);
  });

  it('can be gateways at its self-call domain, if its instance allows it; an API can be such a caller', async () => {
    const { simulation, ask, call, group: GroupId, old, next, shop } = await scene();
    const domain = `${GroupId}-${REGION}-intranet.alicloudapi.com`;
    call('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId, VpcSlbIntranetEnable: true });
    expect(call('CloudAPI', 'DescribeApiGroup', { GroupId }).VpcSlbIntranetDomain).toBe(domain);
    const { ApiId: targetId } = call('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: 'spread',
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      RequestConfig: JSON.stringify({ RequestProtocol: 'HTTP', RequestHttpMethod: 'GET', RequestPath: '/spread' }),
      ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ServiceAddress: `http://${domain}` }),
    });
    const spread = () => simulation.connects(next, { targetId });
    expect([ask(old, domain), spread().by]).toEqual(['no: self-call', 'self-call']);
    call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: old, VpcSlbIntranetEnable: 'true' });
    expect([ask(old, domain), ask(next, domain), spread().connects]).toEqual(['yes', 'yes', true]);
    expect([ask(shop, domain), ask('internet', domain)]).toEqual(['no: self-call', 'no: self-call']);
    call('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId, VpcSlbIntranetEnable: false });
    expect(spread()).toMatchObject({ connects: false, by: 'domain' });
  });

  it('reach it on the old instance until DNS has changed, and permanently through an A record', async () => {
    const { simulation, ask, call, group: GroupId, change, old, next, move } = await scene();
    const own = `${GroupId}-${REGION}.alicloudapi.com`;
    change(GroupId, {
      domains: [
        { name: 'by-name.example.com', kind: 'custom', cname: true },
        { name: 'by-address.example.com', kind: 'custom', cname: false },
      ],
    });
    const all = () => [own, 'by-name.example.com', 'by-address.example.com'].map((name) => ask('internet', name));
    expect(all()).toEqual(['yes', 'yes', 'yes']);
    await move(next);
    expect(all()).toEqual(['yes', 'yes', 'yes']);
    await simulation.advance(10 * MINUTE);
    expect(all()).toEqual(['yes', 'yes', 'no: group']);
    expect(simulation.connects('internet', 'by-address.example.com').because).toMatch(/^I410GG: /);
    await move(old);
    expect(all()).toEqual(['yes', 'yes', 'yes']);
    await move(next);
    await simulation.advance(10 * MINUTE);
    call('CloudAPI', 'DeleteInstance', { InstanceId: old });
    await simulation.advance(10 * MINUTE);
    expect(all()).toEqual(['yes', 'yes', 'no: link']);
  });

  it('are refused when the caller or the domain does not exist', async () => {
    const { simulation, group } = await scene();
    const none = (from: string, to: string) => simulation.connects(from, to).because;
    expect(none('internet', 'nobody.example.com')).toBe('No cloud has a link internet.');
    expect(none('vpc-none', `${group}-${REGION}.alicloudapi.com`)).toBe('No cloud has a link vpc-none.');
  });
});
