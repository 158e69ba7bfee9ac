import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { alibabaNetwork, alibabaSpec, until } from './alibaba-network.js';
import { cloud, folder, network, run, specOf } from '../run-command.js';
import { PROVE } from '../../../core/test/runs.js';

/** A cloud with a network in it, and a folder with a spec. */
async function scene(change?: Parameters<typeof alibabaSpec>[1]) {
  const server = await cloud();
  const there = await alibabaNetwork(server);
  const cwd = folder({ 'postern.yaml': alibabaSpec(there, change) });
  const env = { POSTERN_SIMULATOR: server.url };
  const write = (text: string, name = 'postern.yaml') => writeFileSync(path.join(cwd, name), text);
  return { server, there, cwd, write, postern: (...argv: string[]) => run(argv, { cwd, env }) };
}

type Scene = Awaited<ReturnType<typeof scene>>;

const calls = ({ server }: Scene) => server.simulation.journal().map(({ operation }) => operation);
const linkId = async ({ postern }: Scene) => {
  const { links } = JSON.parse((await postern('links', 'cn', '--json')).out) as { links: { id: string }[] };
  return links[0]?.id ?? '';
};

describe('a plan that buys a product that is no longer sold', () => {
  it.runIf(PROVE)('has a warning at the change, with the date and the successor', async () => {
    const server = await cloud({ startAt: '2026-11-20T00:00:00Z' });
    const cwd = folder({ 'postern.yaml': alibabaSpec(await alibabaNetwork(server)) });
    const postern = (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    const text =
      /warning: new instances are no longer sold as of 2026-08-23, .*links\.cn\.id, .*Cloud-native API Gateway/;
    const { status, out } = await postern('plan', '-o', 'plan.json');
    expect(status).toBe(0);
    expect(out).toMatch(text);
    const { units } = JSON.parse((await postern('plan', '--json')).out) as {
      units: { steps: { id: string; warning?: string }[] }[];
    };
    const warned = units.flatMap(({ steps }) => steps).filter(({ warning }) => warning !== undefined);
    expect(warned).toEqual([expect.objectContaining({ id: 'create link cn' })]);
    // The plan is applied without a new check of the date: the cloud refuses the call, with its own error.
    expect(await postern('apply', '--plan', 'plan.json', '--yes', '--allow-purchase')).toMatchObject({
      out: expect.stringMatching(text),
      err: expect.stringContaining('CREATION_CLOSED'),
    });
  });
});

describe('the life cycle of a private integration on Alibaba Cloud', () => {
  it('is bought when that is allowed, found by the next run, listed, and kept by destroy', async () => {
    const all = await scene();
    const { postern, there } = all;

    const refused = await postern('apply', '--yes');
    expect(refused).toMatchObject({ status: 64, err: expect.stringContaining('error PURCHASE_NOT_ALLOWED: ') });
    expect(refused.out).toMatch(/buys: api\.s1\.small, pay-as-you-go: about USD 0\.87 .*\n +terms: It is billed/);
    const inJson = await postern('apply', '--yes', '--json');
    expect(inJson).toMatchObject({
      status: 64,
      err: expect.stringContaining('note: create link cn buys api.s1.small'),
    });
    expect(await postern('plan', '-o', 'plan.json')).toMatchObject({ status: 0 });
    const saved = ['apply', '--plan', 'plan.json', '--yes'];
    expect(await postern(...saved)).toMatchObject({ status: 64, err: expect.stringContaining('PURCHASE_NOT_ALLOWED') });
    expect(calls(all)).not.toContain('CreateInstance');

    const applied = await postern(...saved, '--allow-purchase');
    expect(applied).toMatchObject({ status: 0, out: expect.stringContaining('Done: 3 changes, 0 unchanged.') });
    expect(calls(all).filter((one) => one === 'CreateInstance')).toHaveLength(1);
    expect(await postern('apply', '--yes')).toMatchObject({
      status: 0,
      out: expect.stringContaining('No changes; 3 unchanged.\n'),
    });

    const links = await postern('links');
    expect(links.out).toMatch(
      /^ID +NAME +CLOUD +REGION +STATE +OWNER +NETWORK +SUBNETS\napigateway-hz-\w+ +cn +alibaba +cn-hangzhou +ready +shop\/cn +vpc-\w+ +vsw-\w+ vsw-\w+\n/,
    );
    // Simulated time begins on 2026-06-01. The check counts the same days.
    expect((await postern('check')).out.replaceAll(/\s+/g, ' ')).toContain('ends on 2027-09-21, in 476 days');
    expect(links.out).toContain('alibaba: 2027-03-21, in 292 days: renewals and upgrades end\n');
    expect(links.out).toContain('alibaba: 2027-09-21, in 476 days: the service ends\n');
    expect(JSON.parse((await postern('links', '--json')).out)).toMatchObject({
      retirement: [
        { daysLeft: 82 },
        { daysLeft: 292 },
        { provider: 'alibaba', daysLeft: 476, what: 'the service ends' },
      ],
    });
    expect((await postern('links', 'cn', '--uses')).out).toMatch(
      /\nGATEWAY +NAME +STAGE .*\n\w{32} +orders +\(working copy\) +ANY \/orders +shop-orders.*\n\w{32} +orders +RELEASE +ANY \/orders +shop-orders/,
    );
    expect((await postern('egress', 'cn')).out).toMatch(
      /security groups +sg-\w+\n +blocks +10\.0\.1\.0\/24, 10\.0\.2\.0\/24\n +addresses +10\..*\(candidates, momentary\)\n/,
    );
    const list = await postern('allow', 'cn', '--list', '--resources');
    expect(list.out).toContain('  10.0.1.0/24 on all ports, as a block of its own subnets\n    interface  eni-');
    expect(list.out).toMatch(new RegExp(`10\\.0\\.8\\.0/24 on all ports\\n    load balancer  ${there.balancer} `));

    const kept = await postern('destroy', '--yes');
    expect(kept).toMatchObject({
      status: 0,
      out: expect.stringContaining('is kept: a replacement would have to be bought'),
    });
    expect(calls(all)).not.toContain('DeleteInstance');
    expect(await postern('apply', '--yes')).toMatchObject({
      status: 0,
      out: expect.stringContaining('Done: 3 changes'),
    });
    expect(await postern('destroy', '--yes', '--delete-instances')).toMatchObject({ status: 0 });
    expect(await postern('links')).toMatchObject({ status: 0, out: 'No links in cn-hangzhou.\n' });
  });

  it.runIf(PROVE)('is retargeted with a new authorization, and the old authorization is deleted', async () => {
    const all = await scene();
    const { postern, there } = all;
    const write = (text: string) => all.write(text.replace('project: shop', 'project: shop\nspec: shop-7f3k2q'));
    write(alibabaSpec(there));
    await postern('apply', '--yes', '--allow-purchase');
    write(alibabaSpec(there, { targets: `{ orders: { instance: ${there.balancer}, port: 8080 } }` }));
    const before = calls(all).length;
    const led = await postern('apply', '--yes');
    expect(led).toMatchObject({ status: 0, out: expect.stringContaining('Done: 3 changes') });
    const since = calls(all).slice(before);
    expect(since).not.toContain('ModifyVpcAccessAndUpdateApis');
    expect(await there.call('CloudAPI', 'DescribeVpcAccesses')).toMatchObject({ TotalCount: 1 });
    expect(await postern('plan', '--detailed-exitcode')).toMatchObject({ status: 0 });

    // A plain address needs no authorization, so the old one is deleted when no route needs it.
    write(
      alibabaSpec(there, {
        targets: '{ plain: { address: 10.0.8.9, port: 8080 } }',
        routes: "{ 'ANY /orders': plain }",
      }),
    );
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect(await postern('plan', '--detailed-exitcode')).toMatchObject({ status: 0 });
    expect(await there.call('CloudAPI', 'DescribeVpcAccesses')).toMatchObject({ TotalCount: 0 });
  });

  it.runIf(PROVE)(
    'is retargeted also where an older version changed the authorization, whose name is in use',
    async () => {
      const all = await scene();
      const { postern, there, write } = all;
      await postern('apply', '--yes', '--allow-purchase');
      const { VpcAccessAttributes } = (await there.call('CloudAPI', 'DescribeVpcAccesses')) as unknown as {
        VpcAccessAttributes: { VpcAccessAttribute: { Name: string }[] };
      };
      const Name = VpcAccessAttributes.VpcAccessAttribute[0]?.Name;
      const to = {
        Name,
        VpcId: there.vpc,
        InstanceId: there.balancer,
        Port: 8080,
        NeedBatchWork: true,
        Token: 'older',
      };
      await there.call('CloudAPI', 'ModifyVpcAccessAndUpdateApis', to);
      write(alibabaSpec(there));
      // Without a wait: the older version's change would end in that time, and publish its authorization again.
      expect(await postern('apply', '--yes', '--drain', '0')).toMatchObject({ status: 0 });
      expect(await postern('plan', '--detailed-exitcode')).toMatchObject({ status: 0 });
      const after = JSON.stringify(await there.call('CloudAPI', 'DescribeVpcAccesses'));
      expect(after).toContain('"Port":80');
      expect(after).not.toContain('"Port":8080');
    },
  );

  it.runIf(PROVE)(
    'is replaced where an immutable property changes; the old one is kept until its deletion is requested',
    async () => {
      const all = await scene();
      const { postern, there, write } = all;
      await postern('apply', '--yes', '--allow-purchase');
      const old = await linkId(all);
      const [, k = ''] = there.vSwitches;
      const link = `    subnets: [${k}]\n    securityGroups: [${there.securityGroup}]\n    allowlist: [10.0.8.0/24]`;
      write(alibabaSpec(there, { link }));
      expect(await postern('apply', '--yes')).toMatchObject({
        status: 64,
        out: expect.stringContaining('± replace link cn'),
      });
      expect(await postern('apply', '--yes', '--allow-purchase', '--no-probe')).toMatchObject({ status: 0 });
      const uses = await postern('links', '--uses');
      expect(uses.out).toContain(`${old} (cn): no route uses it`);
      expect(uses.out).toMatch(/ANY \/orders +shop-orders-orders-/);
      expect((await postern('apply', '--yes')).out).toMatch(
        new RegExp(`link ${old} .* is kept: .*\\n\\nNo changes; 3 unchanged`),
      );
      expect(await postern('apply', '--yes', '--delete-instances')).toMatchObject({
        status: 0,
        out: expect.stringContaining(`delete link cn (${old})`),
      });
      expect((await postern('links')).out).not.toContain(old);
    },
  );

  it.runIf(PROVE)('accepts allow and revoke, except for a block that is unreachable or still needed', async () => {
    const all = await scene();
    const { postern } = all;
    await postern('apply', '--yes', '--allow-purchase');
    expect(await postern('allow', 'cn', '10.9.0.0/24', '--yes')).toMatchObject({
      err: expect.stringContaining('CIDR_UNREACHABLE'),
    });
    expect(await postern('allow', 'cn', '10.0.9.0/24', '--yes')).toMatchObject({
      out: expect.stringContaining('10.0.9.0/24 on all ports'),
    });
    expect((await postern('revoke', 'cn', '10.0.9.0/24', '--yes')).out).not.toContain('10.0.9.0/24');
    expect(await postern('revoke', 'cn', '10.0.1.0/24', '--yes')).toMatchObject({
      err: expect.stringContaining('UNSUPPORTED'),
    });
    expect(await postern('revoke', 'cn', '10.0.8.0/24', '--yes')).toMatchObject({
      status: 1,
      err: expect.stringContaining('STILL_REFERENCED'),
    });
    expect(await postern('revoke', 'cn', '10.0.8.0/24', '--revoke-needed', '--yes')).toMatchObject({ status: 0 });
    expect(await postern('plan')).toMatchObject({ out: expect.stringContaining('+ allow cn') });
  });

  it('continues where a run was killed after the request for the instance: there is one instance', async () => {
    const all = await scene();
    const { postern, server, there } = all;
    server.simulation.faults.add({ service: 'cloudapi', operation: 'CreateInstance', kind: 'lost', times: 1 });
    await postern('apply', '--yes', '--allow-purchase');
    expect(await postern('apply', '--yes', '--allow-purchase')).toMatchObject({ status: 0 });
    const { Instances } = (await there.call('CloudAPI', 'DescribeInstances')) as unknown as {
      Instances: { InstanceAttribute: { DedicatedInstanceType?: string }[] };
    };
    expect(Instances.InstanceAttribute.filter((one) => one.DedicatedInstanceType === 'vpc_connect')).toHaveLength(1);
  });
});

describe('an existing instance', () => {
  it.runIf(PROVE)('is imported with all integrations that use it, and the plan of the import is empty', async () => {
    const all = await scene();
    const { postern } = all;
    await postern('apply', '--yes', '--allow-purchase');
    const id = await linkId(all);
    for (const project of ['shop', 'other']) {
      const args = ['--provider', 'alibaba', '--region', 'cn-hangzhou', '--link', id, '--project', project];
      expect(await postern('import', ...args, '-o', `${project}.yaml`)).toMatchObject({
        status: 0,
        err: expect.stringMatching(/note: observed API group 1 of 1: 1 APIs\n.*; \d+ calls\n/),
      });
      expect(await postern('plan', `${project}.yaml`)).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes; /),
      });
    }
    expect(await postern('import', '--provider', 'alibaba', '--region', 'cn-hangzhou', '--link', 'x')).toMatchObject({
      status: 1,
      err: expect.stringContaining('NOT_FOUND: link x does not exist'),
    });
  });

  it.runIf(PROVE)(
    'is imported without its allowlist where a spec cannot express it, and the plan is empty',
    async () => {
      const all = await scene();
      const { postern, cwd } = all;
      await postern('apply', '--yes', '--allow-purchase');
      await postern('allow', 'cn', '10.0.0.0/16', '--yes');
      const args = ['--provider', 'alibaba', '--region', 'cn-hangzhou', '--project', 'shop', '-o', 'wide.yaml'];
      const { status, out } = await postern('import', ...args, '--json');
      expect(status).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ regions: [{ allowlists: [{ owned: true }] }] });
      const text = readFileSync(path.join(cwd, 'wide.yaml'), 'utf8');
      expect(text).toContain('# Left out: the allowlist of link apigateway-');
      expect(text).not.toContain('allowlist:\n');
      expect(await postern('plan', 'wide.yaml')).toMatchObject({
        status: 0,
        out: expect.stringMatching(/^No changes; /),
      });
    },
  );

  it.runIf(PROVE)(
    'is adopted by its ID: both egress blocks of a conventional instance, old and new, are reported',
    async () => {
      const all = await scene();
      const { postern, there, write } = all;
      const { InstanceId } = await there.call('CloudAPI', 'CreateInstance', {
        InstanceName: 'old',
        InstanceSpec: 'api.s1.small',
        ChargeType: 'PostPaid',
        HttpsPolicy: 'HTTPS2_TLS1_2',
        InstanceType: 'normal',
        ZoneId: 'cn-hangzhou-MAZ3(i,j,k)',
        Token: 'once',
      });
      const isRunning = async () =>
        JSON.stringify(await there.call('CloudAPI', 'DescribeInstances', { InstanceId })).includes('"RUNNING"');
      await until(all.server, isRunning);
      await there.call('CloudAPI', 'ModifyInstanceSpec', {
        InstanceId,
        InstanceSpec: 'api.s1.medium',
        ModifyAction: 'UPGRADE',
        SkipWaitSwitch: true,
        Token: 'twice',
      });
      await until(all.server, async () =>
        JSON.stringify(await there.call('CloudAPI', 'DescribeInstances', { InstanceId })).includes('api.s1.medium'),
      );
      write(alibabaSpec(there, { link: `    id: ${InstanceId}` }));
      expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
      expect(await postern('plan', '--detailed-exitcode')).toMatchObject({
        status: 0,
        out: expect.stringContaining('No changes; 3 unchanged.\n'),
      });
      const { prefixes } = JSON.parse((await postern('egress', 'cn', '--json')).out) as { prefixes: string[] };
      expect(prefixes).toHaveLength(2);
      for (const block of prefixes) expect(block).toMatch(/^100\.104\.\d+\.\d+\/26$/);
      expect((await postern('egress', 'cn')).out).toMatch(/blocks +100\.104\.\S+, 100\.104\.\S+ \(new\)\n/);
      expect(await postern('allow', 'cn', '10.0.8.0/24', '--yes')).toMatchObject({
        err: expect.stringContaining('UNSUPPORTED'),
      });
    },
  );
});

describe('one spec, two clouds', () => {
  it.runIf(PROVE)('is applied, listed and destroyed by the same commands', async () => {
    const server = await cloud();
    const eu = await network(server);
    const cn = await alibabaNetwork(server);
    const [, ofEu = ''] = specOf(eu).split(/(?=links:)/);
    const [linksEu = '', integrationsEu = ''] = ofEu.split(/integrations:\n/);
    const [linksCn = '', integrationsCn = ''] = alibabaSpec(cn).split(/integrations:\n/);
    const text = `version: 1\nproject: shop\ndefaults: { region: eu-west-1 }\n${linksEu}${linksCn.split('links:\n')[1]}integrations:\n${integrationsEu}${integrationsCn.replace('orders:', 'orders-cn:')}`;
    const cwd = folder({ 'postern.yaml': text });
    const postern = (...argv: string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(await postern('apply', '--yes', '--allow-purchase')).toMatchObject({
      status: 0,
      err: expect.not.stringContaining('error'),
    });
    expect(await postern('apply', '--yes')).toMatchObject({
      out: expect.stringContaining('No changes; 5 unchanged.\n'),
    });
    const { out } = await postern('links', '--profile', 'shop');
    expect(out).toMatch(/ main +\S+ +aws +eu-west-1 +ready .*\n.* cn +\S+ +alibaba +cn-hangzhou +ready /);
    const shape = async (name: string) =>
      (await postern('egress', name)).out
        .replace(/(?<=blocks|addresses|groups).*/g, '')
        .split('\n')
        .slice(1, 4);
    expect(await shape('cn')).toEqual(await shape('main'));
    // A link that the spec does not name is searched for in both.
    const rows = JSON.parse((await postern('links', '--json')).out) as { links: { id: string }[] };
    expect(rows.links).toHaveLength(2);
    for (const { id } of rows.links) {
      expect(await postern('egress', id)).toMatchObject({
        status: 0,
        out: expect.stringContaining(`(${id}) come from`),
      });
    }
    expect(await postern('egress', 'cm')).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        /error NOT_FOUND: link cm does not exist in aws eu-west-1 and alibaba cn-hangzhou\n.*\(main, cn\)/,
      ),
    });
    expect(await postern('destroy', '--yes', '--delete-instances')).toMatchObject({ status: 0 });
    expect((await postern('links')).out).toBe('No links in eu-west-1 and cn-hangzhou.\n');
  });
});
