import type { SimulationServer } from '@postern/simulator';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { alibabaNetwork, alibabaSpec, type AlibabaNetwork } from './alibaba-network.js';
import { cloud, folder, run } from '../run-command.js';

type Change = Parameters<typeof alibabaSpec>[1];

async function scene() {
  const server = await cloud();
  const there = await alibabaNetwork(server);
  const cwd = folder();
  const plan = (change?: Change) => {
    writeFileSync(path.join(cwd, 'postern.yaml'), alibabaSpec(there, change));
    return run(['plan'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
  };
  return { server, there, cwd, plan };
}

const link = ({ vSwitches, securityGroup }: AlibabaNetwork, lines: Record<string, string> = {}): Change => {
  const members = {
    subnets: `[${vSwitches.slice(0, 2).join(', ')}]`,
    securityGroups: `[${securityGroup}]`,
    ...lines,
  };
  const text = Object.entries(members).map(([key, value]) => `    ${key}: ${value}`);
  return { link: text.join('\n') };
};

/** Other resources that an invalid spec may name. */
async function others({ simulation }: SimulationServer, { call, vpc }: AlibabaNetwork) {
  const made = async (product: 'Vpc' | 'Ecs', action: string, query: object) => call(product, action, { ...query });
  const { VpcId = '' } = await made('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16' });
  await simulation.advance(60_000);
  const { VSwitchId: elsewhere = '' } = await made('Vpc', 'CreateVSwitch', {
    VpcId,
    ZoneId: 'cn-hangzhou-k',
    CidrBlock: '10.0.5.0/24',
  });
  const { VSwitchId: sameZone = '' } = await made('Vpc', 'CreateVSwitch', {
    VpcId: vpc,
    ZoneId: 'cn-hangzhou-j',
    CidrBlock: '10.0.6.0/24',
  });
  const { SecurityGroupId: enterprise = '' } = await made('Ecs', 'CreateSecurityGroup', {
    VpcId: vpc,
    SecurityGroupName: 'enterprise',
    SecurityGroupType: 'enterprise',
  });
  return { elsewhere, sameZone, enterprise };
}

describe('bad input for Alibaba Cloud', () => {
  it('is refused before anything is bought, each with its code, its place and a remedy', async () => {
    const { there, plan, server } = await scene();
    const { elsewhere, sameZone, enterprise } = await others(server, there);
    const [j = '', k = ''] = there.vSwitches;
    const table: readonly [string, Change, string, string][] = [
      [
        'an instance CIDR block that is not offered',
        link(there, { instanceCidr: '10.0.0.0/8' }),
        'INSTANCE_CIDR_NOT_ALLOWED',
        'instanceCidr',
      ],
      ['a block of the provider', link(there, { allowlist: '[100.64.1.0/24]' }), 'CIDR_RESERVED', 'allowlist'],
      [
        'a block without a route',
        link(there, { allowlist: '[10.0.8.0/24, 10.9.0.0/24]' }),
        'CIDR_UNREACHABLE',
        'allowlist',
      ],
      [
        'a block inside another',
        link(there, { allowlist: '[10.0.8.0/24, 10.0.8.0/25]' }),
        'CIDR_REDUNDANT',
        'allowlist',
      ],
      ['a block inside its own subnets', link(there, { allowlist: '[10.0.1.0/25]' }), 'CIDR_REDUNDANT', 'allowlist'],
      [
        'a block that overlaps the CIDR block of the instance',
        link(there, { instanceCidr: '192.168.0.0/16', allowlist: '[192.168.7.0/24]' }),
        'CIDR_CONFLICT',
        'allowlist',
      ],
      [
        'a vSwitch of another VPC',
        link(there, { subnets: `[${j}, ${elsewhere}]` }),
        'SUBNETS_OF_SEVERAL_NETWORKS',
        'subnets',
      ],
      ['two vSwitches of one zone', link(there, { subnets: `[${j}, ${sameZone}]` }), 'INVALID_INPUT', 'subnets'],
      ['a vSwitch that does not exist', link(there, { subnets: `[${j}, vsw-none]` }), 'NOT_FOUND', 'subnets'],
      [
        'groups of different types',
        link(there, { securityGroups: `[${there.securityGroup}, ${enterprise}]` }),
        'SECURITY_GROUPS_OF_SEVERAL_TYPES',
        'securityGroups',
      ],
      ['a name that is not valid for an instance', link(there, { name: 'my.gate' }), 'NAME_NOT_ALLOWED', 'name'],
      ['an ID of the wrong kind', link(there, { subnets: `[${there.securityGroup}, ${k}]` }), 'WRONG_KIND', 'subnets'],
      ['a target of the wrong kind', { targets: '{ orders: { instance: nlb-1, port: 80 } }' }, 'WRONG_KIND', 'targets'],
      [
        'a port without a listener',
        { targets: `{ orders: { instance: ${there.balancer}, port: 81 } }` },
        'NOT_FOUND',
        'targets',
      ],
      ['a server that is missing', { targets: '{ orders: { instance: i-none, port: 80 } }' }, 'NOT_FOUND', 'targets'],
      ['a public address', { targets: '{ orders: { address: 8.8.8.8, port: 80 } }' }, 'CIDR_RESERVED', 'targets'],
      ['an API group that does not exist', { gateway: `{ apiGroup: ${'f'.repeat(32)} }` }, 'NOT_FOUND', 'gateway'],
      ['a default route', { routes: '{ $default: orders }' }, 'INVALID_SPEC', 'routes'],
    ];
    for (const [what, change, code, key] of table) {
      const { status, out, err } = await plan(change);
      const text = alibabaSpec(there, change).split('\n');
      const line = text.findIndex((one) => one.includes(` ${key}: `)) + 1;
      expect({ what, status, out }).toEqual({ what, status: code === 'NOT_FOUND' ? 1 : 64, out: '' });
      expect({ what, err }).toEqual({
        what,
        err: expect.stringMatching(new RegExp(`error ${code}: .*\\n {2}postern\\.yaml:${line}:\\d+\\n {2}\\S`)),
      });
    }
    expect(server.simulation.journal().map(({ operation }) => operation)).not.toContain('CreateInstance');
  });

  it('contact L: is answered with the API group that is meant', async () => {
    const { there, plan } = await scene();
    const { err } = await plan({ gateway: `{ apiGroup: ${there.group.slice(0, -1)}z }` });
    expect(err).toContain(`Did you mean ${there.group} (`);
  });

  it('is refused for an API group that its provider has locked', async () => {
    const { server, there, plan } = await scene();
    const world = JSON.stringify(server.simulation.world());
    server.simulation.load(JSON.parse(world.replace('"billingStatus":"NORMAL"', '"billingStatus":"LOCKED"')));
    const line =
      alibabaSpec(there)
        .split('\n')
        .findIndex((one) => one.includes(' gateway: ')) + 1;
    expect(await plan()).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        new RegExp(`error GATEWAY_LOCKED: .*an overdue bill\\n {2}postern\\.yaml:${line}:\\d+\\n {2}Resolve the lock`),
      ),
    });
  });

  it.each([
    ['expired', 'CREDENTIALS_EXPIRED'],
    ['html', 'BAD_RESPONSE'],
    ['truncate', 'BAD_RESPONSE'],
    ['deny', 'PERMISSION_DENIED'],
  ] as const)('the fault %s is reported with its code, at the link', async (kind, code) => {
    const { server, plan } = await scene();
    server.simulation.faults.add({ service: 'sts', kind });
    expect(await plan()).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(new RegExp(`error ${code}: .*\\n {2}postern\\.yaml:5:\\d+\\n {2}\\S`)),
    });
  });

  it.each([
    [{ status: 404, code: 'InvalidAccessKeyId.NotFound' }, 'CREDENTIALS_REFUSED'],
    [{ status: 400, code: 'SignatureDoesNotMatch' }, 'CREDENTIALS_REFUSED'],
    [{ status: 400, code: 'InvalidTimeStamp.Expired' }, 'CLOCK_SKEWED'],
  ])('%o is %s', async (answer, code) => {
    const { server, plan } = await scene();
    server.simulation.faults.add({ service: 'sts', kind: 'deny', ...answer });
    expect(await plan()).toMatchObject({ status: 1, err: expect.stringContaining(`error ${code}: `) });
  });

  it('is refused where it is a profile, which only AWS supports', async () => {
    const { server } = await scene();
    const args = ['links', '--provider', 'alibaba', '--region', 'cn-hangzhou', '--profile', 'shop'];
    expect(await run(args, { cwd: folder(), env: { POSTERN_SIMULATOR: server.url } })).toMatchObject({
      status: 1,
      err: expect.stringContaining('error UNSUPPORTED: '),
    });
  });

  it('is refused where it is a link without a region and only the variables of AWS name one', async () => {
    const { there, server, cwd } = await scene();
    const text = alibabaSpec(there).replace('    region: cn-hangzhou\n', '');
    writeFileSync(path.join(cwd, 'postern.yaml'), text);
    const env = { POSTERN_SIMULATOR: server.url, AWS_REGION: 'eu-west-1' };
    expect(await run(['plan'], { cwd, env })).toMatchObject({
      status: 64,
      err: expect.stringContaining('REGION_MISSING'),
    });
    const own = { POSTERN_SIMULATOR: server.url, AWS_REGION: 'eu-west-1', ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou' };
    expect(await run(['plan'], { cwd, env: own })).toMatchObject({ status: 0 });
  });
});
