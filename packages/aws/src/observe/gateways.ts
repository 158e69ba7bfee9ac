import type { CallContext, RegionSnapshot, Gateway } from '@postern/core/internal/library';
import { isPosternError, unnamedIn, UnsupportedError, type Gaps, type Scope } from '@postern/core/internal/adapter';
import { gatewayIdsBy } from '@postern/core/internal/kinds';
import type { Session } from '../client/session.js';
import type { GatewayRead, GatewayReader, GatewayReading, ListedGateway } from '../gateways/gateway-reader.js';
import { isResourceId } from '../gateways/integration-target.js';

/**
 * The gateways that the scope names, or all, by the readers of the products. One that the spec names as another
 * kind is read, too, so that its kind is known. Of those that it does not name so many are read as it says; `others` are the rest.
 */
export async function observeGateways(
  session: Session,
  readers: readonly GatewayReader[],
  scope: Scope,
  gaps: Gaps,
  ctx: CallContext,
): Promise<{ readonly read: readonly GatewayRead[]; readonly others: RegionSnapshot['otherGateways'] }> {
  const reading = readingOf(session, scope, gaps, ctx);
  const { every, most, gap } = unnamedIn(scope);
  const products = await Promise.all(
    namedIn(scope, readers).map(async ({ reader, ids }) => {
      const list = () => reader.list(session, ctx);
      const wanted = { what: reader.called, of: 'gateways', ...gap } as const;
      const listed = most > 0 ? await gaps.attempt(wanted, list) : await several(ids, list);
      return { reader, ids, known: new Map((listed ?? []).map((one) => [one.id, one] as const)) };
    }),
  );
  const listed = most > 0 ? products.flatMap(({ known }) => [...known.values()]) : [];
  const isNamed = ({ id }: ListedGateway): boolean => products.some(({ ids }) => ids.includes(id));
  const unnamed = listed.filter((one) => !isNamed(one));
  const read = await Promise.all([
    ...(every ? listed : [...listed.filter(isNamed), ...unnamed.slice(0, most)]).map((one) => readListed(one, reading)),
    ...products.flatMap(({ reader, ids, known }) =>
      ids
        .filter((id) => !listed.some((one) => one.id === id))
        .map(async (id) => {
          const one = known.get(id);
          const own = one === undefined ? await readNamed(reader, id, reading) : await readListed(one, reading);
          return own ?? ofOtherKind(id, readers, reader, reading);
        }),
    ),
  ]);
  return {
    read: read.flatMap((one) => (one === undefined || one === 'gap' ? [] : [one])),
    others: most > 0 && !every ? unnamed.slice(most).map(({ id, name }) => ({ id, name })) : undefined,
  };
}

/** The APIs that exist, where one of the scope does not, by one list of its product: an error suggests them. */
export async function otherGateways(
  session: Session,
  readers: readonly GatewayReader[],
  scope: Scope,
  gateways: readonly Gateway[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<Pick<RegionSnapshot, 'otherGateways'>> {
  if (scope.all === true || scope.allGateways === true) return {};

  const isMissing = (id: string): boolean =>
    !gateways.some((one) => one.id === id) && !gaps.list.some((gap) => gap.of === 'gateways' && gap.id === id);
  const product = namedIn(scope, readers).find(({ ids }) => ids.some(isMissing));
  if (product === undefined) return {};

  const listed = (await listIfReadable(product.reader.list(session, ctx))).map(({ id, name }) => ({ id, name }));
  return { otherGateways: listed.filter(({ id }) => !gateways.some((one) => one.id === id)) };
}

/** Nothing where the list cannot be read. */
async function listIfReadable<T>(list: Promise<readonly T[]>): Promise<readonly T[]> {
  return list.catch((error: unknown) => {
    if (isPosternError(error)) return [];

    throw error;
  });
}

/** A gateway; `gap` where it could not be read; undefined where it does not exist. */
type Read = Promise<GatewayRead | 'gap' | undefined>;

async function attempt({ gaps }: GatewayReading, id: string, read: () => Promise<GatewayRead | undefined>): Read {
  const found = await gaps.attempt({ what: `API ${id}`, of: 'gateways', id }, async () => ({ gateway: await read() }));
  return found === undefined ? 'gap' : found.gateway;
}

function readListed(one: ListedGateway, reading: GatewayReading): Read {
  return attempt(reading, one.id, () => one.read(reading));
}

function readNamed(reader: GatewayReader, id: string, reading: GatewayReading): Read {
  return attempt(reading, id, () => reader.read(id, reading));
}

/** The API of another product that has this ID. */
async function ofOtherKind(
  id: string,
  readers: readonly GatewayReader[],
  own: GatewayReader,
  reading: GatewayReading,
): Read {
  for (const reader of readers) {
    const read = reader === own ? undefined : await readNamed(reader, id, reading);
    if (read !== undefined) return read;
  }
  return undefined;
}

/** One list in place of a call for each. Where it fails, each is read by itself, and may be a gap. */
async function several<T>(ids: readonly string[], list: () => Promise<readonly T[]>): Promise<readonly T[]> {
  return ids.filter(isResourceId).length < 2 ? [] : listIfReadable(list());
}

/** The IDs that a scope names, each once, by the product that its kind belongs to. */
function namedIn({ gateways = [] }: Scope, readers: readonly GatewayReader[]) {
  if (gateways.some((ref) => 'apiGroup' in ref)) {
    throw new UnsupportedError('AWS has no API groups', {
      remedy: 'Write httpApi, restApi or webSocketApi: <the ID of the API>.',
    });
  }

  const seen = new Set<string>();
  return readers.map((reader) => {
    const ids = new Set(reader.refs.flatMap((ref) => gatewayIdsBy(ref, gateways)));
    const own = [...ids].filter((id) => !seen.has(id));
    for (const id of own) seen.add(id);
    return { reader, ids: own };
  });
}

/** The targets of gateways' integrations that use links. */
export function targetIdsOf(gateways: readonly Gateway[]): readonly string[] {
  return gateways.flatMap(({ integrations }) => (integrations ?? []).flatMap(({ targetId }) => targetId ?? []));
}

function readingOf(session: Session, scope: Scope, gaps: Gaps, ctx: CallContext): GatewayReading {
  const { gateways = [], served = [], checks } = scope;
  // Every gateway is exported, because all uses of backends are asked for.
  const uses = scope.uses === true || (scope.all === true && checks === true);
  return {
    session,
    deployer: deployerOf(scope),
    uses,
    isWhole: (id) => uses || (checks === true && gateways.some((ref) => Object.values(ref).includes(id))),
    served,
    gaps,
    ctx,
  };
}

function deployerOf({ project, spec }: Scope): string | undefined {
  return project === undefined || spec === undefined ? project : `${project}@${spec}`;
}
