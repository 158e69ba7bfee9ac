import { closeBlock } from './alibaba/moves.js';
import type { AlibabaStage } from './alibaba/account.js';
import { allow } from './aws/moves.js';
import type { AwsStage } from './aws/account.js';
import { edit } from './show.js';

/** An unusual or faulty state of an account while a permission is missing. */
export type Situation<T> = readonly [name: string, change: (stage: T) => unknown];

const AGENT = ['10.20.0.0/24', '10.20.1.0/24'];

/** The link gets a group that Postern owns and the spec does not name: its allowlist. */
async function withAllowlist(stage: AwsStage): Promise<void> {
  const { parts, admit } = stage;
  allow(stage, '10.20.10.0/24', '10.20.11.0/24');
  const IpRanges = AGENT.map((CidrIp) => ({ CidrIp }));
  admit(parts.groups.balancer, { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges });
  await stage.apply();
}

/** All rules are removed from the group that contains the allowlist. */
function revoke({ ec2, call, link }: AwsStage): void {
  const [GroupId] = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: link() }).SecurityGroupIds;
  const [group] = ec2('DescribeSecurityGroups', { GroupIds: [GroupId] }).SecurityGroups;
  for (const permission of group.IpPermissionsEgress) {
    ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: [permission] });
  }
}

function fail({ simulation, link }: AwsStage): void {
  const id = link();
  const to = { VpcLinkStatus: 'FAILED', VpcLinkStatusMessage: 'no address was free' };
  edit(simulation, (row) => row['VpcLinkId'] === id && row['VpcLinkStatus'] !== undefined, to);
}

/** The spec refers to subnets and groups by names. */
function named({ ec2, parts, write }: AwsStage): void {
  const name = (id: string, Value: string): void => {
    ec2('CreateTags', { Resources: [id], Tags: [{ Key: 'Name', Value }] });
  };
  name(parts.subnets.a, 'link-a');
  name(parts.subnets.b, 'link-b');
  write(/subnets: \[[^\]]*\]/, 'subnets: [{ name: link-a }, { name: link-b }]');
  write(/securityGroups: \[[^\]]*\]/, 'securityGroups: [{ name: link }]');
}

/** Of the simulated AWS. */
export const AWS_SITUATIONS: readonly Situation<AwsStage>[] = [
  ['a link that works', () => undefined],
  ['an allowlist', withAllowlist],
  [
    'an allowlist whose rule was deleted',
    async (stage) => {
      await withAllowlist(stage);
      revoke(stage);
    },
  ],
  [
    'an allowlist, and a link that failed',
    async (stage) => {
      await withAllowlist(stage);
      fail(stage);
    },
  ],
  ['a link that failed', fail],
  ['an INACTIVE link', ({ simulation }) => simulation.advance(61 * 86_400_000)],
  [
    'a failed link by names',
    (stage) => {
      named(stage);
      fail(stage);
    },
  ],
  [
    'a group without rules, by names',
    (stage) => {
      named(stage);
      const { ec2, parts } = stage;
      const [group] = ec2('DescribeSecurityGroups', { GroupIds: [parts.groups.link] }).SecurityGroups;
      const IpPermissions = group.IpPermissionsEgress;
      ec2('RevokeSecurityGroupEgress', { GroupId: parts.groups.link, IpPermissions });
    },
  ],
  [
    'a failed link of another owner, by its name',
    (stage) => {
      fail(stage);
      stage.write(/ {4}subnets: .*\n {4}securityGroups: .*\n/, '    name: eu\n    owner: external\n');
    },
  ],
  [
    'a link that cannot be created: a full subnet, a full quota, a listener that does not exist',
    ({ simulation, parts, write }) => {
      edit(simulation, ({ id }) => id === parts.subnets.spare, { freeAddresses: 0 });
      write(/subnets: \[[^\]]*\]/, `subnets: [${parts.subnets.spare}]`);
      write('port: 443', 'port: 444');
    },
  ],
  [
    'a network ACL that denies calls, and a blackhole',
    ({ ec2, parts }) => {
      const NetworkAclId = parts.aclId;
      const deny = {
        NetworkAclId,
        RuleNumber: 1,
        Protocol: '6',
        RuleAction: 'deny',
        PortRange: { From: 443, To: 443 },
      };
      ec2('CreateNetworkAclEntry', { ...deny, Egress: false, CidrBlock: '10.20.0.0/24' });
    },
  ],
];

/** Of the simulated Alibaba Cloud. */
export const ALIBABA_SITUATIONS: readonly Situation<AlibabaStage>[] = [
  ['an instance that works', () => undefined],
  ['the block of the backends is not accessible', closeBlock],
  [
    'an instance that failed',
    ({ simulation, link }) => {
      const id = link();
      edit(simulation, (row) => row['id'] === id && row['status'] !== undefined, { status: 'CREATE_FAILED' });
    },
  ],
  [
    'the block is not accessible, by names',
    async (stage) => {
      const { call, parts, write } = stage;
      const name = (VSwitchId: string, VSwitchName: string): void => {
        call('Vpc', 'ModifyVSwitchAttribute', { VSwitchId, VSwitchName });
      };
      name(parts.vswitches.j, 'link-j');
      name(parts.vswitches.k, 'link-k');
      write(/subnets: \[[^\]]*\]/, 'subnets: [{ name: link-j }, { name: link-k }]');
      write(/securityGroups: \[[^\]]*\]/, 'securityGroups: [{ name: shop }]');
      await closeBlock(stage);
    },
  ],
  [
    'the block is not accessible, of an instance by its id',
    async (stage) => {
      stage.write(/ {4}subnets: [\s\S]*? {4}spec: .*\n/, `    id: ${stage.link()}\n`);
      await closeBlock(stage);
    },
  ],
  [
    'a conventional instance, which the access control list denies',
    ({ call, write, wait }) => {
      const zones = call('CloudAPI', 'DescribeZones', {}).Zones.Zone;
      const { ZoneId } = zones.find((one: any) => one.ZoneId.includes('MAZ'));
      const { InstanceId } = call('CloudAPI', 'CreateInstance', {
        InstanceName: 'old',
        InstanceSpec: 'api.s1.small',
        InstanceType: 'normal',
        HttpsPolicy: 'HTTPS2_TLS1_2',
        ChargeType: 'PostPaid',
        ZoneId,
        Token: 'old',
      });
      write(/ {4}subnets: [\s\S]*? {4}spec: .*\n/, `    id: ${InstanceId}\n`);
      return wait();
    },
  ],
];
