import type { AllowEntry, CallContext } from '@postern/core/internal/library';
import {
  isPosternError,
  readUntil,
  unlessGone,
  type CloudError,
  type Allowlist,
  type AllowlistMethods,
} from '@postern/core/internal/adapter';
import type { GroupRuleRow } from '../client/apis/apig.js';
import type { Session } from '../client/session.js';
import { STALENESS_MS } from '../limits.js';
import { listApig } from '../client/lists.js';

/**
 * The security groups of backends that admit a gateway, in the form of an allowlist: each rule is an inbound rule in the
 * backend's group whose source is the gateway's managed group. AddGatewaySecurityGroupRule returns no ID, and the list
 * shows a rule late, so that a rule is known by its group, its ports and its description.
 * @see https://www.alibabacloud.com/help/doc-detail/2796806
 */
export function admission(session: Session): AllowlistMethods {
  return {
    read: async (linkId, ctx) => toAllowlist(linkId, await listRules(session, linkId, ctx)),
    allow: async (linkId, entries, ctx) => {
      const list = () => listRules(session, linkId, ctx);
      const lacksAll = (rules: readonly GroupRuleRow[]): boolean =>
        !entries.some((entry) => rules.some((rule) => isFor(rule, entry)));
      const existingRules = await readUntil(list, lacksAll, STALENESS_MS, ctx);
      const missing = entries.filter((entry) => !existingRules.some((rule) => isFor(rule, entry)));
      for (const entry of missing) await addRule(session, linkId, entry, ctx);
      if (missing.length === 0) return;

      // Otherwise the next look would find them missing, and add them twice.
      await readUntil(
        list,
        (rules) => missing.every((entry) => rules.some((rule) => isFor(rule, entry))),
        STALENESS_MS,
        ctx,
      );
    },
    revoke: async (linkId, entries, ctx) => {
      const hasAll = (rules: readonly GroupRuleRow[]): boolean =>
        entries.every((entry) => rules.some((rule) => isFor(rule, entry)));
      const existingRules = await readUntil(() => listRules(session, linkId, ctx), hasAll, STALENESS_MS, ctx);
      for (const rule of existingRules.filter((one) => isOwn(one) && entries.some((entry) => isFor(one, entry)))) {
        const path = { gatewayId: linkId, ruleId: rule.securityGroupRuleId ?? '' };
        await unlessGone(
          session.apig(ctx, 'DeleteGatewaySecurityGroupRule', { path, query: { cascadingDelete: true } }),
        );
      }
    },
  };
}

/** Adds a rule. After an uncertain answer it is looked for until lists must show it, because a second one would be added. */
async function addRule(session: Session, gatewayId: string, entry: AllowEntry, ctx: CallContext): Promise<void> {
  const { securityGroupId } = entry;
  const body = { securityGroupId, portRanges: [rangeOf(entry)], description: descriptionOf(gatewayId, entry) };
  try {
    await session.apig(ctx, 'AddGatewaySecurityGroupRule', { path: { gatewayId }, body }, 'create');
  } catch (error) {
    if (!isPosternError(error) || (error as CloudError).outcomeUnknown !== true) throw error;

    const isThere = (rules: readonly GroupRuleRow[]): boolean => rules.some((rule) => isFor(rule, entry));
    if (!isThere(await readUntil(() => listRules(session, gatewayId, ctx), isThere, STALENESS_MS, ctx))) throw error;
  }
}

/** The rules that admit a gateway. */
export async function listRules(
  session: Session,
  gatewayId: string,
  ctx: CallContext,
): Promise<readonly GroupRuleRow[]> {
  const what = `security group rules of ${gatewayId}`;
  return listApig(session, ctx, what, 'ListGatewayAuthorizedSecurityGroupRules', { path: { gatewayId } });
}

/** The rules as an allowlist. Those of others are `fixed`: they count, and are never removed. */
export function toAllowlist(linkId: string, rules: readonly GroupRuleRow[]): Allowlist {
  const entries = rules.flatMap((rule): readonly AllowEntry[] => {
    const [, from, to] = /^(\d+)\/(\d+)$/.exec(rule.portRange ?? '') ?? [];
    if (rule.securityGroupId === undefined || from === undefined || to === undefined) return [];

    return [
      {
        cidrBlock: '0.0.0.0/0',
        securityGroupId: rule.securityGroupId,
        protocol: 'tcp',
        fromPort: Number(from),
        toPort: Number(to),
        ruleId: rule.securityGroupRuleId,
        ...(isOwn(rule) ? {} : { fixed: true }),
      },
    ];
  });
  return { linkId, owned: true, entries, wider: [], filter: 'none' };
}

/** What the description of a rule of Postern begins with. */
const MARK = 'postern ';

function isOwn({ description = '' }: GroupRuleRow): boolean {
  return description.startsWith(MARK);
}

/** Unique for each rule: no ID is returned with which it could be found. */
function descriptionOf(linkId: string, entry: AllowEntry): string {
  return `${MARK}${linkId} ${entry.securityGroupId} ${rangeOf(entry)}`;
}

function rangeOf({ fromPort, toPort }: AllowEntry): string {
  return `${fromPort}/${toPort}`;
}

function isFor(rule: GroupRuleRow, entry: AllowEntry): boolean {
  return rule.securityGroupId === entry.securityGroupId && rule.portRange === rangeOf(entry);
}
