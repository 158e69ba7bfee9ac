import type { Impact, ImpactEntry } from '@postern/core/internal/moves';
import { expect } from 'vitest';
import type { Stage } from './scene.js';

type Fields = Readonly<Record<string, unknown>>;

/** Adds the entries of the impact table to the cloud's lists exactly as written; returns the number of lines. */
export function addEntries(stage: Stage, impact: readonly Impact[]): number {
  const lines = new Set(
    impact.flatMap(({ entries }) =>
      entries.flatMap(({ form, where, text }) => text.split('\n').map((line) => JSON.stringify([form, where, line]))),
    ),
  );
  let added = 0;
  for (const key of lines) {
    const [form, where, line] = JSON.parse(key) as [ImpactEntry['form'], string, string];
    const add = { 'security-group': addRule, 'network-acl': addAclEntry, 'access-control-list': addListEntry };
    if (!(form in add)) continue;
    add[form as keyof typeof add](stage, where, line);
    added += 1;
  }
  return added;
}

/** `in tcp 8080 from 10.10.0.0/24, priority 1`; `change in drop tcp 8080 from 10.10.1.0/24, priority 1 (sgr-1) to priority 2`. */
function addRule({ call }: Stage, SecurityGroupId: string, line: string): void {
  const [, yields, direction = '', drop, port = '', peer = '', priority = '', , to] =
    /^(change )?(in|out) (drop )?tcp (\d+) (?:from|to) (\S+), priority (\d+)( \(\S+\) to priority (\d+))?$/.exec(
      line,
    ) ?? expect.fail(`no rule: ${line}`);
  const way = direction === 'in' ? '' : 'Egress';
  const of = (Priority: string): Fields => ({
    IpProtocol: 'TCP',
    PortRange: `${port}/${port}`,
    Policy: drop === undefined ? 'Accept' : 'Drop',
    Priority,
    [direction === 'in' ? 'SourceCidrIp' : 'DestCidrIp']: peer,
  });
  if (yields !== undefined) {
    call('Ecs', `RevokeSecurityGroup${way}`, { SecurityGroupId, Permissions: [of(priority)] });
  }
  call('Ecs', `AuthorizeSecurityGroup${way}`, { SecurityGroupId, Permissions: [of(to ?? priority)] });
}

/** `1 in allow tcp 8080 from 10.10.0.0/24`: it gets this position in the order. */
function addAclEntry({ call }: Stage, NetworkAclId: string, line: string): void {
  const [, place = '', direction = '', ports = '', peer = ''] =
    /^(\d+) (in|out) allow tcp ([\d-]+) (?:from|to) (\S+)$/.exec(line) ?? expect.fail(`no entry: ${line}`);
  const [first = '', last = first] = ports.split('-');
  const { NetworkAclAttribute: acl } = call('Vpc', 'DescribeNetworkAclAttributes', { NetworkAclId });
  const isIn = direction === 'in';
  const own: readonly Fields[] = isIn ? acl.IngressAclEntries.IngressAclEntry : acl.EgressAclEntries.EgressAclEntry;
  const block = isIn ? 'SourceCidrIp' : 'DestinationCidrIp';
  const kept = own.map(({ Policy, Port, Protocol, [block]: cidr }) => ({ Policy, Port, Protocol, [block]: cidr }));
  const made = { Policy: 'accept', Port: `${first}/${last}`, Protocol: 'tcp', [block]: peer };
  call('Vpc', 'UpdateNetworkAclEntries', {
    NetworkAclId,
    [isIn ? 'UpdateIngressAclEntries' : 'UpdateEgressAclEntries']: true,
    [isIn ? 'IngressAclEntries' : 'EgressAclEntries']: kept.toSpliced(Number(place) - 1, 0, made),
  });
}

/** `10.10.0.0/24`; `remove 10.10.0.0/24`. */
function addListEntry({ call }: Stage, AclId: string, line: string): void {
  const [, removes, entry] = /^(remove )?([\d./]+)$/.exec(line) ?? expect.fail(`no block: ${line}`);
  call('Slb', `${removes === undefined ? 'Add' : 'Remove'}AccessControlListEntry`, {
    AclId,
    AclEntrys: JSON.stringify([{ entry }]),
  });
}
