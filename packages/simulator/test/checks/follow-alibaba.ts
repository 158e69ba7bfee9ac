import type { AlibabaStage } from './alibaba/account.js';

type Row = Readonly<Record<string, any>>;

/** The form of a call in a remedy: `tcp 8080 from 10.10.0.0/24`. */
interface Traffic {
  readonly way: string;
  readonly ports: string;
  readonly block: string;
}

/** Applies remedies for security groups, network ACLs and access control lists exactly as written. */
export function follow(stage: AlibabaStage, remedies: string): void {
  let done = 0;
  for (const [, way = '', group = '', ports = '', block = '', priority] of remedies.matchAll(
    /Add an (in|out)bound rule to (sg-\w+): tcp (\d+) (?:from|to) (\S+?)(?: with priority (\d+))?\.(?:\s|$)/g,
  )) {
    authorize(stage, group, { way, ports, block }, priority);
    done += 1;
  }
  for (const [, acl = '', at, way = '', ports = '', block = ''] of remedies.matchAll(
    /Add an entry to (nacl-\w+)(?: before (\d+))?: (in|out)bound allow tcp ([\d-]+) (?:from|to) (\S+)\./g,
  )) {
    insert(stage, acl, at, { way, ports, block });
    done += 1;
  }
  for (const [, block = '', AclId = ''] of remedies.matchAll(/Add (\S+) to (acl-\w+)\./g)) {
    stage.call('Slb', 'AddAccessControlListEntry', { AclId, AclEntrys: JSON.stringify([{ entry: block }]) });
    done += 1;
  }
  if (done === 0) throw new Error(`this cannot be followed: ${remedies}`);
}

const DROP =
  /Remove (\S+) from (sg-\w+), or (give it priority 2 and )?allow tcp (\d+) (from|to) (\S+) with priority (\d+)[.:]/g;

/** Removes the drops: the first option in their remedies. */
export function removeDrops(stage: AlibabaStage, remedies: string): void {
  const gone = new Set<string>();
  for (const [, rule = '', group = '', , , word] of remedies.matchAll(DROP)) {
    if (!gone.has(rule)) revoke(stage, group, rule, word);
    gone.add(rule);
  }
}

/** Allows the calls before the drops: the second option. */
export function goBefore(stage: AlibabaStage, remedies: string): void {
  for (const [, id = '', group = '', yields, ports = '', word, block = '', priority] of remedies.matchAll(DROP)) {
    const own = rules(stage, group).find((one) => one['SecurityGroupRuleId'] === id);
    if (yields !== undefined && own !== undefined) {
      revoke(stage, group, id, word);
      const { IpProtocol, PortRange, Policy, SourceCidrIp, DestCidrIp } = own;
      const of = word === 'from' ? { SourceCidrIp } : { DestCidrIp };
      call(stage, group, word, { IpProtocol, PortRange, Policy, ...of, Priority: '2' });
    }
    authorize(stage, group, { way: word === 'from' ? 'in' : 'out', ports, block }, priority);
  }
}

function rules({ call: ask }: AlibabaStage, SecurityGroupId: string): readonly Row[] {
  return ask('Ecs', 'DescribeSecurityGroupAttribute', { SecurityGroupId }).Permissions.Permission;
}

function revoke(stage: AlibabaStage, SecurityGroupId: string, rule: string, word = ''): void {
  const action = word === 'from' ? 'RevokeSecurityGroup' : 'RevokeSecurityGroupEgress';
  stage.call('Ecs', action, { SecurityGroupId, SecurityGroupRuleId: [rule] });
}

function authorize(stage: AlibabaStage, group: string, { way, ports, block }: Traffic, Priority?: string): void {
  const word = way === 'in' ? 'from' : 'to';
  const of = way === 'in' ? { SourceCidrIp: block } : { DestCidrIp: block };
  const first = { IpProtocol: 'TCP', PortRange: `${ports}/${ports}`, Policy: 'accept', ...of };
  call(stage, group, word, { ...first, ...(Priority === undefined ? {} : { Priority }) });
}

function call(stage: AlibabaStage, SecurityGroupId: string, word: string | undefined, permission: Row): void {
  const action = word === 'from' ? 'AuthorizeSecurityGroup' : 'AuthorizeSecurityGroupEgress';
  stage.call('Ecs', action, { SecurityGroupId, Permissions: [permission] });
}

/** Entries have no numbers: `before 2` is before the second one. */
function insert(stage: AlibabaStage, NetworkAclId: string, at: string | undefined, { way, ports, block }: Traffic) {
  const { NetworkAclAttribute: now } = stage.call('Vpc', 'DescribeNetworkAclAttributes', { NetworkAclId });
  const [first = '', last = first] = ports.split('-');
  const made = { Policy: 'accept', Protocol: 'tcp', Port: `${first}/${last}` };
  const before = (list: readonly Row[], entry: Row): readonly Row[] =>
    at === undefined ? [...list, entry] : list.toSpliced(Number(at) - 1, 0, entry);
  stage.call(
    'Vpc',
    'UpdateNetworkAclEntries',
    way === 'in'
      ? {
          NetworkAclId,
          UpdateIngressAclEntries: true,
          IngressAclEntries: before(now.IngressAclEntries.IngressAclEntry, { ...made, SourceCidrIp: block }),
        }
      : {
          NetworkAclId,
          UpdateEgressAclEntries: true,
          EgressAclEntries: before(now.EgressAclEntries.EgressAclEntry, { ...made, DestinationCidrIp: block }),
        },
  );
}
