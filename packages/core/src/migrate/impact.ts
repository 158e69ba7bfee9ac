import { listsOfBackend, type BackendLists } from './impact-groups.js';
import { sourceOf } from '../checks/words/source.js';
import type { LinkView } from '../checks/check.js';
import type { Impact, ImpactEntry } from './migration.js';
import type { MigrationInput } from './migration-input.js';

/** What a move changes for each backend: where calls come from before and after, and the entries to add, ready to paste. */
export function impactOf(input: MigrationInput): readonly Impact[] {
  const next = blocksOf(input.to);
  const old = input.from === undefined ? [] : blocksOf(input.from);
  const added = next.filter((block) => !old.includes(block));
  return input.future.targets.map((view) => {
    const { ref } = view.spec;
    const at =
      'instance' in ref ? `${ref.instance}:${ref.port}` : 'address' in ref ? `${ref.address}:${ref.port}` : undefined;
    return {
      backend: at === undefined || at === view.name ? view.name : `${at} (${view.name})`,
      old,
      new: next,
      entries: added.length === 0 ? [] : entries(input, view, added),
    };
  });
}

function blocksOf(link: LinkView): readonly string[] {
  return [...new Set(sourceOf(link).blocks.map(({ text }) => text))].toSorted();
}

function entries(
  input: MigrationInput,
  view: MigrationInput['future']['targets'][number],
  added: readonly string[],
): readonly ImpactEntry[] {
  const lists = listsOfBackend(input.future, view, added);
  const { port, securityGroups, accessLists } = lists;
  const ports = port === undefined ? 'the port of the backend' : String(port);
  const terraform = terraformOf(input.region.region.provider, lists);
  return [
    ...securityGroups.map(({ id, blocks }): ImpactEntry => ({
      form: 'security-group',
      where: id,
      text: lines(blocks, (block) => `in tcp ${ports} from ${block}`),
    })),
    ...accessLists.map(({ id, blocks }): ImpactEntry => ({
      form: 'access-control-list',
      where: id,
      text: lines(blocks, (block) => block),
    })),
    { form: 'nginx', where: 'nginx', text: lines(added, (block) => `allow ${block};`) },
    {
      form: 'iptables',
      where: 'iptables',
      text: lines(
        added,
        (block) =>
          `${block.includes(':') ? 'ip6tables' : 'iptables'} -I INPUT -p tcp -s ${block}${port === undefined ? '' : ` --dport ${port}`} -j ACCEPT`,
      ),
    },
    ...(terraform === '' ? [] : [{ form: 'terraform', where: 'terraform', text: terraform } as const]),
    { form: 'json', where: 'json', text: JSON.stringify(added) },
  ];
}

function lines(blocks: readonly string[], make: (block: string) => string): string {
  return blocks.map(make).join('\n');
}

/** Resources of Terraform for what lists of the cloud lack; empty where they lack nothing. */
function terraformOf(provider: string, { port, securityGroups, accessLists }: BackendLists): string {
  const made: string[] = [];
  const add = (type: string, list: string, members: readonly (readonly [string, string | number])[]): void => {
    const name = `${list.replaceAll(/\W/g, '_')}_${made.length + 1}`;
    const width = Math.max(...members.map(([member]) => member.length));
    const body = members.map(([member, value]) => `  ${member.padEnd(width)} = ${JSON.stringify(value)}`);
    made.push(`resource "${type}" "${name}" {\n${body.join('\n')}\n}`);
  };
  for (const { id, blocks } of port === undefined ? [] : securityGroups) {
    for (const block of blocks) {
      if (provider === 'aws') {
        add('aws_vpc_security_group_ingress_rule', id, [
          ['security_group_id', id],
          ['ip_protocol', 'tcp'],
          ['from_port', port ?? 0],
          ['to_port', port ?? 0],
          ['cidr_ipv4', block],
        ]);
      } else {
        add('alicloud_security_group_rule', id, [
          ['security_group_id', id],
          ['type', 'ingress'],
          ['ip_protocol', 'tcp'],
          ['port_range', `${port}/${port}`],
          ['cidr_ip', block],
        ]);
      }
    }
  }
  for (const { id, blocks } of accessLists) {
    for (const block of blocks)
      add('alicloud_slb_acl_entry_attachment', id, [
        ['acl_id', id],
        ['entry', block],
      ]);
  }
  return made.join('\n');
}
