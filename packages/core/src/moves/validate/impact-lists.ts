import type { RegionIndex } from '../../do/world/views.js';
import { ruleText } from '../../do/words/rule-words.js';
import type { ListChange } from '../../check/path/model/step.js';
import type { NetworkAcl } from '../../do/model/routing.js';
import type { ImpactEntry } from './migration.js';
import type { TerraformMembers, TerraformOfLists, TerraformPart } from '../../do/kinds/cloud/move-texts.js';

/**
 * The numbers of a network ACL's entries go up to this; the entry after that denies all.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html
 */
const LAST_NUMBER = 32_766;

/** Numbers of network ACL entries that a table uses: two backends behind one list do not get the same number. */
export interface AclNumbers {
  /** The number of a new entry; undefined if all numbers before the entry that denies are used. */
  readonly take: (wanted: Extract<ListChange, { list: 'network-acl' }>) => number | undefined;
}

/**
 * Assigns numbers. On AWS: unused numbers. On Alibaba Cloud: positions in the list, where an entry takes the
 * position of the denying entry and moves it down.
 */
export function aclNumbers({ region, clouds }: RegionIndex): AclNumbers {
  const used = new Map<string, Set<number>>();
  const given = new Map<string, number | undefined>();
  const choose = (acl: NetworkAcl, direction: 'in' | 'out', before: number | undefined): number | undefined => {
    const own = (acl.entries ?? []).filter((entry) => entry.direction === direction).map(({ order }) => order);
    if (!clouds.network(region).aclEntriesAreNumbered) return before ?? own.length + 1;

    const key = `${acl.id} ${direction}`;
    const taken = used.get(key) ?? new Set(own);
    used.set(key, taken);
    const last = Math.max(0, ...[...taken].filter((order) => order <= LAST_NUMBER));
    let number = Math.min(before === undefined ? last + 10 : before - 1, LAST_NUMBER);
    while (taken.has(number)) number -= 1;
    if (number < 1) return undefined;

    taken.add(number);
    return number;
  };
  return {
    take({ acl, direction, ports, peer, before }) {
      const key = `${acl.id} ${direction} ${ports.join('-')} ${peer}`;
      if (!given.has(key)) given.set(key, choose(acl, direction, before));
      return given.get(key);
    },
  };
}

/**
 * What to add to each list of the cloud that stops calls of a backend, one line per entry, and the same for Terraform.
 */
export function listEntries(
  { region, clouds }: RegionIndex,
  wanted: readonly ListChange[],
  numbers: AclNumbers,
  terraform: Terraform,
): readonly ImpactEntry[] {
  const lists = new Map<string, Omit<ImpactEntry, 'text'> & { readonly lines: Set<string> }>();
  const add = (form: ImpactEntry['form'], where: string, line: string, alters?: true): void => {
    const key = JSON.stringify([form, where, alters]);
    const list = lists.get(key) ?? { form, where, alters, lines: new Set<string>() };
    lists.set(key, list);
    list.lines.add(line);
  };
  for (const one of wanted) {
    if (one.list === 'security-group') {
      const {
        id,
        direction,
        port,
        peer,
        priority = clouds.network(region).groupRulesHavePriorities ? 1 : undefined,
        yields = [],
      } = one;
      for (const { groupId, rule } of yields) {
        const named = `${ruleText(rule)}${rule.id === undefined ? '' : ` (${rule.id})`}`;
        add('security-group', groupId, `change ${named} to priority 2`, true);
        terraform.note(`${groupId}: change ${named} to priority 2`);
      }
      const order = priority === undefined ? '' : `, priority ${priority}`;
      add('security-group', id, `${direction} tcp ${port} ${direction === 'in' ? 'from' : 'to'} ${peer}${order}`);
      terraform.rule({ ...one, priority });
    } else if (one.list === 'network-acl') {
      const { acl, direction, ports, peer, before } = one;
      const number = numbers.take(one);
      const [first, last] = ports;
      const what = `${direction} allow tcp ${first === last ? first : `${first}-${last}`} ${direction === 'in' ? 'from' : 'to'} ${peer}`;
      add('network-acl', acl.id, number === undefined ? `before ${before ?? 'all'}: ${what}` : `${number} ${what}`);
      terraform.aclEntry(one, number);
    } else {
      const { id, remove = [] } = one;
      for (const block of remove) {
        add('access-control-list', id, `remove ${block}`, true);
        terraform.note(`${id}: remove the entry ${block}`);
      }
      if (one.add === undefined) continue;

      add('access-control-list', id, one.add);
      terraform.listEntry(id, one.add);
    }
  }
  return [...lists.values()]
    .toSorted((a, b) => ORDER.indexOf(a.form) - ORDER.indexOf(b.form) || (a.where < b.where ? -1 : 1))
    .map(({ form, where, lines, alters }) => ({ form, where, text: [...lines].join('\n'), ...(alters && { alters }) }));
}

const ORDER: readonly ImpactEntry['form'][] = ['security-group', 'network-acl', 'access-control-list'];

/** Collects the resources of one backend. */
export interface Terraform {
  readonly rule: (wanted: Extract<ListChange, { list: 'security-group' }>) => void;
  readonly aclEntry: (wanted: Extract<ListChange, { list: 'network-acl' }>, number: number | undefined) => void;
  /** An entry of a load balancer's access control list. */
  readonly listEntry: (list: string, block: string) => void;
  /** An edit that no separate resource can express. */
  readonly note: (text: string) => void;
  /** Empty if there is nothing to declare. */
  readonly text: () => string;
}

/**
 * Terraform for a whole table: resources are named by list, port and block, so that those of all backends
 * can be pasted into one file. A resource that an earlier backend already has is only named.
 */
export function terraformOf(lists: TerraformOfLists | undefined): (backend: string) => Terraform {
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
    // Types of a cloud that brings none are not known.
    const add = (part: TerraformPart | undefined): void => {
      if (part === undefined) return;
      if ('note' in part) {
        const { block } = part;
        note(block === undefined ? part.note : `${part.note}:\n${block.name} {\n${lines(block.members)}\n}`);
        return;
      }

      const { type, called, members } = part;
      const name = called.join('_').replaceAll(/\W/g, '_');
      const owner = owners.get(`${type} ${name}`);
      owners.set(`${type} ${name}`, owner ?? backend);
      if (owner !== undefined && owner !== backend) note(`${type}.${name} is declared with ${owner}`);
      else parts.add(`resource "${type}" "${name}" {\n${lines(members)}\n}`);
    };
    return {
      rule: ({ priority = 1, ...rule }) => add(lists?.rule({ ...rule, priority })),
      aclEntry: ({ acl: { id }, direction, ports, peer, before }, number) =>
        add(lists?.aclEntry({ acl: id, direction, ports, peer, before, number })),
      listEntry: (list, block) => add(lists?.listEntry?.(list, block)),
      note,
      text: () => [...parts].join('\n'),
    };
  };
}

function lines(members: TerraformMembers): string {
  const width = Math.max(...members.map(([name]) => name.length));
  return members.map(([name, value]) => `  ${name.padEnd(width)} = ${JSON.stringify(value)}`).join('\n');
}
