import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { driversOf, type Plan, type Spec } from '@postern/core/internal/library';
import { observeSpec, planDestroy, planText } from '@postern/core/internal/plan';
import { describe, expect, it } from 'vitest';
import { applied, failuresOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { simulated, specOver } from '../world/simulated.js';

type Cloud = Awaited<ReturnType<typeof simulated>>;

const steps = (of: Plan) => stepsOf(of).map(({ id }) => id);

function linksSpec({ world }: Cloud, count: number): Spec {
  const link = `provider: aws, region: eu-west-1, subnets: [${world.subnetIds[0]}], securityGroups: [${world.securityGroupIds[0]}]`;
  const links = Array.from({ length: count }, (_, index) => `  l${index}: { ${link} }`);
  return parseSpec(`version: 1\nproject: shop\nlinks:\n${links.join('\n')}\nintegrations: {}\n`);
}

describe('applying a plan on AWS', () => {
  it('waits for twenty links with one list for all of them, and no call for each link', async () => {
    const cloud = await simulated({ throttle: false, quotas: { 'vpc-links': 20 } });
    const spec = linksSpec(cloud, 20);
    const what = await planOf(cloud, spec);
    const from = cloud.simulation.journal().length;
    const started = cloud.ctx.clock.monotonicMs();
    expect(steps(what)).toHaveLength(20);
    await applied(cloud, spec, what);
    const called = cloud.simulation.journal().slice(from);
    expect(called.filter(({ operation }) => operation === 'GetVpcLink')).toEqual([]);
    const lists = called.filter(({ operation }) => operation === 'GetVpcLinks');
    const lastCreate = called.findLastIndex(({ operation }) => operation === 'CreateVpcLink');
    const polls = called.slice(lastCreate).filter(({ operation }) => operation === 'GetVpcLinks').length;
    const intervals = (cloud.ctx.clock.monotonicMs() - started) / cloud.driver.traits('vpc-link-v2').pollMs;
    expect(polls).toBeLessThanOrEqual(intervals + 2);
    // One list before each create, one after it, and the polls.
    expect(lists.length).toBeLessThanOrEqual(2 * 20 + intervals + 4);
    expect(steps(await planOf(cloud, spec))).toEqual([]);
  });

  it('a group to be deleted that a rule names: the plan lists the rule, apply refuses at once', async () => {
    const cloud = await simulated();
    const { world, call, ctx } = cloud;
    const spec = parseSpec(`
version: 1
project: shop
links: { orders: { provider: aws, region: eu-west-1, subnets: [${world.subnetIds.join(', ')}], allowlist: [10.20.0.0/20] } }
integrations: {}
`);
    await applied(cloud, spec, await planOf(cloud, spec));
    const observed = () => observeSpec(spec, driversOf(cloud.driver), cloud.ctx, { all: true });
    const own = (await observed()).regions[0]?.allowlists[0]?.securityGroupId ?? '';
    const { GroupId } = call('ec2', 'CreateSecurityGroup', {
      GroupName: 'backend',
      Description: 'backend',
      VpcId: world.networkId,
    });
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: own }] }];
    call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });

    const narrow = await observeSpec(spec, driversOf(cloud.driver), cloud.ctx);
    for (const snapshot of [narrow, await observed()]) {
      const text = planText(planDestroy(snapshot, spec, { clouds: CLOUDS }));
      expect(text).toContain(`security group: ${own} → none`);
      expect(text).toContain(`${own} cannot be deleted while inbound rule`);
      expect(text).toContain(`of ${GroupId} (tcp 80)`);
    }
    const failed: string[] = [];
    for (const snapshot of [await observed(), undefined]) {
      const todo = planDestroy(snapshot ?? (await observed()), spec, { clouds: CLOUDS });
      const before = ctx.clock.monotonicMs();
      failed.push(...(await failuresOf(cloud, spec, todo)).map(({ code, text }) => `${code}: ${text}`));
      if (snapshot === undefined) expect(ctx.clock.monotonicMs() - before).toBeLessThan(60_000);
    }
    expect(failed).toHaveLength(2);
    for (const text of failed) expect(text).toMatch(new RegExp(`^STILL_REFERENCED: .*${own}.*${GroupId} \\(tcp 80\\)`));

    call('ec2', 'RevokeSecurityGroupIngress', { GroupId, IpPermissions });
    await applied(cloud, spec, planDestroy(await observed(), spec, { clouds: CLOUDS }));
  });

  it('contact L: a declared block that a wider one covers is reported as redundant, not as undeclared', async () => {
    const cloud = await simulated();
    const spec = (...blocks: string[]) => {
      const allowlist = blocks.map((cidr) => `{ cidr: ${cidr}, ports: [443] }`).join(', ');
      return parseSpec(
        `version: 1\nproject: shop\nlinks: { orders: { provider: aws, region: eu-west-1, subnets: [${cloud.world.subnetIds[0]}], allowlist: [${allowlist}] } }\nintegrations: {}\n`,
      );
    };
    await applied(cloud, spec('10.20.11.0/24'), await planOf(cloud, spec('10.20.11.0/24')));
    const redundant = planText(await planOf(cloud, spec('10.20.0.0/16', '10.20.11.0/24')));
    expect(redundant).toContain('is declared but redundant');
    expect(redundant).not.toContain('the allowlist has entries that the spec does not list');
    expect(planText(await planOf(cloud, spec('10.20.0.0/16')))).toContain(
      'the allowlist has entries that the spec does not list',
    );
  });

  it('the text of a plan has load balancer and port, the plan itself the ARN of the listener', async () => {
    const cloud = await simulated();
    const spec = specOver(cloud, "'ANY /a': t, 'ANY /b': t", { link: 'orders', access: 'allowlist: []' });
    const what = await planOf(cloud, spec);
    expect(planText(what)).toContain('target: orders-alb:80\n');
    expect(planText(what)).not.toContain('arn:');
    expect(JSON.stringify(what)).toContain(':listener/app/orders-alb/');
  });

  describe('the ports that an allowlist allows', () => {
    const billing = async (instances: readonly Readonly<Record<string, string>>[]) => {
      const cloud = await simulated();
      const { world, call, settle } = cloud;
      call('servicediscovery', 'CreateHttpNamespace', { Name: 'shop' });
      await settle();
      const [namespace] = call('servicediscovery', 'ListNamespaces', {}).Namespaces;
      const { Service } = call('servicediscovery', 'CreateService', { Name: 'billing', NamespaceId: namespace.Id });
      for (const [at, Attributes] of instances.entries())
        call('servicediscovery', 'RegisterInstance', { ServiceId: Service.Id, InstanceId: `i-${at}`, Attributes });
      await settle();
      const spec = (target: string, allowlist = '10.20.0.0/20') =>
        parseSpec(`
version: 1
project: shop
links:
  orders: { provider: aws, region: eu-west-1, subnets: [${world.subnetIds[0]}], allowlist: [${allowlist}] }
integrations:
  orders:
    link: orders
    gateway: { httpApi: ${world.gateway.id} }
    targets: { billing: ${target} }
    routes: { 'ANY /billing': billing }
`);
      return { cloud, spec, service: `{ service: '${Service.Arn}' }` };
    };
    const at = (port: string) => ({ AWS_INSTANCE_IPV4: '10.20.2.9', AWS_INSTANCE_PORT: port });
    const opened = ({ units }: Plan) =>
      units.flatMap((unit) =>
        unit.steps.flatMap(({ changes = [] }) =>
          changes.flatMap(({ field, to }) => (field === 'allowlist' ? (to as string[]) : field === 'entry' ? to : [])),
        ),
      );

    it.each<[string, readonly Readonly<Record<string, string>>[], string]>([
      ['no instance is registered', [], 'no instance is registered'],
      [
        'an instance has no port',
        [at('9000'), { AWS_INSTANCE_IPV4: '10.20.2.9' }],
        'its instance i-1 has no AWS_INSTANCE_PORT',
      ],
    ])('are all, with a note, where %s', async (_, instances, why) => {
      const { cloud, spec, service } = await billing(instances);
      const note = `the allowlist of link orders allows all TCP ports: the port of target billing is not known (${why}); write \`ports\` on its entries to allow fewer`;
      const first = await planOf(cloud, spec(service));
      expect([first.notes, opened(first)]).toEqual([[note], ['10.20.0.0/20 tcp all ports']]);
      await applied(cloud, spec(service), first);
      expect((await planOf(cloud, spec(service))).notes).not.toContain(note);
    });

    it('are those of the instances of a service', async () => {
      const { cloud, spec, service } = await billing([at('9000'), at('9001'), at('9000')]);
      const all = await planOf(cloud, spec(service));
      expect([all.notes, opened(all)]).toEqual([[], ['10.20.0.0/20 tcp 9000-9001']]);
      await applied(cloud, spec(service), all);
      expect(steps(await planOf(cloud, spec(service)))).toEqual([]);
    });

    it('are those that an entry names, and changing them changes only the rules', async () => {
      const { cloud, spec, service } = await billing([]);
      const named = (ports: string) => spec(service, `10.20.0.0/20, { cidr: 10.20.16.0/24, ports: [${ports}] }`);
      const only = (ports: string) => spec(service, `{ cidr: 10.20.16.0/24, ports: [${ports}] }`);
      const first = await planOf(cloud, named('443, 444, "8000-8100"'));
      expect(opened(first)).toEqual([
        '10.20.0.0/20 tcp all ports',
        '10.20.16.0/24 tcp 443-444',
        '10.20.16.0/24 tcp 8000-8100',
      ]);
      await applied(cloud, only('443'), await planOf(cloud, only('443')));
      const { notes, units } = await planOf(cloud, only('8443'));
      expect(notes).toEqual([]);
      expect(units.flatMap((unit) => unit.steps.map(({ kind, reason, changes }) => [kind, reason, changes]))).toEqual([
        ['allow', 'the allowlist lacks declared entries', [{ field: 'entry', to: '10.20.16.0/24 tcp 8443' }]],
        [
          'revoke',
          'the allowlist has entries that the spec does not list',
          [{ field: 'entry', from: '10.20.16.0/24 tcp 443' }],
        ],
      ]);
    });

    it('are those of the listener, for a load balancer', async () => {
      const { spec } = await billing([]);
      const listener = spec('{ listener: { loadBalancer: orders-alb, port: 80 } }');
      expect((await planOf(await simulated(), listener)).notes).toEqual([]);
    });
  });
});
