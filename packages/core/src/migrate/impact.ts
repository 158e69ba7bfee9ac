import { groupsOfBackend } from './impact-groups.js';
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
  const { port, securityGroupIds, accessLists } = groupsOfBackend(input.future, view);
  const ports = port === undefined ? 'the port of the backend' : String(port);
  const each = (make: (block: string) => string): string => added.map(make).join('\n');
  return [
    ...securityGroupIds.map((where): ImpactEntry => ({
      form: 'security-group',
      where,
      text: each((block) => `in tcp ${ports} from ${block}`),
    })),
    ...accessLists.map((where): ImpactEntry => ({ form: 'access-control-list', where, text: each((block) => block) })),
    { form: 'nginx', where: 'nginx', text: each((block) => `allow ${block};`) },
    {
      form: 'iptables',
      where: 'iptables',
      text: each(
        (block) =>
          `${block.includes(':') ? 'ip6tables' : 'iptables'} -A INPUT -p tcp -s ${block}${port === undefined ? '' : ` --dport ${port}`} -j ACCEPT`,
      ),
    },
    { form: 'terraform', where: 'terraform', text: `cidr_blocks = ${JSON.stringify(added)}` },
    { form: 'json', where: 'json', text: JSON.stringify(added) },
  ];
}
