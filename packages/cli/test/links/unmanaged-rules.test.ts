import { describe, expect, it } from 'vitest';
import { cloud, folder, network, run, specOf } from '../run-command.js';

describe('rules of the group of an allowlist that Postern does not manage', () => {
  it('are shown in the plan, the list and the check', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const postern = (...argv: readonly string[]) => run(argv, { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(await postern('apply', '--yes')).toMatchObject({ status: 0 });
    expect((await postern('plan')).out).not.toContain('does not manage');
    const { ec2 } = server.simulation.clients('eu-west-1');
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
    const idOf = (name: RegExp): string =>
      SecurityGroups.find(({ GroupName = '', VpcId }) => name.test(GroupName) && VpcId === there.vpc)?.GroupId ?? '';
    const [own, other] = [idOf(/^postern-/), idOf(/^default$/)];
    await ec2.authorizeSecurityGroupEgress({
      GroupId: own,
      IpPermissions: [
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: other }] },
        { IpProtocol: 'icmp', FromPort: -1, ToPort: -1, IpRanges: [{ CidrIp: '10.9.0.0/16' }] },
      ],
    });
    const plan = await postern('plan');
    expect(plan.out).toMatch(new RegExp(`rules that Postern does not manage.*${other}`));
    expect(plan.out).toContain('10.9.0.0/16');
    const list = await postern('allow', 'main', '--list');
    expect(list.out).toMatch(new RegExp(`not managed by Postern: ${own} .*${other}`));
    const { unmanaged } = JSON.parse((await postern('allow', 'main', '--list', '--json')).out) as {
      readonly unmanaged: readonly string[];
    };
    expect(unmanaged).toHaveLength(2);
    const check = await postern('check', '--json');
    const { findings } = JSON.parse(check.out) as { readonly findings: readonly { check: string; message: string }[] };
    const finding = findings.find((one) => one.check === 'link/allowlist');
    expect(finding?.message).toContain('does not manage');
  });
});
