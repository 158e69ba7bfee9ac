import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { simulate } from '@postern/testing';
import { describe, expect, it } from 'vitest';
import { main } from '../../packages/cli/src/main.js';
import { buildNetwork, clients, removeNetwork } from '../quickstart/network.mjs';

describe('the quickstart', () => {
  it('makes its network and its integration, changes nothing the second time, and leaves nothing', async () => {
    const server = await simulate({ seed: 7, clock: { speed: 3000 }, throttle: false }).listen();
    const cwd = mkdtempSync(path.join(os.tmpdir(), 'postern-quickstart-'));
    cpSync(new URL('../quickstart/postern.yaml', import.meta.url), path.join(cwd, 'postern.yaml'));
    try {
      const there = clients({
        endpoint: server.url,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'quickstart', secretAccessKey: 'quickstart' },
      });
      const fresh = JSON.stringify(await everything(there));
      const network = await buildNetwork(there, () => undefined);
      const postern = async (...argv: string[]) => {
        let out = '';
        const sink = (write: (text: string) => void) => ({ write, isTerminal: false });
        const status = await main(argv, {
          stdout: sink((text) => (out += text)),
          stderr: sink(() => undefined),
          canAsk: false,
          env: { POSTERN_SIMULATOR: server.url, ORDERS_API: network.api },
          cwd,
          signal: new AbortController().signal,
        });
        return { status, out };
      };
      expect(await postern('apply', '--yes')).toMatchObject({
        status: 0,
        out: expect.stringContaining('Done: 3 changes'),
      });
      expect(await postern('apply', '--yes')).toEqual({ status: 0, out: 'No changes; 3 unchanged.\n' });
      expect(await postern('egress', 'shop')).toMatchObject({ status: 0, out: expect.stringContaining('10.0.1.0/24') });
      expect(await postern('destroy', '--yes')).toMatchObject({ status: 0 });
      await removeNetwork(there, network);
      expect(JSON.stringify(await everything(there))).toBe(fresh);
    } finally {
      await server.close();
      rmSync(cwd, { recursive: true, force: true });
    }
  }, 60_000);
});

/** Ids of all that the quickstart could have left. */
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
