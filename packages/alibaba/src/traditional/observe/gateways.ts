import { gatewayIdsBy } from '@postern/core/internal/kinds';
import type { CallContext, Link, RegionSnapshot, Gateway } from '@postern/core/internal/library';
import { isPosternError, unnamedIn, type Gaps, type Scope } from '@postern/core/internal/adapter';
import { listGroups } from '../groups/api.js';
import { listBackends, listPrivateDns } from '../groups/backend.js';
import { readBackendUsers, usesOfGroup } from '../groups/gateway-uses.js';
import { sorted, readGroup } from '../groups/gateway.js';
import { eachOf } from '../../client/plain.js';
import { listPlugins } from '../groups/plugin.js';
import {
  authorizationPluginsOf,
  readAuthorizationPlugins,
  type AuthorizationPlugins,
} from '../groups/authorization-plugins.js';
import type { Session } from '../../client/session.js';
import type { VpcAccess } from '../instances/vpc-access.js';

/** Plug-ins, named backends and private domains, of which plans do not speak. */
export interface Parts {
  readonly plugins?: Awaited<ReturnType<typeof listPlugins>> | undefined;
  readonly backends?: Awaited<ReturnType<typeof listBackends>> | undefined;
  readonly privateDns?: Awaited<ReturnType<typeof listPrivateDns>> | undefined;
}

/**
 * Reads the parts of a region: all of them for a full scope, or those that use backends; for checks private
 * domains only.
 */
export async function observeParts(session: Session, scope: Scope, gaps: Gaps, ctx: CallContext): Promise<Parts> {
  const privateDns = gaps.attempt({ what: 'private domains', of: 'privateDomains' }, () =>
    listPrivateDns(session, ctx),
  );
  const domains = privateDns.then((rows) => rows && sorted(rows, ({ type, domain }) => `${type} ${domain}`));
  const wantsUses = scope.all === true || scope.uses === true;
  // Awaited together: otherwise the failure of the one that is awaited later would be an unhandled
  // rejection.
  const [uses, sortedDomains] = await Promise.all([wantsUses ? observeUseParts(session, gaps, ctx) : {}, domains]);
  return { ...uses, privateDns: sortedDomains };
}

/** Reads the uses of backends besides APIs: plug-ins and named backends. */
export async function observeUseParts(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<Parts, 'plugins' | 'backends'>> {
  const [plugins, backends] = await Promise.all([
    gaps.attempt({ what: 'plug-ins', of: 'gateways' }, () => listPlugins(session, ctx)),
    gaps.attempt({ what: 'named backends', of: 'gateways' }, () => listBackends(session, ctx)),
  ]);
  return {
    plugins: plugins && sorted(plugins, ({ id }) => id),
    backends: backends && sorted(backends, ({ id }) => id),
  };
}

/**
 * Whether a spec may move a group to another instance than its current one. The group stays where the
 * current instance is the only one that the scope names. It also stays where it is the project's own, in the
 * vSwitches and with the security groups that the scope names.
 */
export function mayMove({ linkId }: Gateway, scope: Scope, found: readonly Link[]): boolean {
  const { links = [], project, subnets, securityGroups } = scope;
  const wanted = found.filter(
    ({ id, owner }) => links.includes(id) || (project !== undefined && owner?.project === project),
  );
  const [only, ...others] = wanted;
  if (only === undefined || others.length > 0 || only.id !== linkId) return true;

  return (
    !links.includes(only.id) && !(areThose(subnets, only.subnetIds) && areThose(securityGroups, only.securityGroupIds))
  );
}

function areThose(wanted: Scope['subnets'] = [], ids: readonly string[]): boolean {
  return wanted.length === ids.length && ids.every((id) => wanted.includes(id));
}

/** The plug-ins that distinguish callers: from all plug-ins where those are read, otherwise read separately. */
export async function observeAuthorizationPlugins(
  session: Session,
  scope: Scope,
  parts: Promise<Parts>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<AuthorizationPlugins | undefined> {
  if (scope.all !== true) {
    if ((scope.gateways ?? []).length === 0) return authorizationPluginsOf([]);

    return gaps.attempt({ what: 'plug-ins that distinguish callers or choose backends', of: 'gateways' }, () =>
      readAuthorizationPlugins(session, ctx),
    );
  }

  const { plugins } = await parts;
  return plugins && authorizationPluginsOf(plugins);
}

/** What reading groups needs besides the groups. */
export interface Surroundings {
  readonly accesses: Promise<ReadonlyMap<string, VpcAccess>>;
  readonly guards: Promise<AuthorizationPlugins | undefined>;
}

/** The API groups that exist, where one of the scope does not: an error suggests them. */
export async function otherGateways(
  session: Session,
  scope: Scope,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'otherGateways'>> {
  const isMissing = (id: string): boolean =>
    !gateways.some((one) => one.id === id) && !gaps.list.some((gap) => gap.of === 'gateways' && gap.id === id);
  const named = gatewayIdsBy('apiGroup', scope.gateways);
  const { every, most } = unnamedIn(scope);
  const isCut = most > 0 && gateways.length >= most;
  if (every || !(isCut || named.some(isMissing))) return {};

  const groups = await listGroups(session, ctx).catch((error: unknown) => {
    if (isPosternError(error)) return [];

    throw error;
  });
  const others = groups.map(({ GroupId, GroupName = '' }) => ({ id: GroupId, name: GroupName }));
  return { otherGateways: others.filter(({ id }) => !gateways.some((one) => one.id === id)) };
}

/** The lists besides gateways that are complete with every group only. */
const OF_GROUPS = ['targets', 'customDomains'] as const;

/** API groups with their APIs: all of them, or those of the scope. */
export async function observeGroups(
  session: Session,
  scope: Scope,
  { accesses, guards }: Surroundings,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  const named = gatewayIdsBy('apiGroup', scope.gateways);
  // Addresses that are called without an authorization are known by the APIs alone, and domains by their group.
  const lacking = scope.checks ? (['gateways', ...OF_GROUPS] as const) : (['gateways'] as const);
  const { every, most, gap } = unnamedIn(scope);
  const wanted = { what: 'API groups', of: lacking, ...gap };
  const all = most > 0 ? await gaps.attempt(wanted, () => listGroups(session, ctx)) : [];
  const found = (all ?? []).flatMap(({ GroupId }) => GroupId ?? []);
  const unnamed = found.filter((id) => !named.includes(id));
  const ids = [...new Set([...(every ? found : unnamed.slice(0, most)), ...named])];
  const whole = scope.all === true || scope.checks === true || scope.uses === true;
  const how = { accesses, publications: whole, every: scope.all === true, ...(whole ? { guards } : {}) };
  // Which addresses only this group calls, and which domains it has, cannot be determined: these gaps have no ID.
  const gapOf = async (id: string, read: () => Promise<Gateway | undefined>): Promise<Gateway | undefined> => {
    const what = `API group ${id}`;
    const reading = read();
    const [group] = await Promise.all([
      gaps.attempt({ what, of: 'gateways', id }, () => reading),
      scope.checks ? gaps.attempt({ what, of: OF_GROUPS }, () => reading) : undefined,
    ]);
    return group;
  };
  let done = 0;
  const gateways = await eachOf(
    ids,
    async (id) => {
      const group = await gapOf(id, () => readGroup(session, id, how, ctx));
      done += 1;
      // A group that does not exist was not observed. The caller that requested it reports it.
      if (group !== undefined) ctx.log?.(`observed API group ${done} of ${ids.length}, APIs: ${group.routes.length}`);
      return group;
    },
    // Each group already reads several APIs in parallel.
    2,
  );
  return gateways.flatMap((gateway) => gateway ?? []);
}

/** Gateways with all of their uses of backends, where everything that shows them could be read. */
export async function withUses(
  session: Session,
  gateways: readonly Gateway[],
  { plugins, backends }: Parts,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly Gateway[]> {
  if (plugins === undefined || backends === undefined) return gateways;

  const backendUsers = await gaps.attempt({ what: 'users of named backends', of: 'gateways' }, () =>
    readBackendUsers(session, gateways, backends, ctx),
  );
  if (backendUsers === undefined) return gateways;

  return gateways.map((gateway) => ({ ...gateway, uses: usesOfGroup(gateway, { plugins, backends, backendUsers }) }));
}
