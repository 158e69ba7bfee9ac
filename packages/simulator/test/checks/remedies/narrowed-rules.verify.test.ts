import type { Finding } from '@postern/core/internal/library';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../../../core/test/runs.js';
import { authorize, from, subnets, target, tcp } from '../aws/moves.js';
import { awsScene, awsStage, type AwsStage } from '../aws/account.js';
import { narrow } from './carry-aws.js';
import { callsUnder } from './calls.js';

const CHECKS = ['target/exposed', 'egress/wider'];

/** How the spec differs from what is live, so that calls come from more than what it declares. */
const EDITS = {
  none: () => undefined,
  'other subnets': (stage: AwsStage) => subnets(stage, stage.parts.subnets.b, stage.parts.subnets.spare),
  'a misspelt subnet': (stage: AwsStage) => stage.write(/subnets: \[[^,]+/, 'subnets: [{ name: privat-a }'),
  'other groups': (stage: AwsStage) =>
    stage.write(/securityGroups: \[\S+\]/, `securityGroups: [${stage.parts.groups.app}]`),
  'another port': (stage: AwsStage) => target(stage, 'listener: { loadBalancer: orders-alb, port: 8443 }'),
  'another link': (stage: AwsStage) => stage.write('    link: eu\n', '    link: hand\n'),
  'a second integration less': (stage: AwsStage) => stage.write(/ {2}more:\n(?: {4}.*\n)+/, ''),
} satisfies Record<string, (stage: AwsStage) => unknown>;

/** Rules that allow more than the calls need. */
const WIDE = {
  'every address, one port': tcp(443, from('0.0.0.0/0')),
  'every address, both ports': { IpProtocol: 'tcp', FromPort: 443, ToPort: 8443, ...from('0.0.0.0/0') },
  'the network, both ports': { IpProtocol: 'tcp', FromPort: 443, ToPort: 8443, ...from('10.20.0.0/16') },
  'the network, everything': { IpProtocol: '-1', ...from('10.20.0.0/16') },
  'a part of the network': tcp(443, from('10.20.0.0/22')),
};

/**
 * A second listener on port 8443; a second link without a group of its own; a route that takes it to port 8443. Then only blocks
 * admit the links, where `byBlocks` is set.
 */
async function setUp(stage: AwsStage, byBlocks: boolean): Promise<void> {
  const { elb, parts, admit, refuse, wait } = stage;
  elb('CreateListener', {
    LoadBalancerArn: parts.balancer,
    Protocol: 'HTTPS',
    Port: 8443,
    Certificates: [{ CertificateArn: parts.certificate }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: parts.targetGroup }],
  });
  const { a, b, spare } = parts.subnets;
  stage.write(
    'integrations:\n',
    `  hand: { provider: aws, region: eu-west-1, subnets: [${b}, ${spare}], securityGroups: [${parts.groups.app}] }\nintegrations:\n`,
  );
  stage.write(
    /$/,
    `  more:
    link: hand
    gateway: { httpApi: ${parts.api} }
    targets:
      more: { listener: { loadBalancer: orders-alb, port: 8443 }, tls: { serverName: orders.shop.example.com } }
    routes: { 'ANY /more': more }
`,
  );
  admit(parts.groups.balancer, tcp(8443, from('10.20.0.0/16')));
  if (byBlocks) {
    stage.write(/ {4}securityGroups: .*\n/, '');
    subnets(stage, a, b, spare);
    admit(parts.groups.balancer, tcp(443, from('10.20.0.0/16')));
    refuse(parts.groups.balancer, tcp(443, { UserIdGroupPairs: [{ GroupId: parts.groups.link }] }));
  }
  await stage.apply();
  authorize(stage, 'NONE');
  await wait();
}

describe('a remedy that narrows a security group loses no call', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  beforeAll(async () => {
    scene = await awsScene();
  });

  it('of live links and of declared ones, before and after `postern apply`', async () => {
    let carried = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])), {
          minLength: 1,
          maxLength: 2,
        }),
        fc.constantFrom(...Object.values(WIDE)),
        fc.boolean(),
        async (edits, rule, byBlocks) => {
          const stage = awsStage(scene);
          await setUp(stage, byBlocks);
          stage.admit(stage.parts.groups.balancer, { ...rule });
          for (const edit of edits) if (!(byBlocks && edit === 'other groups')) EDITS[edit](stage);
          const load = await callsUnder(stage.simulation, stage.parts.api, ['/orders', '/more']);
          const isWide = ({ check, verdict }: Finding) => CHECKS.includes(check) && verdict === 'fail';
          const carry = async (): Promise<void> => {
            const { findings } = await stage.report();
            for (const { remedy = '', subject } of findings.filter(isWide)) {
              narrow(stage, remedy);
              await load.expectNoneLost(`${subject}: ${remedy}`);
              carried += 1;
            }
          };
          await carry();
          if (!edits.includes('a misspelt subnet')) {
            await stage.apply();
            if (edits.includes('a second integration less')) load.drop('/more');
            await load.expectNoneLost('postern apply');
            await carry();
          }
          load.end();
        },
      ),
      { numRuns: runs(8, 80), seed: 7 },
    );
    expect(carried).toBeGreaterThan(5);
  });
});
