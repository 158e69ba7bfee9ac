import type { Report } from '@postern/core/internal/check';
import { beforeAll, describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { awsScene, awsStage, type AwsStage } from './aws/account.js';
import { from, tcp } from './aws/moves.js';
import { narrow } from './remedies/carry-aws.js';

const RANK = { pass: 0, unknown: 1, fail: 2 } as const;

/** Each finding that is worse than before, or new. */
function worsened(before: Report, after: Report): readonly string[] {
  const key = ({ check, subject, integration }: Report['findings'][number]) => `${check} ${integration} ${subject}`;
  const rank = new Map<string, number>();
  for (const one of before.findings) rank.set(key(one), Math.max(rank.get(key(one)) ?? 0, RANK[one.verdict]));
  return after.findings
    .filter((one) => RANK[one.verdict] > (rank.get(key(one)) ?? 0))
    .map((one) => `${key(one)}: ${one.message}`);
}

/** Adds a second link with its own group, which a route uses to the same load balancer. */
async function secondLink(stage: AwsStage): Promise<void> {
  const { ec2, parts, wait } = stage;
  const { GroupId } = ec2('CreateSecurityGroup', { VpcId: parts.vpc, GroupName: 'hand', Description: 'hand' });
  stage.admit(parts.groups.balancer, { ...tcp(443, {}), UserIdGroupPairs: [{ GroupId }] });
  stage.write(
    'integrations:\n',
    `  hand: { provider: aws, region: eu-west-1, subnets: [${parts.subnets.a}, ${parts.subnets.b}], securityGroups: [${GroupId}] }\nintegrations:\n`,
  );
  stage.write(
    /$/,
    `  more:
    link: hand
    gateway: { httpApi: ${parts.api} }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 443 }, tls: { serverName: orders.shop.example.com } }
    routes: { 'ANY /more': orders }
`,
  );
  await stage.apply();
  await wait();
}

/** Adds a Cloud Map service with one of the load balancer's machines, on another port. */
async function service(stage: AwsStage): Promise<void> {
  const { call, parts, wait } = stage;
  const map = (operation: string, input: object = {}) => call('servicediscovery', operation, { ...input });
  map('CreateHttpNamespace', { Name: 'places' });
  await wait();
  const { Service } = map('CreateService', { Name: 'billing', NamespaceId: map('ListNamespaces').Namespaces[0].Id });
  const Attributes = { AWS_INSTANCE_IPV4: parts.machines[0], AWS_INSTANCE_PORT: '9000' };
  map('RegisterInstance', { ServiceId: Service.Id, InstanceId: 'one', Attributes });
  await wait();
  stage.admit(parts.groups.app, { ...tcp(9000, {}), UserIdGroupPairs: [{ GroupId: parts.groups.link }] });
  stage.write(
    /( {4}routes: \{ 'ANY \/orders': orders)/,
    `      billing: { service: '${Service.Arn}' }\n$1, 'ANY /billing': billing`,
  );
  await stage.apply();
}

describe('remedies that narrow a security group', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  beforeAll(async () => {
    scene = await awsScene();
  });

  const rows: readonly [string, (stage: AwsStage) => Promise<void>, 'balancer' | 'app', object][] = [
    ['two links on one load balancer, every address', secondLink, 'balancer', tcp(443, from('0.0.0.0/0'))],
    ['two links on one load balancer, the whole network', secondLink, 'balancer', tcp(443, from('10.20.0.0/16'))],
    ["a service behind a load balancer's targets, every address", service, 'app', tcp(9000, from('0.0.0.0/0'))],
    ["a service behind a load balancer's targets, the whole network", service, 'app', tcp(9000, from('10.20.0.0/16'))],
    [
      "a service behind a load balancer's targets, more ports",
      service,
      'app',
      { IpProtocol: 'tcp', FromPort: 8000, ToPort: 9100, ...from('10.20.0.0/16') },
    ],
  ];
  it.each(sample(rows, 3))(
    '%s: each remedy clears its finding and makes no other worse',
    async (_, setting, group, rule) => {
      const stage = awsStage(scene);
      await setting(stage);
      expect((await stage.report()).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      // The declared callers alone cause no finding.
      for (const check of ['egress/wider', 'target/exposed']) {
        expect(
          (await stage.say(check)).filter(({ verdict }) => verdict !== 'pass'),
          check,
        ).toEqual([]);
      }
      stage.admit(stage.parts.groups[group], { ...rule });
      const before = await stage.report();
      const wide = before.findings.filter(
        ({ check, verdict }) => verdict === 'fail' && (check === 'egress/wider' || check === 'target/exposed'),
      );
      expect(wide.length).toBeGreaterThan(1);
      for (const { check, subject, integration, remedy = '' } of wide) {
        const copy = awsStage({ ...scene, world: stage.simulation.world(), spec: stage.spec });
        narrow(copy, remedy);
        const after = await copy.report();
        expect(worsened(before, after), remedy).toEqual([]);
        const left = after.findings.filter(
          (one) =>
            one.verdict === 'fail' && one.check === check && one.subject === subject && one.integration === integration,
        );
        expect(left, remedy).toEqual([]);
      }
    },
  );
});
