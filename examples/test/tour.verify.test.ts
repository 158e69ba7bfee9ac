import { cpSync } from 'node:fs';
import path from 'node:path';
import { simulate } from '@postern/simulator';
import { describe, expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import * as moving from '../tour/move.mjs';
import * as inAlibaba from '../tour/network-alibaba.mjs';
import { buildNetwork, clients, removeNetwork } from '../quickstart/network.mjs';

describe('the quickstart', () => {
  it('creates networks and integrations on both clouds, moves a group if allowed, and deletes everything', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 1000 }, throttle: false }).listen();
    const cwd = temporaryFolder();
    cpSync(new URL('../tour/postern.yaml', import.meta.url), path.join(cwd, 'postern.yaml'));
    try {
      const there = clients({
        endpoint: server.url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'quickstart', secretAccessKey: 'quickstart' },
      });
      const call = inAlibaba.client({
        endpoint: server.url,
        region: 'cn-hangzhou',
        accessKeyId: 'quickstart',
        accessKeySecret: 'quickstart',
      });
      const inventory = async () => JSON.stringify([await everything(there), await everythingIn(call)]);
      const fresh = await inventory();
      const network = await buildNetwork(there, () => undefined);
      const cn = await inAlibaba.buildNetwork(call, () => undefined);
      const postern = async (...argv: string[]) => {
        let out = '';
        const sink = (write: (text: string) => void) => ({ write, isTerminal: false });
        const status = await main(argv, {
          stdout: sink((text) => (out += text)),
          stderr: sink(() => undefined),
          canAsk: false,
          env: {
            POSTERN_SIMULATOR: server.url,
            ORDERS_API: network.api,
            ORDERS_GROUP: cn.group,
            ORDERS_BALANCER: cn.balancer,
          },
          cwd,
          signal: new AbortController().signal,
        });
        return { status, out };
      };
      const refused = await postern('apply', '--yes');
      expect(refused).toMatchObject({ status: 64, out: expect.stringContaining('buys: api.s1.small') });
      expect(await postern('apply', '--yes', '--allow-purchase')).toMatchObject({
        status: 0,
        out: expect.stringContaining('Done: 7 changes'),
      });
      expect(await postern('apply', '--yes')).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes; 7 unchanged\.\n/),
      });
      for (const link of ['eu', 'cn']) {
        expect(await postern('egress', link)).toMatchObject({ status: 0, out: expect.stringContaining('10.0.1.0/24') });
      }
      expect(await postern('allow', 'cn', '--list', '--resources')).toMatchObject({
        status: 0,
        out: expect.stringContaining(cn.balancer),
      });

      const legacy = await moving.buildGroup(call, cn, () => undefined);
      const to = await moving.instanceOf(call, cn.group);
      const at = ['--provider', 'alibaba', '--region', 'cn-hangzhou', '--group', legacy.group, '--to', to];
      const validate = () => postern('migrate', 'validate', ...at);
      const stopped = await validate();
      expect(stopped.status).toBe(3);
      expect(stopped.out.match(/(?<=^  ✗ )\S+/gm)).toEqual(['migrate/accessible-blocks', 'path/security-group']);
      for (const block of ['10.0.1.0/24', '10.0.2.0/24']) {
        expect(stopped.out).toContain(`add   ${legacy.guard}: in tcp 8080 from ${block}`);
        await moving.letIn(call, legacy.guard, block);
      }
      // The remedy can be pasted as it is.
      const [, ...remedy] = /postern (allow) (\S+)\s+(\S+)\./.exec(stopped.out) ?? [];
      expect(remedy).toEqual(['allow', to, `${legacy.outside}/32`]);
      expect(await postern(...remedy, '--yes')).toMatchObject({
        status: 0,
        out: expect.stringContaining(legacy.outside),
      });
      const passed = await validate();
      expect(passed).toMatchObject({ status: 0, out: expect.stringMatching(/✓ legacy \(.+\) → .+ may go ahead\n$/) });
      expect(await moving.connects(call, legacy, legacy.from)).toEqual([true, true]);
      expect(await moving.move(call, legacy.group, to)).toBe('Success');
      expect(await moving.connects(call, legacy, to)).toEqual([true, true]);
      await moving.removeGroup(call, legacy);

      expect(await postern('destroy', '--yes', '--delete-instances')).toMatchObject({ status: 0 });
      await removeNetwork(there, network);
      await inAlibaba.removeNetwork(call, cn);
      expect(await inventory()).toBe(fresh);
    } finally {
      await server.close();
    }
  }, 60_000);
});

/** IDs of all resources that the quickstart may leave behind. */
async function everything({ ec2, balancing, gateway }: ReturnType<typeof clients>) {
  const [vpcs, subnets, groups, interfaces, balancers, targetGroups, apis, links] = await Promise.all([
    ec2.describeVpcs({}),
    ec2.describeSubnets({}),
    ec2.describeSecurityGroups({}),
    ec2.describeNetworkInterfaces({}),
    balancing.describeLoadBalancers({}),
    balancing.describeTargetGroups({}),
    gateway.getApis({}),
    gateway.getVpcLinks({}),
  ]);
  return [
    vpcs.Vpcs?.map((one) => one.VpcId),
    subnets.Subnets?.map((one) => one.SubnetId),
    groups.SecurityGroups?.map((one) => one.GroupId),
    interfaces.NetworkInterfaces?.map((one) => one.NetworkInterfaceId),
    balancers.LoadBalancers?.map((one) => one.LoadBalancerArn),
    targetGroups.TargetGroups?.map((one) => one.TargetGroupArn),
    apis.Items?.map((one) => one.ApiId),
    links.Items?.map((one) => one.VpcLinkId),
  ];
}

/** The number of resources of each kind on Alibaba Cloud. */
async function everythingIn(call: inAlibaba.Call) {
  const lists = [
    ['vpc', 'DescribeVpcs'],
    ['vpc', 'DescribeVSwitches'],
    ['ecs', 'DescribeSecurityGroups'],
    ['ecs', 'DescribeInstances'],
    ['ecs', 'DescribeNetworkInterfaces'],
    ['slb', 'DescribeLoadBalancers'],
    ['cloudapi', 'DescribeInstances'],
    ['cloudapi', 'DescribeApiGroups'],
    ['cloudapi', 'DescribeApis'],
    ['cloudapi', 'DescribeVpcAccesses'],
  ] as const;
  return Promise.all(
    lists.map(async ([product, action]) => `${action}: ${(await call(product, action))['TotalCount']}`),
  );
}
