import type { CallContext, Link } from '@postern/core';
import { PROJECT_TAG, type Scope, type Gaps } from '@postern/core/adapter';
import type { SecurityGroup } from '@postern/core/snapshot';
import type { LookUp } from '@postern/core/spec';
import { describeSecurityGroups, securityGroupsById, toSecurityGroup } from '../network/security-group.js';
import type { Session } from '../client/session.js';

/**
 * The security groups of the links, those that the scope names, those of the project, also where no link
 * uses them, and those whose rules refer to one of the project's. If only ids are needed, they are requested
 * by id. Names, tags and the project's own groups need the whole list, which contains ids as well, in one
 * call for an account's first thousand. `undefined` for a gap.
 */
export async function observeSecurityGroups(
  session: Session,
  scope: Scope,
  links: Promise<readonly Link[]>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly SecurityGroup[] | undefined> {
  const { project, securityGroups: named = [] } = scope;
  const all = scope.all === true || scope.checks === true;
  const lookUps = named.filter((one) => typeof one !== 'string');
  const idsOf = async () => [
    ...(await links).flatMap(({ securityGroupIds }) => securityGroupIds),
    ...named.filter((one) => typeof one === 'string'),
  ];
  const whole = all || lookUps.length > 0 || project !== undefined;

  const lists =
    scope.checks === true ? (['securityGroups', 'allowlists', 'prefixLists'] as const) : (['securityGroups'] as const);
  const found = await gaps.attempt({ what: 'security groups', of: lists }, async () =>
    whole ? describeSecurityGroups(session, ctx, []) : securityGroupsById(session, ctx, await idsOf()),
  );
  const ids = await idsOf();
  const read = found?.map(toSecurityGroup);
  const ours = new Set(
    read?.flatMap(({ id, tags }) => (project !== undefined && tags[PROJECT_TAG] === project ? [id] : [])),
  );
  return read
    ?.filter((group) => {
      if (all || ids.includes(group.id) || lookUps.some((one) => fits(group, one)) || ours.has(group.id)) return true;
      // A rule that refers to a managed group prevents the deletion of that group.
      return group.rules.some(({ securityGroupId }) => ours.has(securityGroupId ?? ''));
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function fits(
  one: { readonly id: string; readonly name?: string | undefined; readonly tags: Readonly<Record<string, string>> },
  lookUp: LookUp,
): boolean {
  if (typeof lookUp === 'string') return one.id === lookUp;
  if ('name' in lookUp) return one.name === lookUp.name || one.tags['Name'] === lookUp.name;
  return Object.entries(lookUp.tag).every(([key, value]) => one.tags[key] === value);
}
