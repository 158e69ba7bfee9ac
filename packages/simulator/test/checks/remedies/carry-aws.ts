import type { AwsStage } from '../aws/account.js';

const RULES =
  /(?:Narrow|narrow) (?:this rule|these rules) of (sg-\w+) to (.*)\.$|(?:Restrict|restrict) the inbound rules of (sg-\w+) to (.*), or ignore/;

/** Replaces all inbound rules of a group by those that a remedy names. */
export function narrow({ ec2 }: AwsStage, remedy: string): void {
  const [, first, text, second, other] = RULES.exec(remedy) ?? [];
  const GroupId = first ?? second;
  if (GroupId === undefined) throw new Error(`this cannot be followed: ${remedy}`);
  const parts = (text ?? other ?? '').split(', and ').map((part) => {
    const [, port, peers] = /^tcp (\d+) from (.*)$/.exec(part) ?? [];
    if (peers === undefined) throw new Error(`this cannot be followed: ${part}`);
    return { port: Number(port), peers: peers.split(' and ') };
  });
  const [group] = ec2('DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups;
  ec2('RevokeSecurityGroupIngress', { GroupId, IpPermissions: group.IpPermissions });
  for (const { port, peers } of parts) {
    for (const peer of peers) {
      const who = peer.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: peer }] } : { IpRanges: [{ CidrIp: peer }] };
      ec2('AuthorizeSecurityGroupIngress', {
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...who }],
      });
    }
  }
}
