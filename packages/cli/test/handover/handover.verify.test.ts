import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Assessment, HandoverPlan } from '@postern/alibaba/handover';
import { beforeAll, describe, expect, it } from 'vitest';
import { SECRET, shop } from '../../../alibaba/test/traditional/handover/shop.js';
import { cloud, folder, run } from '../run-command.js';

let world: unknown;
let groupId: string;
let gateway: string;

beforeAll(async () => {
  const made = await shop();
  const { call, simulation, world: parts } = made.cloud;
  const { networkId, subnetIds } = parts as unknown as {
    readonly networkId: string;
    readonly subnetIds: readonly string[];
  };
  call('CloudAPI', 'SetDomain', { GroupId: made.groupId, DomainName: 'api.example.com' });
  const { gatewayId } = call('APIG', 'CreateGateway', {
    name: 'shop-release',
    gatewayType: 'API',
    chargeType: 'POSTPAY',
    spec: 'apigw.small.x1',
    vpcId: networkId,
    zoneConfig: { selectOption: 'Auto', vSwitchId: subnetIds[0] },
    networkAccessConfig: { type: 'Internet' },
  });
  await simulation.advance(600_000);
  gateway = gatewayId;
  groupId = made.groupId;
  world = simulation.world();
});

/** What is left after all that stops the hand-over of RELEASE was given up. */
const WAIVED = ['api/nonce=the backend is idempotent', 'group/own-domain=no caller uses these names'].flatMap(
  (text) => ['--waive', text],
);

async function served() {
  const server = await cloud();
  server.simulation.load(world as never);
  const cwd = folder({});
  const env = { POSTERN_SIMULATOR: server.url };
  return {
    cwd,
    simulation: server.simulation,
    handover: (...argv: readonly string[]) => run(['handover', ...argv], { cwd, env }),
    on: (command: string, ...more: readonly string[]) =>
      run(['handover', command, groupId, '--region', 'cn-hangzhou', ...more], { cwd, env }),
    file: (name: string) => readFileSync(path.join(cwd, name), 'utf8'),
  };
}

describe('postern handover', () => {
  it('assesses a group, exits with 3, and names what stops it, who acts and how to waive it', async () => {
    const { on, file } = await served();
    const { status, out, err } = await on(
      'assess',
      '--stage',
      'RELEASE',
      '--html',
      'a.html',
      '--report',
      'json=a.json',
    );
    expect(err).not.toContain('Error');
    expect(status).toBe(3);
    expect(out).toContain('--waive "api/nonce:orders__id_=REASON"');
    expect(out).toContain('2027-09-21T00:00:00+08:00: the service ends');
    const assessment = JSON.parse(file('a.json')) as Assessment;
    expect(assessment).toMatchObject({
      version: 1,
      ready: false,
      group: { id: groupId },
      stages: [{ stage: 'RELEASE' }],
    });
    expect(file('a.html')).toContain('The hand-over cannot be planned');
    expect(out + file('a.html') + file('a.json')).not.toContain(SECRET);
  });

  it('goes on after waivers, plans onto a gateway that exists, and saves the plan without secrets', async () => {
    const { on, file } = await served();
    const given = ['--stage', 'RELEASE', '--gateway', gateway, ...WAIVED];
    const assessed = await on('assess', ...given, '--md');
    expect(assessed.status, assessed.out).toBe(0);
    expect(assessed.out).toMatch(/^# Hand\\?-over of shop/);
    const planned = await on('plan', ...given, '-o', 'plan.json');
    expect(planned.status, planned.err).toBe(0);
    expect(planned.out).toContain(`gateway    ${gateway}`);
    const plan = JSON.parse(file('plan.json')) as HandoverPlan;
    expect(plan.stages).toMatchObject([
      { stage: 'RELEASE', gateway: { adopt: gateway }, routes: [{ name: 'orders-id' }] },
    ]);
    expect(file('plan.json')).not.toContain(SECRET);
  });

  it('refuses a plan with a vSwitch that does not exist, or is in another VPC', async () => {
    const { on, simulation } = await served();
    const planOf = (vSwitch: string) => on('plan', '--stage', 'RELEASE', '--vswitch', vSwitch, ...WAIVED);
    const absent = await planOf('vsw-bp1j');
    expect(absent.status).toBe(1);
    expect(absent.err).toContain(
      'error NOT_FOUND: vSwitch vsw-bp1j does not exist in cn-hangzhou\n  Name a vSwitch of vpc-',
    );
    const call = (action: string, input: object): any =>
      simulation.callAlibaba({ product: 'Vpc', action, region: 'cn-hangzhou' }, input as never);
    const { VpcId } = call('CreateVpc', { CidrBlock: '192.168.0.0/16' });
    await simulation.advance(60_000);
    const { VSwitchId } = call('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-i', CidrBlock: '192.168.1.0/24' });
    await simulation.advance(60_000);
    const other = await planOf(VSwitchId);
    expect(other.err).toContain(`error WRONG_NETWORK: vSwitch ${VSwitchId} is in ${VpcId}, the backends are in vpc-`);
  });

  it('works from a file without a cloud', async () => {
    const { on, cwd } = await served();
    await on('assess', '--save-source', 'shop.json');
    const offline = (...argv: readonly string[]) => run(['handover', ...argv, '--source', 'shop.json'], { cwd });
    const { status, out } = await offline('assess', '--json');
    expect(status).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ stages: [{ stage: 'RELEASE' }, { stage: 'TEST' }] });
    const plan = await offline('plan', '--stage', 'RELEASE', '--vswitch', 'vsw-1', ...WAIVED, '--json');
    expect(plan.status, plan.err).toBe(0);
    expect(JSON.parse(plan.out)).toMatchObject({
      stages: [{ gateway: { purchase: { spec: 'apigw.small.x1', vSwitchIds: ['vsw-1'] } } }],
    });
  });

  it('audits what another tool did: a domain of the same name was kept, an API and an app are missing', async () => {
    const { on, simulation } = await served();
    const call = (action: string, input: object): any =>
      simulation.callAlibaba({ product: 'APIG', action, region: 'cn-hangzhou' }, input as never);
    call('CreateDomain', { name: 'api.example.com', protocol: 'HTTP', forceHttps: true });
    call('CreateConsumer', {
      name: 'webshop',
      gatewayType: 'API',
      enable: true,
      akSkIdentityConfigs: [{ type: 'AkSk', generateMode: 'Custom', ak: '999', sk: 'another-secret' }],
    });
    await simulation.advance(30_000);
    const { status, out, err } = await on('audit', '--gateway', gateway, '--json');
    expect(status, err).toBe(3);
    const codes = (JSON.parse(out) as { readonly items: readonly { readonly code: string }[] }).items.map(
      ({ code }) => code,
    );
    expect(codes).toEqual(['API_LOST', 'DOMAIN_REUSED', 'CONSUMER_REUSED', 'PLUGIN_NOT_COMPARED']);
    expect(out).not.toContain('another-secret');
  });

  it.each<[string, readonly string[], number, string]>([
    ['no group', ['assess'], 64, 'Name an API group'],
    [
      'a group that does not exist',
      ['assess', '0123456789abcdef0123456789abcdef', '--region', 'cn-hangzhou'],
      1,
      'NOT_FOUND',
    ],
    ['a waiver without a reason', ['assess', 'x', '--waive', 'api/nonce'], 64, 'ITEM=REASON'],
    ['a variable without a stage', ['assess', 'x', '--variable', 'HOST=1'], 64, 'RELEASE.HOST'],
    ['a gateway that is no ID', ['plan', 'x', '--gateway', 'shop'], 64, 'gw-'],
    ['a certificate without a domain', ['plan', 'x', '--certificate', '77'], 64, 'DOMAIN=ID'],
    ['an audit without a target', ['audit', 'x'], 64, '--gateway'],
    ['a file that is no source', ['assess', '--source', 'other.json'], 64, 'other.json'],
  ])('refuses %s', async (_, argv, status, text) => {
    const { handover } = await served();
    const ran = await handover(...argv);
    expect(ran.status, ran.err).toBe(status);
    expect(ran.err).toContain(text);
  });
});
