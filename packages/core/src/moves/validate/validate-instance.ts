import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { WholeMove } from '../../do/kinds/link/link-traits.js';
import type { Gateway } from '../../do/model/gateway.js';
import { aboutThings, thing } from '../../do/findings/subject.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { Gap, RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { indexOnce } from '../../do/world/index/region-index.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { blockersOf } from './accept.js';
import { hiddenReport } from './findings-of-move.js';
import { otherProvider, type AcceptedUnknown, type MigrationReport } from './migration.js';
import { checkArgument } from '../../do/forms/check-argument.js';
import { strict, type Infer } from '../../do/forms/form.js';
import { optionalText, resourceId } from '../../do/forms/values.js';
import { wholeMoveOf, wholeMovingKinds } from './moved-integrations.js';
import { judgeSorted, type JudgedMigration, type ValidateOptions } from './validate.js';
import { requireGiven } from './given-arguments.js';

const instanceMigration = {
  /** The cloud. By default each of the set whose links move so. */
  provider: optionalText,
  region: optionalText,
  /** The IDs of the links. */
  from: resourceId,
  to: resourceId,
};

/** A whole link, such as an instance of API Gateway: all gateways that are on it. */
export interface InstanceMigration extends Infer<typeof instanceMigration> {}

export const instanceForm = strict<InstanceMigration>()(instanceMigration);

/** One gateway of a link, and whether it may move. */
export interface GroupReport {
  /** The ID of the gateway; that of the link where its gateways could not be read. */
  readonly gateway: string;
  readonly name: string;
  readonly mayGo: boolean;
  readonly report: MigrationReport;
}

/**
 * Evaluates every gateway of a link, in the order in which to move them. Gateways that may move come first,
 * and of these the one with the least risk: the fewest warnings and unknowns, then the fewest routes. A gateway
 * that could not be read, and may be on the link, is listed as one that must not move. So are all other
 * gateways if they could not be listed.
 * @throws {InvalidInputError} `NOT_FOUND` if no gateway is on the link, or links of its kind do not move so, and all could be read;
 *   what `validateMigration` throws.
 */
export function validateInstance(
  snapshot: Snapshot,
  asked: InstanceMigration,
  options: ValidateOptions & { readonly accept?: readonly AcceptedUnknown[] | undefined },
): readonly GroupReport[] {
  requireGiven('validateInstance', snapshot, options);
  return judgeInstance(snapshot, asked, options, ({ report }) => report).map(
    ({ gateway, name, mayGo, used: report }): GroupReport => ({ gateway, name, mayGo, report }),
  );
}

/**
 * As {@link validateInstance}, with what `use` takes of each group: what a group is judged by is not kept, because there
 * may be hundreds.
 */
export function judgeInstance<T>(
  given: Snapshot,
  asked: InstanceMigration,
  options: ValidateOptions & {
    readonly accept?: readonly AcceptedUnknown[] | undefined;
    readonly impact?: boolean;
  },
  use: (judged: JudgedMigration) => T,
): readonly (Omit<GroupReport, 'report'> & { readonly used: T })[] {
  const snapshot = sortSnapshot(given);
  const index = indexOnce(options.clouds);
  const { clouds } = options;
  checkArgument('migration', 'request', instanceForm, asked);
  const { provider, region, from, to } = asked;
  const moving = providersOf(clouds);
  if (provider !== undefined && !moving.includes(provider)) throw otherProvider(provider, moving);

  const providers = provider === undefined ? moving : [provider];
  const regions = snapshot.regions.filter(
    (one) => providers.includes(one.provider) && (region ?? one.region) === one.region,
  );
  const words = wholeMoveOf(clouds, regions, from);
  const placedGateways = regions.flatMap((one) => one.gateways.map((gateway) => ({ gateway, place: one })));
  const gateways = placedGateways.filter(({ gateway, place }) => isOn(clouds, gateway, place, from));
  const read = new Set(placedGateways.map(({ gateway }) => gateway.id));
  const unread = regions.flatMap((one) => unreadGateways(one, read, words));
  if (gateways.length === 0 && unread.length === 0) {
    throw new InvalidInputError('NOT_FOUND', `no ${words.kinds} is on ${from}`, {
      remedy: `Check the ID of the ${words.link} and the region, or name one ${words.gateway}.`,
    });
  }

  const rankOf = ({ findings }: MigrationReport, routes: number) => {
    const risks = findings.filter(({ verdict, severity }) => verdict !== 'pass' && severity !== 'note').length;
    const mayGo = blockersOf({ findings }, options.accept).length === 0;
    return { mayGo, rank: [mayGo ? 0 : 1, risks, routes] as const };
  };
  const judged = [
    ...gateways.map(({ gateway: { kind, id, name, routes }, place }) => {
      const at = { provider: place.provider, region: place.region };
      const request = clouds.gateway(kind).movesAsOne ? { ...at, group: id, to } : { ...at, api: id, from, to };
      const one = judgeSorted(snapshot, index, request, options);
      return { gateway: id, name, used: use(one), ...rankOf(one.report, routes.length) };
    }),
    ...unread.map((one) => {
      const { gateway, name, report } = hiddenGateway(snapshot, one, from, words);
      return { gateway, name, used: use({ report }), ...rankOf(report, 0) };
    }),
  ];
  return judged
    .toSorted((a, b) => compare(a.rank, b.rank) || (a.gateway < b.gateway ? -1 : 1))
    .map(({ rank: _rank, ...one }) => one);
}

/** Whether a gateway, or a route of one, uses a link whose gateways move together. */
function isOn(clouds: Clouds, gateway: Gateway, { links }: RegionSnapshot, id: string): boolean {
  if (gateway.linkId !== undefined) return gateway.linkId === id;

  const kind = links.find((link) => link.id === id)?.kind;
  return (
    kind !== undefined &&
    clouds.link(kind).movesWhole !== undefined &&
    gateway.routes.some(({ linkId }) => linkId === id)
  );
}

interface Unread {
  /** Undefined: the gateways are unknown. */
  readonly id?: string | undefined;
  readonly gap: Gap;
}

/**
 * What could not be read of the gateways of a region: single ones, or their list. If, for example, plug-ins could not be read, all
 * gateways are listed, and each report names what is missing.
 */
function unreadGateways(
  { gaps, gateways }: RegionSnapshot,
  read: ReadonlySet<string>,
  { listedBy }: WholeMove,
): readonly Unread[] {
  const found = new Map<string, Unread>();
  for (const gap of gaps) {
    const { of, id, operation } = gap;
    if (of !== undefined && of !== 'gateways') continue;

    if (
      id === undefined
        ? of === undefined || operation === (listedBy ?? operation) || gateways.length === 0
        : of !== undefined && !read.has(id)
    ) {
      if (!found.has(id ?? '')) found.set(id ?? '', { id, gap });
    }
  }
  return [...found.values()];
}

function hiddenGateway(
  snapshot: Snapshot,
  { id, gap }: Unread,
  from: string,
  { gateway: noun }: WholeMove,
): Omit<GroupReport, 'mayGo'> {
  const { what, operation, code, permission } = gap;
  const remedy =
    permission === undefined
      ? `Run the check again, with a new snapshot where it reads one: ${operation} returned ${code}.`
      : `Allow ${permission} for these credentials, then run the check again, with a new snapshot where it reads one.`;
  const subject = id === undefined ? thing(`${noun}s`, from, `${noun}s of ${from}`) : thing('gateway', id);
  const report = hiddenReport(snapshot, (say) =>
    say.GROUPS_NOT_READ(
      aboutThings(id ?? from, subject),
      { group: id, from, what, remedy },
      { what, permission, remedy },
      { words: { nouns: `${noun}s` } },
    ),
  );
  return { gateway: id ?? from, name: id ?? `${noun}s that could not be listed`, report };
}

/** The clouds of a set with links whose gateways move together. */
function providersOf(clouds: Clouds): readonly string[] {
  return [...new Set(wholeMovingKinds(clouds).map((kind) => clouds.link(kind).rules.provider))];
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [at, value] of a.entries()) {
    const difference = value - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
