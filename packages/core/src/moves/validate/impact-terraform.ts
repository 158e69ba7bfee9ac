import type { Wanted } from '../../check/path/model/wanted.js';

/** Collects the resources of one backend. */
export interface Terraform {
  readonly rule: (wanted: Extract<Wanted, { list: 'security-group' }>) => void;
  readonly aclEntry: (wanted: Extract<Wanted, { list: 'network-acl' }>, number: number | undefined) => void;
  /** An entry of a CLB's access control list. */
  readonly listEntry: (list: string, block: string) => void;
  /** An edit that no separate resource can express. */
  readonly note: (text: string) => void;
  /** Empty if there is nothing to declare. */
  readonly text: () => string;
}

type Members = readonly (readonly [name: string, value: string | number | boolean])[];

/**
 * Terraform for a whole table: resources are named by list, port and block, so that those of all backends
 * can be pasted into one file. A resource that an earlier backend already has is only named.
 * @see https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/security_group_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_ingress_rule
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/network_acl_rule
 */
export function terraformOf(provider: string): (backend: string) => Terraform {
  const owners = new Map<string, string>();
  return (backend) => {
    const parts = new Set<string>();
    const note = (text: string): void => {
      parts.add(
        text
          .split('\n')
          .map((line) => `# ${line}`)
          .join('\n'),
      );
    };
    const add = (type: string, called: readonly (string | number)[], members: Members): void => {
      // Types of other clouds are not known.
      if (provider !== 'aws' && provider !== 'alibaba') return;
      const name = called.join('_').replaceAll(/\W/g, '_');
      const owner = owners.get(`${type} ${name}`);
      owners.set(`${type} ${name}`, owner ?? backend);
      if (owner !== undefined && owner !== backend) note(`${type}.${name} is declared with ${owner}`);
      else parts.add(resource(type, name, members));
    };
    return {
      rule: ({ id, direction, port, peer, priority = 1 }) => {
        const isGroup = peer.startsWith('sg-');
        const called = [id, direction, port, peer];
        if (provider === 'aws') {
          add(`aws_vpc_security_group_${direction === 'in' ? 'ingress' : 'egress'}_rule`, called, [
            ['security_group_id', id],
            ['ip_protocol', 'tcp'],
            ['from_port', port],
            ['to_port', port],
            [isGroup ? 'referenced_security_group_id' : peer.includes(':') ? 'cidr_ipv6' : 'cidr_ipv4', peer],
          ]);
        } else {
          add('alicloud_security_group_rule', called, [
            ['security_group_id', id],
            ['type', direction === 'in' ? 'ingress' : 'egress'],
            ['nic_type', 'intranet'],
            ['policy', 'accept'],
            ['priority', priority],
            ['ip_protocol', 'tcp'],
            ['port_range', `${port}/${port}`],
            [isGroup ? 'source_security_group_id' : peer.includes(':') ? 'ipv6_cidr_ip' : 'cidr_ip', peer],
          ]);
        }
      },
      aclEntry: ({ acl, direction, ports: [first, last], peer, before }, number) => {
        if (provider === 'aws' && number !== undefined) {
          add(
            'aws_network_acl_rule',
            [acl.id, direction, first, peer],
            [
              ['network_acl_id', acl.id],
              ['rule_number', number],
              ['egress', direction === 'out'],
              ['protocol', 'tcp'],
              ['rule_action', 'allow'],
              [peer.includes(':') ? 'ipv6_cidr_block' : 'cidr_block', peer],
              ['from_port', first],
              ['to_port', last],
            ],
          );
          return;
        }
        if (provider === 'aws') {
          note(`${acl.id} has no free number before ${before ?? LAST}: renumber its entries first`);
          return;
        }
        // Entries are blocks of the list's own resource, in their order.
        const [way, end] = direction === 'in' ? ['ingress', 'source'] : ['egress', 'destination'];
        const members: Members = [
          ['policy', 'accept'],
          ['protocol', 'tcp'],
          ['port', `${first}/${last}`],
          [`${end}_cidr_ip`, peer],
        ];
        note(
          `in the alicloud_network_acl of ${acl.id}, as entry ${number ?? 1} of ${way}_acl_entries:\n${way}_acl_entries {\n${lines(members)}\n}`,
        );
      },
      listEntry: (list, block) => {
        add(
          'alicloud_slb_acl_entry_attachment',
          [list, block],
          [
            ['acl_id', list],
            ['entry', block],
          ],
        );
      },
      note,
      text: () => [...parts].join('\n'),
    };
  };
}

const LAST = 'the entry that denies all';

function resource(type: string, name: string, members: Members): string {
  return `resource "${type}" "${name}" {\n${lines(members)}\n}`;
}

function lines(members: Members): string {
  const width = Math.max(...members.map(([name]) => name.length));
  return members.map(([name, value]) => `  ${name.padEnd(width)} = ${JSON.stringify(value)}`).join('\n');
}
