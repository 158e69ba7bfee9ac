import {
  PROJECT_TAG,
  type CallContext,
  type Link,
  type LookUp,
  type Scope,
  type SecurityGroup,
  type Subnet,
} from '@postern/core';
import type { SecurityGroupOutput } from './ec2-api.js';
import type { Gaps } from './gaps.js';
import { describeSecurityGroups, securityGroupsById, toSecurityGroup } from './security-group.js';
import type { Session } from './session.js';

/**
 * The security groups of the links, those that the scope names, and those of the project, also where no link uses them.
 * Groups are asked for by VPC, since one call then answers ids, names and tags together. `undefined` for a gap.
 */
export async function observeSecurityGroups(
  session: Session,
  scope: Scope,
  links: readonly Link[],
  subnets: readonly Subnet[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly SecurityGroup[] | undefined> {
  const { project, securityGroups: named = [], all = false } = scope;
  const linkGroups = links.flatMap(({ securityGroupIds }) => securityGroupIds);
  const lookUps = named.filter((one) => typeof one !== 'string');
  const ids = [...linkGroups, ...named.filter((one) => typeof one === 'string')];
  const networks = all ? [] : networksOf(scope, links, subnets);

  return gaps.attempt({ what: 'security groups', of: 'securityGroups' }, async () => {
    const lists = await Promise.all([
      all || lookUps.length > 0 || networks.length > 0
        ? describeSecurityGroups(session, ctx, networks.length > 0 ? [{ Name: 'vpc-id', Values: networks }] : [])
        : [],
      // Also in VPCs that nothing else points to any more.
      all || project === undefined
        ? []
        : describeSecurityGroups(session, ctx, [{ Name: `tag:${PROJECT_TAG}`, Values: [project] }]),
    ]);
    const known = byId(lists.flat());
    for (const group of await securityGroupsById(
      session,
      ctx,
      ids.filter((id) => !known.has(id)),
    )) {
      known.set(group.GroupId ?? '', group);
    }
    const wanted = [...known.values()].map(toSecurityGroup).filter((group) => {
      if (all || ids.includes(group.id) || lookUps.some((one) => fits(group, one))) return true;
      return project !== undefined && group.tags[PROJECT_TAG] === project;
    });
    return wanted.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  });
}

/** The VPCs that matter: of the links, and of the subnets that the scope names. */
function networksOf(scope: Scope, links: readonly Link[], subnets: readonly Subnet[]): string[] {
  const named = subnets.filter((subnet) => (scope.subnets ?? []).some((one) => fits(subnet, one)));
  return [...new Set([...links.flatMap(({ networkId }) => networkId ?? []), ...named.map((one) => one.networkId)])];
}

function fits(
  one: { readonly id: string; readonly name?: string | undefined; readonly tags: Readonly<Record<string, string>> },
  lookUp: LookUp,
): boolean {
  if (typeof lookUp === 'string') return one.id === lookUp;
  if ('name' in lookUp) return one.name === lookUp.name || one.tags['Name'] === lookUp.name;
  return Object.entries(lookUp.tag).every(([key, value]) => one.tags[key] === value);
}

function byId(groups: readonly SecurityGroupOutput[]): Map<string, SecurityGroupOutput> {
  return new Map(groups.map((group) => [group.GroupId ?? '', group] as const));
}
