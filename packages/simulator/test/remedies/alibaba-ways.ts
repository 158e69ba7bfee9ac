import type { AlibabaCallTarget, Simulation } from '../../src/internal/simulation.js';
import type { AlibabaStage } from '../checks/alibaba/account.js';
import { follow, removeDrops } from '../checks/follow-alibaba.js';
import { listed, unlessGone, unlessThere, type Row, type Way } from './way.js';

const region = 'cn-hangzhou';

const call = (account: Simulation, product: AlibabaCallTarget['product'], action: string, input: Row): any =>
  account.callAlibaba({ product, action, region }, input);

const stageOf = (account: Simulation): AlibabaStage =>
  ({ call: (product, action, input) => call(account, product, action, input) }) as AlibabaStage;

/** Rules and entries as the shows of checks follow them. */
const byShow: Way['follow'] = (account, [sentence = '']) => unlessThere(() => follow(stageOf(account), sentence));

function admit(account: Simulation, [SecurityGroupId = '', port = '', peers = '']: readonly string[]): void {
  for (const peer of listed(peers)) {
    const who = peer.startsWith('sg-') ? { SourceGroupId: peer } : { SourceCidrIp: peer };
    const Permissions = [{ IpProtocol: 'TCP', PortRange: `${port}/${port}`, Policy: 'accept', ...who }];
    unlessThere(() => call(account, 'Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId, Permissions }));
  }
}

function putIn(account: Simulation, [blocks = '', AclId = '']: readonly string[]): void {
  for (const entry of listed(blocks)) {
    const AclEntrys = JSON.stringify([{ entry }]);
    unlessThere(() => call(account, 'Slb', 'AddAccessControlListEntry', { AclId, AclEntrys }));
  }
}

function takeOut(account: Simulation, AclId: string, gone: (entry: string) => boolean): void {
  const { AclEntrys } = call(account, 'Slb', 'DescribeAccessControlListAttribute', { AclId });
  const entries = (AclEntrys?.AclEntry ?? [])
    .map(({ AclEntryIP }: Row) => AclEntryIP)
    .filter((entry: string) => gone(entry));
  for (const entry of entries) {
    call(account, 'Slb', 'RemoveAccessControlListEntry', { AclId, AclEntrys: JSON.stringify([{ entry }]) });
  }
}

/** Whether an IPv4 block and another one have an address in common. */
function overlap(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => {
    const [host = '', bits = '32'] = text.split('/');
    const start = host.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return { start, size: 2 ** (32 - Number(bits)) };
  });
  return x !== undefined && y !== undefined && x.start < y.start + y.size && y.start < x.start + x.size;
}

/** Starts the listener on a port, whatever its protocol. */
function start(account: Simulation, [port = '', LoadBalancerId = '']: readonly string[]): void {
  call(account, 'Slb', 'StartLoadBalancerListener', { LoadBalancerId, ListenerPort: Number(port) });
}

function weigh(account: Simulation, [servers = '', LoadBalancerId = '']: readonly string[]): void {
  const BackendServers = servers.split(' or ').map((ServerId) => ({ ServerId, Weight: '100' }));
  call(account, 'Slb', 'SetBackendServers', { LoadBalancerId, BackendServers: JSON.stringify(BackendServers) });
}

function startMachines(account: Simulation, [ids = '']: readonly string[]): void {
  for (const InstanceId of listed(ids)) call(account, 'Ecs', 'StartInstance', { InstanceId });
}

/** What `postern revoke` does: it removes the block from the instance. */
function leaveOut(account: Simulation, [block = '']: readonly string[]): void {
  const { Instances } = call(account, 'CloudAPI', 'DescribeInstances', {});
  for (const { InstanceId, ConnectVpcId, UserVpcId } of Instances.InstanceAttribute) {
    if ((ConnectVpcId ?? UserVpcId) === undefined) continue;
    call(account, 'CloudAPI', 'ModifyInstanceAttribute', { InstanceId, DeleteVpcIpBlock: block, Token: `no ${block}` });
  }
}

function removeRules(account: Simulation, [rules = '']: readonly string[]): void {
  for (const [, rule = '', SecurityGroupId = ''] of rules.matchAll(/(sgr-\w+) of (sg-\w+)/g)) {
    call(account, 'Ecs', 'RevokeSecurityGroup', { SecurityGroupId, SecurityGroupRuleId: [rule] });
  }
}

/**
 * Remedies of Alibaba Cloud that a program can do as written. If one names two options, the one that needs no choice.
 */
export const ALIBABA_WAYS: readonly Way[] = [
  {
    pattern: /(Add an (?:in|out)bound rule to sg-\w+: tcp \d+ (?:from|to) \S+?(?: with priority \d+)?\.)(?=\s|$)/g,
    follow: byShow,
  },
  {
    pattern: /(Add an entry to nacl-\w+(?: before \d+)?: (?:in|out)bound allow tcp [\d-]+ (?:from|to) \S+?\.)(?=\s|$)/g,
    follow: byShow,
  },
  { pattern: /Add ((?:[\d./]+(?: and )?)+) to (acl-\w+)\./g, follow: putIn },
  { pattern: /[Aa]dd to (sg-\w+) an inbound rule that allows tcp (\d+) from ([^;,]+?)(?:,|\.$)/g, follow: admit },
  {
    pattern:
      /(Remove \S+ from sg-\w+, or (?:give it priority 2 and )?allow tcp \d+ (?:from|to) \S+ with priority \d+[.:])/g,
    follow: (account, [sentence = '']) => unlessGone(() => removeDrops(stageOf(account), sentence)),
  },
  { pattern: /Remove the rules? (.*?) that drops? these calls/g, follow: removeRules },
  {
    pattern: /Remove (?:what holds|the entries that contain) (\S+) from (acl-\w+)\./g,
    follow: (account, [block = '', id = '']) => takeOut(account, id, (entry) => overlap(entry, block)),
  },
  {
    pattern: /Remove ((?:[\d./]+(?:,? and |, )?)+) from (acl-\w+)\./g,
    follow: (account, [blocks = '', id = '']) => takeOut(account, id, (entry) => listed(blocks).includes(entry)),
  },
  { pattern: /Start the listener on port (\d+) of (lb-\w+)/g, follow: start },
  {
    pattern: /(?:Bring|Restore) (lb-\w+) (?:(?:in)?to the state active|back to work)/g,
    follow: (account, [LoadBalancerId = '']) =>
      call(account, 'Slb', 'SetLoadBalancerStatus', { LoadBalancerId, LoadBalancerStatus: 'active' }),
  },
  { pattern: /Set a weight above 0 for ((?:i-\w+(?: or )?)+) in (lb-\w+):\d+/g, follow: weigh },
  { pattern: /Start ((?:i-\w+(?:, (?=i-))?)+)/g, follow: startMachines },
  { pattern: /`postern revoke \w+ (\S+?)(?: --revoke-needed)?`/g, follow: leaveOut },
];
