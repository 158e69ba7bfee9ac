import type { TerraformMembers, TerraformOfLists, TerraformPart } from '../../do/kinds/cloud/move-texts.js';
import type { Wanted } from '../../check/path/model/step.js';

/** Collects the resources of one backend. */
export interface Terraform {
  readonly rule: (wanted: Extract<Wanted, { list: 'security-group' }>) => void;
  readonly aclEntry: (wanted: Extract<Wanted, { list: 'network-acl' }>, number: number | undefined) => void;
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
