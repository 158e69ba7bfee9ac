import type { CallContext, RegionSnapshot, SnapshotList } from '@postern/core/internal/library';
import { awaitedLater, observing, UnsupportedError, type Gaps, type Scope } from '@postern/core/internal/adapter';
import { listInterfaces, toInterface, type InterfaceOutput } from '../network/nat.js';
import { SNAPSHOT_QUOTAS } from '../limits.js';
import { observeBackends } from '../balancers/observe-backends.js';
import { observeRegion, observeNetworks } from '../network/observe.js';
import type { Session } from '../client/session.js';
import type { WingObservation, WingRead } from './wing-observation.js';

/**
 * Reads what `scope` requests. Nothing is read twice: authorizations, plug-in bodies and named backends once
 * for all groups. A part that the credentials do not allow, that is cut short or that stayed throttled is a
 * gap, except for the list of instances.
 * @throws {UnsupportedError} for gateways of another cloud. {CloudError} what prevents a whole observation.
 */
export async function observe(
  wings: readonly WingObservation[],
  to: Session,
  scope: Scope,
  caller: CallContext,
): Promise<RegionSnapshot> {
  const account = await to.account(caller);
  refuseOthers(wings, scope);
  const { session, counts } = counting(to);
  const { gaps, ctx } = observing(caller);
  const checks = scope.checks === true;
  const begun = wings.map(({ begin }) => begin({ session, scope, gaps, ctx, caller }));
  const interfacing = checks ? regionInterfaces(session, gaps, ctx) : Promise.resolve(undefined);
  const region = checks ? observeRegion(session, gaps, { ...ctx, forChecksOnly: true }) : undefined;
  // An error elsewhere may end this function before these are awaited.
  for (const one of [interfacing, region]) if (one !== undefined) void awaitedLater<unknown>(one);
  // The newer product first.
  const reads = (await Promise.all(begun.toReversed().map((read) => read()))).toReversed();
  const links = reads.flatMap((read) => read.links);
  const settled = await Promise.all(reads.map(({ settle }) => settle(links)));
  const services = reads.flatMap((read) => read.services);
  const found = settled.map(({ backends }) => backends);
  const known = {
    targets: found.flatMap(({ targets }) => targets),
    named: found.flatMap(({ named }) => named),
    called: found.flatMap(({ called }) => called),
    services,
    interfaces: interfacing,
  };
  const [backends, networks, egress] = await Promise.all([
    observeBackends(session, scope, known, gaps, ctx),
    region ?? observeNetworks(session, scope, links, gaps, ctx),
    observeEgress(session, scope, reads, interfacing, gaps, ctx),
  ]);
  const { missing, whole: wholeBackends, ...rest } = backends;
  const { whole: wholeNetworks, ...networkLists } = networks;
  const named = new Set(rest.targets.map(({ id }) => id));
  if (scope.all) {
    const notes = settled.map(({ note }) => note(counts));
    const shown = notes.some((note) => note.found) ? notes.filter((note) => note.found) : notes.slice(0, 1);
    for (const { text } of shown) ctx.log?.(text);
  }
  const mores = await Promise.all(settled.map((one) => one.more()));
  const others = mores.flatMap(({ otherGateways = [] }) => otherGateways);
  const more: Partial<RegionSnapshot> = {
    ...Object.assign({}, ...mores),
    ...(mores.some(({ otherGateways }) => otherGateways !== undefined) ? { otherGateways: others } : {}),
  };
  const whole: SnapshotList[] = [
    ...(reads.every(({ complete }) => complete) ? (['links', 'allowlists', 'egress'] as const) : []),
    ...(scope.all ? (['gateways'] as const) : []),
    ...wholeNetworks,
    ...wholeBackends,
    ...(checks && (await interfacing) !== undefined ? (['interfaces'] as const) : []),
    ...(more.privateDomains === undefined ? [] : (['privateDomains'] as const)),
  ];
  return {
    provider: 'alibaba',
    region: session.region,
    account,
    links,
    gateways: settled.flatMap(({ gateways }) => gateways),
    ...rest,
    targets: [...rest.targets, ...services],
    allowlists: reads.flatMap(({ allowlists }) => allowlists),
    ...egress,
    ...networkLists,
    ...more,
    ...(scope.all || checks ? { quotas: SNAPSHOT_QUOTAS, whole } : {}),
    gaps: gaps.list,
    native: {
      ...(missing.length === 0 ? {} : { missing: missing.toSorted() }),
      ...Object.assign({}, ...settled.map(({ native }) => native(named))),
    },
  };
}

/** @throws {UnsupportedError} for gateways of another cloud */
function refuseOthers(wings: readonly WingObservation[], { gateways = [] }: Scope): void {
  const keys = wings.map(({ gatewayKey }) => gatewayKey);
  if (gateways.every((ref) => keys.some((key) => key in ref))) return;

  throw new UnsupportedError('Alibaba Cloud has API groups and HTTP APIs of its own, not the APIs of AWS', {
    remedy: `Write gateway: ${keys.map((key) => `{ ${key}: <its ID> }`).join(', or ')}.`,
  });
}

/** All interfaces of the region. Without them the addresses of links are not known either. */
function regionInterfaces(
  session: Session,
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly InterfaceOutput[] | undefined> {
  return gaps.attempt({ what: 'network interfaces', of: ['interfaces', 'egress'] }, () =>
    listInterfaces(session, 'all', ctx),
  );
}

/** From where links call. `all`: all interfaces of the region, for checks. */
async function observeEgress(
  session: Session,
  scope: Scope,
  reads: readonly WingRead[],
  all: Promise<readonly InterfaceOutput[] | undefined>,
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'egress' | 'interfaces'>> {
  const parts = await Promise.all(reads.map((read) => read.egress()));
  const egress = (rows: readonly InterfaceOutput[]) => parts.flatMap((part) => part.of(rows));
  const ownerId = (row: InterfaceOutput): string | undefined => {
    for (const part of parts.toReversed()) {
      const owner = part.ownerOf(row);
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
  const portable = (rows: readonly InterfaceOutput[]) => rows.map((row) => toInterface(row, ownerId(row)));
  if (scope.checks) {
    const rows = (await all) ?? [];
    // The blocks hold without the interfaces. A gap reports that single addresses are missing.
    return { interfaces: portable(rows), egress: egress(rows) };
  }
  if ((scope.egress ?? scope.all) !== true || parts.every(({ isEmpty }) => isEmpty))
    return { egress: [], interfaces: [] };

  const vpcIds = [...new Set(parts.flatMap((part) => part.vpcIds))];
  const wanted = { what: 'network interfaces of instances', of: 'interfaces' } as const;
  const rows = await gaps.attempt(wanted, () => listInterfaces(session, vpcIds, ctx));
  return rows === undefined ? { egress: [], interfaces: [] } : { interfaces: portable(rows), egress: egress(rows) };
}

/** A session that counts its calls, by action. */
function counting(session: Session): {
  readonly session: Session;
  readonly counts: ReadonlyMap<string, number>;
} {
  const counts = new Map<string, number>();
  return {
    counts,
    session: {
      ...session,
      call: (ctx, product, action, query, kind) => {
        counts.set(action, (counts.get(action) ?? 0) + 1);
        return session.call(ctx, product, action, query, kind);
      },
      apig: (ctx, operation, request, kind) => {
        counts.set(operation, (counts.get(operation) ?? 0) + 1);
        return session.apig(ctx, operation, request, kind);
      },
    },
  };
}
