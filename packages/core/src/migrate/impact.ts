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
      entries: entries(input, view, added),
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
  const lists = listsOfBackend(input.future, view);
  const { port, securityGroups, accessLists } = lists;
  const ports = port === undefined ? 'the port of the backend' : String(port);
  const terraform = terraformOf(input.region.region.provider, lists);
  return [
    ...securityGroups.map(({ id, sources }): ImpactEntry => ({
      form: 'security-group',
      where: id,
      text: lines(sources, (block) => `in tcp ${ports} from ${block}`),
    })),
    ...accessLists.map(({ id, sources }): ImpactEntry => ({
      form: 'access-control-list',
      where: id,
      text: lines(sources, (block) => block),
    })),
    ...hostEntries(added, port),
    ...(terraform === '' ? [] : [{ form: 'terraform', where: 'terraform', text: terraform } as const]),
    ...(added.length === 0 ? [] : [{ form: 'json', where: 'json', text: JSON.stringify(added) } as const]),
  ];
}

/** For lists that no cloud knows: of machines, of data centres. */
function hostEntries(added: readonly string[], port: number | undefined): readonly ImpactEntry[] {
  if (added.length === 0) return [];
  const at = port === undefined ? '' : ` --dport ${port}`;
  const table = (block: string): string => (block.includes(':') ? 'ip6tables' : 'iptables');
  return [
    { form: 'nginx', where: 'nginx', text: lines(added, (block) => `allow ${block};`) },
    {
      form: 'iptables',
      where: 'iptables',
      text: lines(added, (block) => `${table(block)} -I INPUT -p tcp -s ${block}${at} -j ACCEPT`),
    },
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
  for (const { id, sources } of port === undefined ? [] : securityGroups) {
    for (const block of sources) {
      if (provider === 'aws') {
        add('aws_vpc_security_group_ingress_rule', id, [
          ['security_group_id', id],
          ['ip_protocol', 'tcp'],
          ['from_port', port ?? 0],
          ['to_port', port ?? 0],
          [block.startsWith('sg-') ? 'referenced_security_group_id' : 'cidr_ipv4', block],
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
  for (const { id, sources } of accessLists) {
    for (const block of sources)
      add('alicloud_slb_acl_entry_attachment', id, [
        ['acl_id', id],
        ['entry', block],
      ]);
  }
  return made.join('\n');
}
