import type { AwsStage } from './aws/account.js';

type Row = Readonly<Record<string, any>>;

/** Applies remedies for security groups and network ACLs exactly as written: they must leave nothing to guess. */
export function follow(stage: AwsStage, remedies: string): void {
  const { ec2 } = stage;
  let done = 0;
  for (const [, way = '', GroupId = '', port = '', peer = ''] of remedies.matchAll(
    /Add an (in|out)bound rule to (sg-\w+): tcp (\d+) (?:from|to) (\S+)\./g,
  )) {
    const who = peer.startsWith('sg-')
      ? { UserIdGroupPairs: [{ GroupId: peer }] }
      : peer.startsWith('pl-')
        ? { PrefixListIds: [{ PrefixListId: peer }] }
        : { IpRanges: [{ CidrIp: peer }] };
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: Number(port), ToPort: Number(port), ...who }];
    ec2(`AuthorizeSecurityGroup${way === 'in' ? 'Ingress' : 'Egress'}`, { GroupId, IpPermissions });
    done += 1;
  }
  for (const [, entry = '', acl = '', to = ''] of remedies.matchAll(/Renumber entry (\d+) of (acl-\w+) to (\d+)/g)) {
    renumber(stage, acl, Number(entry), Number(to), remedies.includes(': outbound allow'));
    done += 1;
  }
  for (const [, NetworkAclId = '', before, way, first = '', last = first, CidrBlock = ''] of remedies.matchAll(
    /[Aa]dd an entry to (acl-\w+)(?: before (\d+))?: (in|out)bound allow tcp (\d+)(?:-(\d+))? (?:from|to) (\S+)\./g,
  )) {
    const taken = new Set(entriesOf(stage, NetworkAclId, way === 'out').map(({ RuleNumber }) => RuleNumber));
    let RuleNumber = before === undefined ? 32_766 : Number(before) - 1;
    while (taken.has(RuleNumber)) RuleNumber -= 1;
    ec2('CreateNetworkAclEntry', {
      NetworkAclId,
      RuleNumber,
      Egress: way === 'out',
      Protocol: '6',
      RuleAction: 'allow',
      PortRange: { From: Number(first), To: Number(last) },
      CidrBlock,
    });
    done += 1;
  }
  if (done === 0) throw new Error(`this cannot be followed: ${remedies}`);
}

function entriesOf({ ec2 }: AwsStage, id: string, egress: boolean): readonly Row[] {
  return ec2('DescribeNetworkAcls', { NetworkAclIds: [id] }).NetworkAcls[0].Entries.filter(
    ({ Egress }: Row) => Egress === egress,
  );
}

function renumber(stage: AwsStage, NetworkAclId: string, from: number, RuleNumber: number, Egress: boolean): void {
  const { ec2 } = stage;
  const entry = entriesOf(stage, NetworkAclId, Egress).find((one) => one['RuleNumber'] === from);
  ec2('DeleteNetworkAclEntry', { NetworkAclId, Egress, RuleNumber: from });
  ec2('CreateNetworkAclEntry', { ...entry, NetworkAclId, RuleNumber });
}
