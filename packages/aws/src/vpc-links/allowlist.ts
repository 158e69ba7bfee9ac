import type { AllowEntry, CallContext } from '@postern/core/internal/library';
import {
  CloudError,
  entriesOf,
  entryKey,
  InvalidInputError,
  isPosternError,
  toAllowlist,
  parseMark,
  ownerFromTags,
  UnsupportedError,
  type Allowlist,
  type AllowlistMethods,
} from '@postern/core/internal/adapter';
import { ensureGroup, markGroup, releaseGroups } from './allowlist-group.js';
import type { SecurityGroupOutput } from '../sdk-types.js';
import { RULES_PER_GROUP, STALENESS_MS } from '../limits.js';
import {
  authorizeRules,
  permissionsOf,
  revokeRules,
  securityGroupsById,
  toSecurityGroup,
} from '../networks/security-group.js';
import type { Session } from '../client/session.js';
import { getVpcLink } from './vpc-link.js';

/**
 * What a link may reach, as the egress rules of one security group that we own. A link's groups are fixed when it is
 * created and their rules add up, so the group must exist before the link, and any wider group of the link undoes it.
 */
export function allowlist(session: Session): AllowlistMethods {
  return {
    prepare: async ({ networkId, owner, entries, tags }, ctx) => {
      checkSize(entries);
      const groupId = await ensureGroup(session, networkId, owner, tags, ctx);
      await settled(ctx, async () => {
        const [group] = await securityGroupsById(session, ctx, [groupId]);
        if (group === undefined) throw notYet(groupId);

        await dropDefaultRule(session, group, entries, ctx);
        const added = missing(entries, entriesOf(toSecurityGroup(group)));
        await authorizeRules(session, 'Egress', groupId, permissionsOf(added, owner), ctx);
      });
      return { securityGroupIds: [groupId] };
    },
    read: async (linkId, ctx) => (await readAllowlist(session, linkId, ctx)).allowlist,
    allow: async (linkId, entries, ctx) => {
      const { allowlist: list, owner } = await readAllowlist(session, linkId, ctx);
      const groupId = ownGroup(list);
      if (list.wider.length > 0) throw ineffective(linkId, list.wider);

      checkSize([...list.entries, ...missing(entries, list.entries)]);
      // Also what this list has: it may be older than the one that lacks it.
      await authorizeRules(session, 'Egress', groupId, permissionsOf(entries, owner), ctx);
    },
    revoke: async (linkId, entries, ctx) => {
      const { allowlist: list, owner } = await readAllowlist(session, linkId, ctx);
      await revokeRules(session, 'Egress', ownGroup(list), permissionsOf(entries, owner), ctx);
    },
    mark: async (linkId, owner, ctx) => {
      const { allowlist: list, owner: before } = await readAllowlist(session, linkId, ctx);
      if (list.securityGroupId === undefined) return;

      const [group] = await securityGroupsById(session, ctx, [list.securityGroupId]);
      // The name with which the group was created, where no tag contains the current name of its link.
      const made = before?.integration === owner?.integration ? parseMark(group?.Description) : before;
      await markGroup(session, list.securityGroupId, owner, made, ctx);
    },
    release: (owner, ctx, within) => releaseGroups(session, owner, ctx, within?.networkId),
  };
}

async function readAllowlist(session: Session, linkId: string, ctx: CallContext) {
  const link = await getVpcLink(session, linkId, ctx);
  if (link === undefined) {
    throw new CloudError('NOT_FOUND', `VPC link ${linkId} does not exist`, { operation: 'GetVpcLink' });
  }

  const groups = await securityGroupsById(session, ctx, link.SecurityGroupIds ?? []);
  const owner = ownerFromTags(link.Tags ?? {});
  return { allowlist: toAllowlist(linkId, owner, groups.map(toSecurityGroup)), owner };
}

/** EC2 gives every new group a rule that allows all outbound traffic. It is kept only where it was requested. */
async function dropDefaultRule(
  session: Session,
  group: SecurityGroupOutput,
  entries: readonly AllowEntry[],
  ctx: CallContext,
): Promise<void> {
  const wanted = new Set(entries.map(entryKey));
  const everything = entriesOf(toSecurityGroup(group)).filter(
    (entry) =>
      entry.protocol === 'all' && /^(?:0\.0\.0\.0|::)\/0$/.test(entry.cidrBlock) && !wanted.has(entryKey(entry)),
  );
  await revokeRules(session, 'Egress', group.GroupId, permissionsOf(everything, undefined), ctx);
}

/**
 * A new group may be unknown to EC2 for some seconds:
 * https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
async function settled(ctx: CallContext, work: () => Promise<void>): Promise<void> {
  const endMs = ctx.clock.monotonicMs() + STALENESS_MS;
  for (;;) {
    const isLast = ctx.clock.monotonicMs() >= endMs;
    try {
      return await work();
    } catch (error) {
      if (isLast || !isPosternError(error, 'NOT_FOUND')) throw error;

      await ctx.clock.sleep(2_000, ctx.signal);
    }
  }
}

function notYet(groupId: string): CloudError {
  return new CloudError('NOT_FOUND', `EC2 does not show ${groupId}`, { operation: 'DescribeSecurityGroups' });
}

function missing(wanted: readonly AllowEntry[], listed: readonly AllowEntry[]): readonly AllowEntry[] {
  const known = new Set(listed.map(entryKey));
  const distinct = new Map(wanted.map((entry) => [entryKey(entry), entry]));
  return [...distinct].filter(([key]) => !known.has(key)).map(([, entry]) => entry);
}

/** IPv4 and IPv6 rules are counted apart. */
function checkSize(entries: readonly AllowEntry[]): void {
  const v6 = entries.filter(({ cidrBlock }) => cidrBlock.includes(':')).length;
  const most = Math.max(v6, entries.length - v6);
  if (most <= RULES_PER_GROUP) return;

  throw new InvalidInputError(
    'ALLOWLIST_FULL',
    `the allowlist needs ${most} rules, but a group holds ${RULES_PER_GROUP}`,
    {
      remedy: 'Merge blocks, or allow fewer ports.',
      details: { rules: most, limit: RULES_PER_GROUP },
    },
  );
}

function ownGroup({ securityGroupId, linkId }: Allowlist): string {
  if (securityGroupId !== undefined) return securityGroupId;

  throw new UnsupportedError(
    `VPC link ${linkId} has no security group of this project, and a link's groups cannot be changed`,
    {
      remedy: 'Create a link with an allowlist and move the routes there, or change the rules of its groups manually.',
    },
  );
}

function ineffective(linkId: string, wider: readonly string[]): InvalidInputError {
  return new InvalidInputError(
    'ALLOWLIST_INEFFECTIVE',
    `another group of VPC link ${linkId} allows more: ${wider.join('; ')}`,
    {
      remedy: 'Remove these rules, or create the link without that group.',
      details: { linkId, wider },
    },
  );
}
