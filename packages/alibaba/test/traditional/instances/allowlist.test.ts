import { describe, expect, it } from 'vitest';
import { blockEntry, connectBlocks, toAllowlist } from '../../../src/traditional/instances/connect-blocks.js';
import { OWNER, refusalOf, simulated } from '../../world/simulated.js';
import { groupRef, instanceRef } from '../../world/refs.js';

describe('the accessible blocks of an instance', () => {
  it.each([
    ['["10.0.0.0/24","10.0.1.0/24"]', ['10.0.0.0/24', '10.0.1.0/24'], 'as documented'],
    ['[\\"10.0.0.0/24\\",\\"10.0.1.0/24\\"]', ['10.0.0.0/24', '10.0.1.0/24'], 'as in the example, escaped once more'],
    ['"[\\"10.0.0.0/24\\"]"', ['10.0.0.0/24'], 'a string in a string'],
    ['10.0.0.0/24, 10.0.1.0/24', ['10.0.0.0/24', '10.0.1.0/24'], 'without the array'],
    ['[]', [], 'none'],
    ['', [], 'nothing'],
  ])('%s is %j: %s', (ConnectCidrBlocks, expected) => {
    expect(connectBlocks({ ConnectCidrBlocks })).toEqual(expected);
  });

  it.each(['null', '{}', '[1]', '["10.0.0.0/24"', 'all'])(
    '%s cannot be read, and does not count as empty',
    (ConnectCidrBlocks) => {
      expect(() => connectBlocks({ ConnectCidrBlocks })).toThrow(expect.objectContaining({ code: 'BAD_RESPONSE' }));
    },
  );

  it('of its own vSwitches exist from its creation', () => {
    const list = toAllowlist({
      InstanceId: 'a',
      DedicatedInstanceType: 'vpc_connect',
      ConnectCidrBlocks: '["10.0.0.0/24","10.9.0.0/24"]',
      NetworkInterfaceAttributes: { NetworkInterfaceAttribute: [{ CidrBlock: '10.0.0.0/24', VswitchId: 'vsw-1' }] },
    });
    expect(list).toMatchObject({
      owned: true,
      entries: [{ cidrBlock: '10.0.0.0/24', fixed: true }, { cidrBlock: '10.9.0.0/24' }],
    });
    expect(list.entries[1]).not.toHaveProperty('fixed');
  });
});

describe('allow', () => {
  it('adds one custom block with each call, and waits for each', async () => {
    const { driver, ctx, link, simulation } = await simulated();
    const id = await link();
    const from = simulation.journal().length;
    await driver.allowlist.allow(
      instanceRef(id),
      [blockEntry('10.20.0.0/24'), blockEntry('10.10.0.0/24'), blockEntry('10.30.0.0/24')],
      ctx,
    );
    const changes = simulation
      .journal()
      .slice(from)
      .filter(({ operation }) => operation === 'ModifyInstanceAttribute');
    // One of the three is a vSwitch's own.
    expect(changes.map(({ status }) => status)).toEqual([200, 200]);
    expect((await driver.links.find(instanceRef(id), ctx))?.state).toBe('ready');
  });

  it.each([
    ['100.64.0.0/24', 'CIDR_RESERVED'],
    ['192.168.4.0/24', 'CIDR_CONFLICT'],
    ['2001:db8::/64', 'INVALID_PREFIX'],
    ['10.0.0.1/24', 'INVALID_PREFIX'],
  ])('refuses %s: %s', async (block, code) => {
    const { driver, ctx, link, simulation } = await simulated();
    const id = await link();
    const from = simulation.journal().length;
    const error = await refusalOf(
      driver.allowlist.allow(instanceRef(id), [blockEntry('10.20.0.0/24'), blockEntry(block)], ctx),
    );
    expect(error.code, error.message).toBe(code);
    // Nothing was changed.
    expect(
      simulation
        .journal()
        .slice(from)
        .map(({ operation }) => operation),
    ).not.toContain('ModifyInstanceAttribute');
  });

  it('allows whole blocks only', async () => {
    const { driver, ctx, link } = await simulated();
    const id = await link();
    const entry = { cidrBlock: '10.20.0.0/24', protocol: 'tcp', fromPort: 80, toPort: 80 } as const;
    expect(await refusalOf(driver.allowlist.allow(instanceRef(id), [entry], ctx))).toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('lists the resources inside each block', async () => {
    const { driver, ctx, link, world } = await simulated();
    const id = await link();
    await driver.allowlist.allow(instanceRef(id), [blockEntry('10.20.0.0/24')], ctx);
    const blocks = (await driver.blockUses.resources?.(instanceRef(id), ctx)) ?? [];
    const [clb, ecs] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
    const kinds = Object.fromEntries(
      blocks.map(({ cidrBlock, resources }) => [cidrBlock, resources.map(({ kind, id: of }) => `${kind} ${of}`)]),
    );
    expect(kinds['10.20.0.0/24']).toEqual([]);
    expect(kinds['10.10.0.0/24']).toContain(`load-balancer ${clb.instance}`);
    expect(kinds['10.10.1.0/24']).toContain(`instance ${ecs.instance}`);
    // The gateway's own interfaces are neither.
    expect(kinds['10.10.0.0/24']?.some((text) => text.startsWith('interface eni-'))).toBe(true);
  });
});

describe('revoke', () => {
  const withBackend = async () => {
    const cloud = await simulated();
    const { driver, ctx, call, world } = cloud;
    const wanted = { VpcId: world.networkId, CidrBlock: '10.10.64.0/24', ZoneId: 'cn-hangzhou-j' };
    const { VSwitchId } = call('Vpc', 'CreateVSwitch', wanted);
    const balancer = { AddressType: 'intranet', VSwitchId, LoadBalancerName: 'far' };
    const { LoadBalancerId, Address } = call('Slb', 'CreateLoadBalancer', balancer);
    call('Slb', 'CreateLoadBalancerTCPListener', {
      LoadBalancerId,
      ListenerPort: 80,
      BackendServerPort: 80,
      Bandwidth: -1,
    });
    const id = await cloud.link();
    const entry = blockEntry('10.10.64.0/24');
    await driver.allowlist.allow(instanceRef(id), [entry, blockEntry('10.10.80.0/24')], ctx);
    const target = await driver.targetResources.create(
      instanceRef(id),
      { instance: LoadBalancerId, port: 80 },
      { ...OWNER, name: 'far' },
      ctx,
    );
    return { ...cloud, id, entry, target, address: Address as string };
  };

  it('refuses what a published API needs, unless it is forced', async () => {
    const { driver, ctx, id, entry, target, world, address } = await withBackend();
    const request = {
      gateway: groupRef(world.gateway.id),
      key: 'GET /far',
      link: instanceRef(id),
      use: { target, path: 'overwrite' },
      owner: OWNER,
    } as const;
    await driver.routes.create(request, ctx);
    // Another block may be removed.
    await driver.allowlist.revoke(instanceRef(id), [blockEntry('10.10.80.0/24')], ctx);
    const error = await refusalOf(driver.allowlist.revoke(instanceRef(id), [entry], ctx));
    expect(error).toMatchObject({ code: 'STILL_REFERENCED', remedy: expect.stringContaining('force') as string });
    expect(error.message).toContain(`API GET /far of ${world.gateway.id} on RELEASE (${address})`);
    // A larger block that stays covers it.
    await driver.allowlist.allow(instanceRef(id), [blockEntry('10.10.64.0/20')], ctx);
    await driver.allowlist.revoke(instanceRef(id), [entry], ctx);
    await refusalOf(driver.allowlist.revoke(instanceRef(id), [blockEntry('10.10.64.0/20')], ctx));
    await driver.allowlist.revoke(instanceRef(id), [blockEntry('10.10.64.0/20')], ctx, { force: true });
    const left = (await driver.allowlist.read(instanceRef(id), ctx)).entries;
    expect(left.every(({ fixed }) => fixed)).toBe(true);
  });

  it.each([
    [
      'routing',
      'YAML',
      (name: string) =>
        `routes:\n- name: vip\n  condition: $CaAppId = 1\n  backend:\n    type: HTTP-VPC\n    vpcAccessName: ${name}\n`,
    ],
    [
      'routing',
      'JSON',
      (name: string) =>
        JSON.stringify({
          routes: [{ name: 'vip', condition: '$CaAppId = 1', backend: { type: 'HTTP-VPC', vpcAccessName: name } }],
        }),
    ],
  ])('refuses what a plug-in (%s, %s) needs', async (PluginType, _, body) => {
    const { driver, ctx, id, entry, target, world, call } = await withBackend();
    const other = await driver.targetResources.create(
      instanceRef(id),
      world.targets[0],
      { ...OWNER, name: 'near' },
      ctx,
    );
    const use = { target: other, path: 'overwrite' } as const;
    const route = await driver.routes.create(
      { gateway: groupRef(world.gateway.id), key: 'GET /near', link: instanceRef(id), use, owner: OWNER },
      ctx,
    );
    const { PluginId } = call('CloudAPI', 'CreatePlugin', {
      PluginName: 'way_to_far',
      PluginType,
      PluginData: body(target.id),
    });
    await driver.allowlist.revoke(instanceRef(id), [blockEntry('10.10.80.0/24')], ctx);
    call('CloudAPI', 'AttachPlugin', { PluginId, ApiId: route.id, GroupId: world.gateway.id, StageName: 'RELEASE' });
    const error = await refusalOf(driver.allowlist.revoke(instanceRef(id), [entry], ctx));
    expect(error).toMatchObject({ code: 'STILL_REFERENCED' });
    expect(error.message).toContain('plug-in way_to_far');
  });

  it('refuses what a private DNS record needs', async () => {
    const { driver, ctx, id, entry, call, address } = await withBackend();
    const domain = { IntranetDomain: 'far.internal', Type: 'A' };
    call('CloudAPI', 'CreatePrivateDNS', { ...domain, Records: [{ Record: address, Weight: 100 }] });
    call('CloudAPI', 'AssociateInstanceWithPrivateDNS', {
      InstanceId: id,
      IntranetDomains: ['far.internal'],
    });
    const error = await refusalOf(driver.allowlist.revoke(instanceRef(id), [entry], ctx));
    expect(error.message).toContain(`private DNS record far.internal (${address})`);
  });

  it.each<[string, object]>([
    ['HTTP', { ServiceAddress: 'http://10.10.64.9:8080/orders' }],
    [
      'DISCOVERY',
      {
        DiscoveryConfig: {
          RcType: 'NACOS',
          NacosConfig: { ServerAddress: '10.10.1.9:8848,10.10.64.9:8848', AuthType: 'NONE', ServiceName: 'orders' },
        },
      },
    ],
  ])('refuses what a named backend (%s) needs', async (BackendType, data) => {
    const { driver, ctx, id, entry, call } = await withBackend();
    const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'named', BackendType });
    const BackendModelData = JSON.stringify({ ...data, ServiceTimeout: 10_000 });
    call('CloudAPI', 'CreateBackendModel', { BackendId, BackendType, StageName: 'RELEASE', BackendModelData });
    const error = await refusalOf(driver.allowlist.revoke(instanceRef(id), [entry], ctx));
    expect(error).toMatchObject({ code: 'STILL_REFERENCED' });
    expect(error.message).toContain('backend named on RELEASE (10.10.64.9)');
  });

  it('never removes the block of a vSwitch that the instance is in, not even when forced', async () => {
    const { driver, ctx, link } = await simulated();
    const id = await link();
    const revoking = driver.allowlist.revoke(instanceRef(id), [blockEntry('10.10.0.0/24')], ctx, { force: true });
    expect(await refusalOf(revoking)).toMatchObject({ code: 'UNSUPPORTED', details: { cidrBlock: '10.10.0.0/24' } });
  });
});
