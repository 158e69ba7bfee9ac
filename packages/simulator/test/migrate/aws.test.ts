import { readPolicy } from '@postern/aws';
import { blockersOf, type MigrationReport } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { integration, secondLink } from './catalogue/aws.js';
import { openAws, validateAws as validate } from './aws-stages.js';
import { errorsOf } from './fault.js';

const said = (report: MigrationReport) =>
  errorsOf(report).map(({ verdict, check, subject }) => `${verdict} ${check} ${subject}`);

/** The scene has none of these resources. */
const EMPTY: ReadonlySet<string> = new Set([
  'peerings',
  'transitGateways',
  'virtualGateways',
  'endpoints',
  'endpointServices',
  'prefixLists',
  'services',
  'registrars',
]);

/** These reads decide nothing in the scene: the API is named and moved with its domain names, and one VPC has default settings. */
const DECIDES_NOTHING =
  /:(?:DescribeVpcs|DescribeVpcEncryptionControls|DescribeAvailabilityZones|DescribeLoadBalancerAttributes|ListServices) |\((?:Get(?:Rest)?Apis|GetClientCertificates|GetUsagePlans|GetDomainNames|GetApiMappings, GetBasePathMappings)\)$/;

const of = ({ findings }: MigrationReport, check: string) => findings.filter((one) => one.check === check);

describe('routes of an HTTP API from one link to another', () => {
  it('can move where the new link reaches what the old one reaches', async () => {
    const stage = await openAws();
    const { groups, subnets } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    const report = await validate(stage, to);
    expect(said(report)).toEqual([]);
    expect(report.impact).toEqual([
      {
        backend: 'orders-alb:443',
        old: ['10.20.0.0/24', '10.20.1.0/24'],
        new: ['10.20.0.0/24', '10.20.1.0/24'],
        entries: [],
      },
    ]);
    const owner = report.findings.find(({ check }) => check === 'migrate/owner');
    expect(owner?.evidence.map(({ text }) => text).join('\n')).toContain(`connection_id = "${to}"`);
    expect(stage.simulation.connects(to, { targetId: stage.parts.listener }).connects).toBe(true);
  });

  it('can move where a rule of the load balancer forwards their calls, and not where one answers them', async () => {
    const stage = await openAws();
    const { groups, subnets, listener, targetGroup } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    const rule = (Priority: number, path: string, action: object) =>
      stage.elb('CreateRule', {
        ListenerArn: listener,
        Priority,
        Conditions: [{ Field: 'path-pattern', Values: [path] }],
        Actions: [action],
      });
    const FixedResponseConfig = { StatusCode: '404' };
    rule(10, '/orders*', { Type: 'forward', TargetGroupArn: targetGroup });
    stage.elb('ModifyListener', {
      ListenerArn: listener,
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig }],
    });
    expect(said(await validate(stage, to))).toEqual([]);
    rule(5, '/o*', { Type: 'fixed-response', FixedResponseConfig });
    expect(said(await validate(stage, to))).toEqual([
      `fail path/load-balancer link ${to} → target orders-alb:443`,
      'fail target/answers target orders-alb:443, rule 5',
    ]);
  });

  it('cannot move where the load balancer does not allow the new group; the report names the rule', async () => {
    const stage = await openAws();
    const { groups, subnets, listener } = stage.parts;
    const to = await secondLink(stage, [groups.app], [subnets.a, subnets.spare]);
    const report = await validate(stage, to);
    expect(said(report)).toEqual([`fail path/security-group link ${to} → target orders-alb:443`]);
    expect(report.impact[0]?.entries.slice(0, 1)).toEqual([
      { form: 'security-group', where: groups.balancer, text: `in tcp 443 from ${groups.app}` },
    ]);
    expect(stage.simulation.connects(stage.link(), { targetId: listener }).connects).toBe(true);
    expect(stage.simulation.connects(to, { targetId: listener }).connects).toBe(false);
    stage.ec2('AuthorizeSecurityGroupIngress', {
      GroupId: groups.balancer,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: groups.app }] }],
    });
    expect(said(await validate(stage, to))).toEqual([]);
    expect(stage.simulation.connects(to, { targetId: listener }).connects).toBe(true);
  });

  it('can move where a zone is not covered, with a warning; calls come from the other zone only', async () => {
    const stage = await openAws();
    const { groups, subnets, listener } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a]);
    const report = await validate(stage, to);
    expect(said(report)).toEqual([]);
    const zoneOf = (id: string): string =>
      stage.ec2('DescribeSubnets', { SubnetIds: [id] }).Subnets[0].AvailabilityZoneId;
    const [a, b] = [zoneOf(subnets.a), zoneOf(subnets.b)];
    const [finding, ...others] = of(report, 'migrate/zones');
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      subject: `link ${to}, ${b}`,
      message: `${to} has no subnet in ${b}, where orders-alb:443 answers and ${stage.link()} has a subnet: calls reach it across zones, from ${a} only`,
    });
    expect(finding?.remedy).toMatch(new RegExp(`such as (?:${subnets.b}|${subnets.lbB}) \\(${b}\\)`));
    const zones = (link: string) => {
      const { connects, sources } = stage.simulation.connects(link, { targetId: listener });
      return [connects, ...new Set(sources.map(({ zoneId }) => zoneId))];
    };
    expect(zones(stage.link())).toEqual([true, a, b]);
    expect(zones(to)).toEqual([true, a]);
    const mended = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    expect(of(await validate(stage, mended), 'migrate/zones').map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it('can move where the quota of integrations is full, because the move needs none', async () => {
    const stage = await openAws();
    const { api } = stage.parts;
    const to = await secondLink(stage);
    const spare = Array.from({ length: 299 }, () => integration(stage, to));
    const report = await validate(stage, to);
    expect(said(report)).toEqual([]);
    const [finding] = of(report, 'migrate/quota');
    expect(finding).toMatchObject({ verdict: 'fail', severity: 'warning' });
    expect(finding?.evidence[0]?.text).toBe('300 of 300 integrations');
    const [unused = ''] = spare.filter((id) => finding?.remedy?.includes(id));
    stage.call('apigatewayv2', 'DeleteIntegration', { ApiId: api, IntegrationId: unused });
    expect(of(await validate(stage, to), 'migrate/quota')).toMatchObject([{ verdict: 'pass' }]);
    expect(integration(stage, to)).not.toBe('');
  });

  it('can move if the integration quota was not read and the default leaves room; it is unknown', async () => {
    const stage = await openAws();
    const { groups, subnets } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    stage.simulation.faults.add({ operation: 'ListServiceQuotas', kind: 'deny' });
    const report = await validate(stage, to);
    expect(blockersOf(report)).toEqual([]);
    expect(of(report, 'migrate/quota')).toMatchObject([
      {
        verdict: 'unknown',
        severity: 'warning',
        remedy:
          'Allow servicequotas:ListServiceQuotas for these credentials, then run the check again, with a new snapshot where it reads one.',
      },
    ]);
  });

  it.each(
    readPolicy
      .filter(({ fills }) => fills.length > 0 && !fills.every((list) => EMPTY.has(list)))
      .map(({ action, operations }) => [`${action} (${operations.join(', ')})`, operations] as const),
  )('without %s no check fails, and what depends on it is unknown', async (action, operations) => {
    const stage = await openAws();
    const { groups, subnets } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    for (const operation of operations) stage.simulation.faults.add({ operation, kind: 'deny' });
    const { findings } = await validate(stage, to);
    expect(findings.filter(({ verdict, severity }) => verdict === 'fail' && severity !== 'note')).toEqual([]);
    const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
    if (!DECIDES_NOTHING.test(action)) expect(unknown).not.toEqual([]);
    for (const { remedy } of unknown) expect(remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('accepts one route, and refuses a route that does not use the link, or a move to the same link', async () => {
    const stage = await openAws();
    const { groups, subnets } = stage.parts;
    const to = await secondLink(stage, [groups.link], [subnets.a, subnets.b]);
    expect(said(await validate(stage, to, 'ANY /orders'))).toEqual([]);
    await expect(validate(stage, to, 'GET /nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(validate(stage, stage.link())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
