import { describe, expect, it } from 'vitest';
import { entryKey, isCovered, toEntry, type AllowEntry } from '@postern/core/internal/adapter';
import { toPermission } from '../../src/networks/security-group.js';
import { OWNER, refusalOf, simulated } from '../world/simulated.js';
import { vpcLink } from '../world/refs.js';

const tcp = (cidrBlock: string, fromPort = 443, toPort = fromPort): AllowEntry => ({
  cidrBlock,
  protocol: 'tcp',
  fromPort,
  toPort,
});

async function restricted(entries: readonly AllowEntry[], others: readonly string[] = []) {
  const cloud = await simulated();
  const { driver, ctx, world, link } = cloud;
  const prepare = () =>
    driver.allowlistGroups.prepare(
      'vpc-link-v2',
      { networkId: world.networkId, owner: OWNER, name: 'orders', entries, tags: { team: 'payments' } },
      ctx,
    );
  const { securityGroupIds } = await prepare();
  const { id } = await link({ securityGroupIds: [...securityGroupIds, ...others] });
  await cloud.settle();
  const egress = (): Record<string, any>[] =>
    cloud.call('ec2', 'DescribeSecurityGroups', { GroupIds: [...securityGroupIds] }).SecurityGroups[0]
      .IpPermissionsEgress;
  return { ...cloud, id, groupId: securityGroupIds[0] ?? '', prepare, egress };
}

describe('allowlists', () => {
  it('are one marked group without the rule that allows all outbound traffic', async () => {
    const { call, groupId, egress } = await restricted([tcp('10.20.0.0/20'), tcp('2001:db8::/32', 80, 90)]);
    const [group] = call('ec2', 'DescribeSecurityGroups', { GroupIds: [groupId] }).SecurityGroups;
    expect(group).toMatchObject({ GroupName: 'postern-shop-shop-orders', Description: 'postern:shop@shop/orders' });
    expect(
      Object.fromEntries(group.Tags.map(({ Key, Value }: { Key: string; Value: string }) => [Key, Value])),
    ).toEqual({
      team: 'payments',
      'postern:project': 'shop',
      'postern:owner': 'shop',
      'postern:integration': 'orders',
    });
    const rules = egress().flatMap(({ IpRanges = [], Ipv6Ranges = [] }) =>
      [...IpRanges, ...Ipv6Ranges].map(({ CidrIp, CidrIpv6 }) => CidrIp ?? CidrIpv6),
    );
    expect(rules.toSorted()).toEqual(['10.20.0.0/20', '2001:db8::/32']);
  });

  it('allow nothing outbound when they are empty', async () => {
    const { egress, driver, ctx, id } = await restricted([]);
    expect(egress()).toEqual([]);
    expect(await driver.allowlist.read(vpcLink(id), ctx)).toMatchObject({ owned: true, entries: [], wider: [] });
  });

  it('keep the rule for all outbound traffic where it is requested', async () => {
    const everything: AllowEntry = { cidrBlock: '0.0.0.0/0', protocol: 'all', fromPort: 0, toPort: 65_535 };
    const { driver, ctx, id } = await restricted([everything]);
    expect((await driver.allowlist.read(vpcLink(id), ctx)).entries).toMatchObject([everything]);
  });

  it.each(['CreateSecurityGroup', 'RevokeSecurityGroupEgress', 'AuthorizeSecurityGroupEgress'])(
    'are complete although the answer of %s is lost',
    async (operation) => {
      const { driver, ctx, world, simulation, call } = await simulated();
      simulation.faults.add({ operation, kind: 'lost', times: 1 });
      const request = {
        networkId: world.networkId,
        owner: OWNER,
        name: 'orders',
        entries: [tcp('10.20.0.0/20')],
        tags: {},
      };
      const { securityGroupIds } = await driver.allowlistGroups.prepare('vpc-link-v2', request, ctx);
      expect(await driver.allowlistGroups.prepare('vpc-link-v2', request, ctx)).toEqual({ securityGroupIds });
      const { SecurityGroups } = call('ec2', 'DescribeSecurityGroups', {
        Filters: [{ Name: 'tag:postern:project', Values: ['shop'] }],
      });
      expect(SecurityGroups).toHaveLength(1);
      expect(SecurityGroups[0].IpPermissionsEgress).toMatchObject([
        { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '10.20.0.0/20' }] },
      ]);
    },
  );

  it('have all rules although another run adds one of them meanwhile', async () => {
    const { driver, ctx, id, egress } = await restricted([tcp('10.20.0.0/20')]);
    const runs = [[tcp('10.30.0.0/20')], [tcp('10.30.0.0/20'), tcp('10.40.0.0/20')]];
    await Promise.all(runs.map((entries) => driver.allowlist.allow(vpcLink(id), entries, ctx)));
    const blocks = egress().flatMap(({ IpRanges }) => IpRanges.map(({ CidrIp }: { CidrIp: string }) => CidrIp));
    expect(blocks.toSorted()).toEqual(['10.20.0.0/20', '10.30.0.0/20', '10.40.0.0/20']);
  });

  it('never use a group of the same name that is not marked', async () => {
    const { driver, ctx, world, call } = await simulated();
    call('ec2', 'CreateSecurityGroup', {
      VpcId: world.networkId,
      GroupName: 'postern-shop-shop-orders',
      Description: 'by hand',
    });
    const prepare = driver.allowlistGroups.prepare(
      'vpc-link-v2',
      { networkId: world.networkId, owner: OWNER, name: 'orders', entries: [], tags: {} },
      ctx,
    );
    expect((await refusalOf(prepare)).code).toBe('ALREADY_EXISTS');
  });

  it('hold sixty blocks of each family, and no more', async () => {
    const blocks = Array.from({ length: 60 }, (_, index) => tcp(`10.20.${index}.0/24`));
    const { driver, ctx, id } = await restricted([...blocks, tcp('2001:db8::/32')]);
    expect((await driver.allowlist.read(vpcLink(id), ctx)).entries).toHaveLength(61);
    expect(await refusalOf(driver.allowlist.allow(vpcLink(id), [tcp('10.21.0.0/24')], ctx))).toMatchObject({
      code: 'ALLOWLIST_FULL',
      details: { rules: 61, limit: 60 },
    });
    await driver.allowlist.allow(vpcLink(id), blocks, ctx);
  });

  it('name the rule of another group that allows more', async () => {
    const cloud = await simulated();
    const { driver, ctx, world, link } = cloud;
    const { securityGroupIds } = await driver.allowlistGroups.prepare(
      'vpc-link-v2',
      { networkId: world.networkId, owner: OWNER, name: 'orders', entries: [tcp('10.20.0.0/20')], tags: {} },
      ctx,
    );
    const { id } = await link({ securityGroupIds: [...securityGroupIds, ...world.securityGroupIds] });
    const { wider } = await driver.allowlist.read(vpcLink(id), ctx);
    expect(wider).toEqual([`${world.securityGroupIds[0]} allows all traffic outbound to 0.0.0.0/0`]);
    const error = await refusalOf(driver.allowlist.allow(vpcLink(id), [tcp('10.30.0.0/20')], ctx));
    expect(error).toMatchObject({ code: 'ALLOWLIST_INEFFECTIVE', details: { wider } });
    expect(error.message).toContain(wider[0]);
  });

  it('wait for the interfaces of a link that is being deleted, on the clock of the run', async () => {
    const { driver, ctx, id, simulation, call } = await restricted([tcp('10.20.0.0/20')]);
    expect((await refusalOf(driver.allowlistGroups.release('vpc-link-v2', OWNER, ctx))).code).toBe('STILL_REFERENCED');
    await driver.links.delete(vpcLink(id), ctx);
    const before = ctx.clock.now();
    await driver.allowlistGroups.release('vpc-link-v2', OWNER, ctx);
    expect(ctx.clock.now()).toBeGreaterThan(before);
    expect(
      simulation.journal().filter(({ operation, status }) => operation === 'DeleteSecurityGroup' && status >= 400)
        .length,
    ).toBeGreaterThan(1);
    const { SecurityGroups } = call('ec2', 'DescribeSecurityGroups', {
      Filters: [{ Name: 'tag:postern:project', Values: ['shop'] }],
    });
    expect(SecurityGroups).toEqual([]);
  });

  it('release only the group of one network where one is named', async () => {
    const { driver, ctx, world, call } = await simulated();
    for (const networkId of [world.networkId, world.elsewhere.networkId]) {
      await driver.allowlistGroups.prepare(
        'vpc-link-v2',
        { networkId, owner: OWNER, name: 'orders', entries: [], tags: {} },
        ctx,
      );
    }
    await driver.allowlistGroups.release('vpc-link-v2', OWNER, ctx, { networkId: world.networkId });
    const { SecurityGroups } = call('ec2', 'DescribeSecurityGroups', {
      Filters: [{ Name: 'tag:postern:project', Values: ['shop'] }],
    });
    expect(SecurityGroups).toMatchObject([{ VpcId: world.elsewhere.networkId }]);
  });
});

describe('entries', () => {
  it.each([
    [
      tcp('10.20.0.0/20'),
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.20.0.0/20', Description: 'd' }] },
    ],
    [
      tcp('2001:db8::/32', 80, 90),
      { IpProtocol: 'tcp', FromPort: 80, ToPort: 90, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'd' }] },
    ],
    [
      { cidrBlock: '10.0.0.0/8', protocol: 'all', fromPort: 0, toPort: 65_535 } as const,
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'd' }] },
    ],
  ])('are rules: %j', (entry, permission) => {
    expect(toPermission(entry, 'd')).toEqual(permission);
  });

  const rule = (cidrBlock: string | undefined, protocol: string, fromPort: number, toPort: number) =>
    ({ direction: 'out', cidrBlock, protocol, fromPort, toPort }) as const;

  it.each([
    ['the same', rule('10.20.0.0/20', 'tcp', 443, 443), true],
    ['a part of the block', rule('10.20.1.0/24', 'tcp', 443, 443), true],
    ['more of the block', rule('10.20.0.0/19', 'tcp', 443, 443), false],
    ['more ports', rule('10.20.0.0/20', 'tcp', 443, 444), false],
    ['another protocol', rule('10.20.0.0/20', 'udp', 443, 443), false],
    ['everything', rule('10.20.0.0/20', 'all', 0, 65_535), false],
    ['a group, which cannot be compared', rule(undefined, 'tcp', 443, 443), false],
    ['ICMP', rule('10.20.0.0/20', 'icmp', 0, 0), false],
  ])('cover %s or not', (_, one, covered) => {
    expect(isCovered(one, [tcp('10.20.0.0/20')])).toBe(covered);
  });

  it('are the same in any spelling of IPv6', () => {
    const entry = toEntry(rule('2001:0db8:0000::/32', 'tcp', 1, 1));
    expect(entry && entryKey(entry)).toBe(entryKey(tcp('2001:db8::/32', 1)));
  });
});
