import type { Impact } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import type { AwsStage } from '../checks/aws/account.js';
import { openAws, validateAws } from './aws-stages.js';
import { AWS_CATALOGUE, move } from './catalogue/aws.js';
import { errorsOf } from './fault.js';

const BY_LISTS = new Set(['path/security-group', 'path/network-acl', 'path/return']);
const MENDED = AWS_CATALOGUE.filter(
  ({ found, verdict }) => verdict === 'fail' && found.every((id) => BY_LISTS.has(id)),
);

/** Adds the entries of the impact table to the cloud's lists exactly as written; returns the number of lines. */
function addEntries({ ec2 }: AwsStage, impact: readonly Impact[]): number {
  const lines = impact.flatMap(({ entries }) =>
    entries.flatMap(({ form, where, text }) =>
      form === 'security-group' || form === 'network-acl' ? text.split('\n').map((line) => ({ where, line })) : [],
    ),
  );
  for (const { where, line } of lines) {
    const [, number, direction = '', ports = '', peer = ''] =
      /^(?:(\d+) )?(in|out) (?:allow )?tcp ([\d-]+) (?:from|to) (\S+)$/.exec(line) ?? expect.fail(`no entry: ${line}`);
    const [From = 0, To = From] = ports.split('-').map(Number);
    if (number === undefined) {
      const who = peer.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: peer }] } : { IpRanges: [{ CidrIp: peer }] };
      ec2(`AuthorizeSecurityGroup${direction === 'in' ? 'Ingress' : 'Egress'}`, {
        GroupId: where,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: From, ToPort: To, ...who }],
      });
    } else {
      ec2('CreateNetworkAclEntry', {
        NetworkAclId: where,
        RuleNumber: Number(number),
        Protocol: '6',
        RuleAction: 'allow',
        CidrBlock: peer,
        Egress: direction === 'out',
        PortRange: { From, To },
      });
    }
  }
  return lines.length;
}

describe('the entries of the impact table, on AWS', () => {
  it('are required by several faults', () => {
    expect(MENDED.length).toBeGreaterThanOrEqual(4);
  });

  it.each(MENDED.map((fault) => [fault.id, fault] as const))('%s: exactly these allow all calls', async (_, fault) => {
    const stage = await openAws();
    const to = await fault.plant(stage);
    const { impact } = await validateAws(stage, to, fault.route);
    expect(addEntries(stage, impact)).toBeGreaterThan(0);
    const after = await validateAws(stage, to, fault.route);
    expect(errorsOf(after).filter(({ check }) => check.startsWith('path/'))).toEqual([]);
    move(stage, to);
    const { connects, because } = stage.simulation.connects(to, { targetId: stage.parts.listener });
    expect(connects, because).toBe(true);
  });
});
