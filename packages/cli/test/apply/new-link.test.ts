import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';

/** A link that was applied in two subnets, and a spec that needs another one in one of them. */
async function scene() {
  const server = await cloud();
  const there = await network(server);
  const cwd = folder({ 'postern.yaml': specOf(there) });
  const postern = (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
  expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
  writeFileSync(path.join(cwd, 'postern.yaml'), specOf({ ...there, subnets: there.subnets.slice(0, 1) }));
  const { apiGatewayV2, ec2 } = server.simulation.clients('eu-west-1');
  return {
    there,
    cwd,
    postern,
    keys: async () => (await apiGatewayV2.getRoutes({ ApiId: there.api })).Items?.map(({ RouteKey }) => RouteKey),
    /** The group of the load balancer takes calls of the network. */
    admit: async () => {
      const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
        Filters: [{ Name: 'vpc-id', Values: [there.vpc] }],
      });
      const GroupId = SecurityGroups.find(({ GroupName }) => GroupName === 'default')?.GroupId;
      const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    },
  };
}

describe('apply with another link of an HTTP API', () => {
  it('calls the API, and moves nothing to a link that does not reach the backend, unless --no-probe is given', async () => {
    const { postern, keys } = await scene();
    const refused = await postern('apply', '--yes');
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('error PROBE_FAILED: ') });
    expect(refused.out).toMatch(/: test through link \w+: failed: the gateway did not reach the backend/);
    expect(await keys()).toEqual(['ANY /orders']);
    expect(await postern('apply', '--yes', '--no-probe')).toMatchObject({ status: 0 });
    expect(await keys()).toEqual(['ANY /orders']);
  });

  it.runIf(PROVE)('narrows the allowlist that it has from the former link in the same run', async () => {
    const { postern, there, cwd } = await scene();
    const spec = (...blocks: string[]) => {
      const text = specOf({ ...there, subnets: there.subnets.slice(0, 1) });
      writeFileSync(path.join(cwd, 'postern.yaml'), text.replace('10.0.0.0/16', blocks.join(', ')));
    };
    spec('10.9.0.0/16');
    expect(await postern('plan')).toMatchObject({ err: expect.stringMatching(/^error STILL_REFERENCED: /m) });
    spec('10.0.1.0/24', '10.0.2.0/24');
    const applied = await postern('apply', '--yes', '--no-probe');
    expect(applied).toMatchObject({ status: 0 });
    expect(applied.out).toMatch(/- revoke main: [\s\S]*revoke main: done[\s\S]*delete link main \(\w+\): done/);
    expect(await postern('plan', '--detailed-exitcode')).toMatchObject({ status: 0 });
  });

  it.runIf(PROVE)('moves its routes once the backend is reached', async () => {
    const { postern, keys, admit } = await scene();
    await admit();
    const moved = await postern('apply', '--yes');
    expect(moved).toMatchObject({ status: 0 });
    expect(moved.out).toMatch(/: test through link \w+: connected: [\s\S]*: call through link \w+: connected: /);
    expect(await keys()).toEqual(['ANY /orders']);
  });
});
