import type { CallContext, Link, LinkState, Owner, AllowEntry } from '@postern/core/internal/library';
import {
  defined,
  byUse,
  isMarkOfLink,
  ownerFromTags,
  PROJECT_TAG,
  unlessGone,
  type LinkStatus,
  CloudError,
  isPosternError,
  readUntil,
  type Allowlist,
  type AllowlistMethods,
} from '@postern/core/internal/adapter';
import type { GatewayRow, GroupRuleRow } from '../client/apis/apig.js';
import { plain } from '../client/plain.js';
import type { Session } from '../client/session.js';
import { listApig } from '../client/lists.js';
import { STALENESS_MS } from '../limits.js';

/** The gateways for APIs of the region; with `project`, those with its tag. AI gateways are not links. */
export async function listGateways(
  session: Session,
  ctx: CallContext,
  project?: string,
): Promise<readonly GatewayRow[]> {
  // One value of the query is a JSON array.
  const tag = project === undefined ? undefined : JSON.stringify([{ key: PROJECT_TAG, value: project }]);
  const rows = await listApig(session, ctx, 'gateways', 'ListGateways', { query: { gatewayType: 'API', tag } });
  return rows.filter(({ gatewayType = 'API' }) => gatewayType === 'API');
}

/** One gateway with its environment, or `undefined`. */
export function getGateway(session: Session, gatewayId: string, ctx: CallContext): Promise<GatewayRow | undefined> {
  return unlessGone(session.apig(ctx, 'GetGateway', { path: { gatewayId } }));
}

/** @throws {CloudError} `NOT_FOUND` */
export async function requireGateway(session: Session, id: string, ctx: CallContext): Promise<GatewayRow> {
  const gateway = await getGateway(session, id, ctx);
  if (gateway !== undefined) return gateway;

  throw new CloudError('NOT_FOUND', `gateway ${id} does not exist in ${session.region}`, {
    operation: 'GetGateway',
    remedy: 'Check the ID, the region and the account.',
  });
}

/** The environment that routes of a gateway name: each has one. @throws {CloudError} `BAD_RESPONSE` */
export function environmentOf({ gatewayId, environments }: GatewayRow): string {
  const id = environments?.[0]?.environmentId;
  if (id !== undefined && id !== '') return id;

  throw new CloudError('BAD_RESPONSE', `gateway ${gatewayId} has no environment`, {
    operation: 'GetGateway',
    remedy: 'Wait until the gateway is Running, and run again.',
  });
}

/** The vSwitches that nodes of a gateway are in. */
export function vSwitchesOf({ vSwitch, zones }: GatewayRow): readonly string[] {
  const ids = [vSwitch?.vSwitchId, ...(zones ?? []).map((zone) => zone.vSwitch?.vSwitchId)];
  return [...new Set(ids.flatMap((id) => id || []))];
}

/** A gateway in the portable form. Its group is the one that the service created. */
export function toLink(row: GatewayRow): Link {
  const tags = tagsOf(row);
  const types = new Set((row.loadBalancers ?? []).flatMap(({ addressType }) => addressType ?? []));
  return {
    kind: 'apig-gateway',
    ...toStatus(row),
    name: row.name ?? '',
    networkId: row.vpc?.vpcId || undefined,
    ...shapeOf(row),
    tags,
    createdAt: row.createTimestamp === undefined ? undefined : new Date(row.createTimestamp).toISOString(),
    native: defined({
      spec: row.spec || undefined,
      access: accessOf(types),
      chargeType: row.chargeType || undefined,
      expiresAt: row.expireTimestamp === undefined ? undefined : String(row.expireTimestamp),
      version: row.version || undefined,
    }),
    settings: defined({ spec: row.spec || undefined, callersFrom: callersOf(types) }),
    owner: ownerFromTags(tags),
    raw: plain(row),
  };
}

/** What was asked for is not returned: the addresses of its load balancers show it [I]. */
function accessOf(types: ReadonlySet<string>): 'internet' | 'intranet' | 'both' | undefined {
  if (types.has('Internet')) return types.has('Intranet') ? 'both' : 'internet';

  return types.has('Intranet') ? 'intranet' : undefined;
}

function callersOf(types: ReadonlySet<string>): 'internet' | 'network' | 'both' | undefined {
  const access = accessOf(types);
  return access === 'intranet' ? 'network' : access;
}

function shapeOf(row: GatewayRow): Pick<Link, 'subnetIds' | 'securityGroupIds'> {
  const group = row.securityGroup?.securityGroupId;
  return { subnetIds: vSwitchesOf(row), securityGroupIds: group ? [group] : [] };
}

/**
 * The states of a gateway. One that is upgraded or restarted, or failed to be, may serve calls [U].
 * @see https://github.com/alibabacloud-go/apig-20240327 (client/get_gateway_response_body_model.go)
 */
const STATES: Readonly<Record<string, LinkState>> = {
  Running: 'ready',
  Creating: 'pending',
  Upgrading: 'pending',
  Restarting: 'pending',
  CreateFailed: 'failed',
  UpgradeFailed: 'unknown',
  RestartFailed: 'unknown',
  Deleting: 'deleting',
  DeleteFailed: 'failed',
};

/** The state of a gateway in the portable form. */
export function toStatus({ gatewayId = '', status = '' }: GatewayRow): Omit<LinkStatus, 'kind'> {
  const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
  const reason = `its state is ${JSON.stringify(status)}, which the service does not document`;
  if (state === undefined) return { id: gatewayId, state: 'unknown', nativeState: status, reason };

  return { id: gatewayId, state, nativeState: status, reason: undefined };
}

/** The tags of a gateway as a map. */
export function tagsOf({ tags = [] }: GatewayRow): Readonly<Record<string, string>> {
  // fromEntries defines members, so that a tag named __proto__ stays a tag.
  return Object.fromEntries(tags.map(({ key = '', value = '' }) => [key, value]));
}

/** The best of the gateways that carry an owner's mark. */
export async function findByOwner(session: Session, wanted: Owner, ctx: CallContext): Promise<Link | undefined> {
  const links = (await listGateways(session, ctx, wanted.project)).map(toLink);
  return links.filter((link) => isMarkOfLink(link.owner, wanted, { ...link, securityGroupIds: [] })).toSorted(byUse)[0];
}

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
