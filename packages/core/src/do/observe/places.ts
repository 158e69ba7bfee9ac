import { placeKey } from '../model/traits.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { Driver } from '../driver.js';
import type { DriverPlace, Drivers } from '../context.js';
import { InvalidInputError, isPosternError, PosternError } from '../../ground/errors.js';
import { canonicalJson } from '../../ground/hash.js';
import type { LinkSpec, Spec } from '../spec.js';
import type { FormerPlace, UnreadPart } from '../plan/plan.js';
import { isAt } from '../plan/elsewhere.js';
import { placeOf } from '../model/reference.js';
import type { Access } from '../snapshot/snapshot.js';
import { isOfOnePlace, throwFirst, type UnreadPlace } from '../snapshot/gaps.js';

/** One account and region that a spec reaches, and what reaches it. */
export interface ObservedPlace {
  readonly driver: Driver;
  readonly account: string;
  /** The spec's links there, by name. */
  readonly links: ReadonlyMap<string, LinkSpec>;
  readonly access: readonly Access[];
  /** What the spec had there, or may have, besides what it names. */
  readonly former?: FormerPlace | undefined;
}

/** Every account and region that a spec names. */
export interface Places {
  readonly places: readonly ObservedPlace[];
  /** Regions whose account could not be read, or that a plan left out. */
  readonly unread: readonly UnreadPlace[];
  /** Converts an error of reading a region. @throws the error, where it does not concern that region alone. */
  readonly asUnread: (place: ObservedPlace, error: unknown) => UnreadPlace;
}

interface Wanted {
  readonly place: DriverPlace;
  readonly links: Map<string, LinkSpec>;
}

/**
 * The drivers for every account and region of a spec. Each driver's account is read first, and compared with
 * the account that the spec names. Entries with the same account and region share the driver that was given
 * for the first.
 * @param leftOut given: the regions of these links are not read, and any other that cannot be read rejects.
 * @param elsewhere places in which the spec may have more than it names. One that cannot be read is `unread`, whatever the reason.
 * @throws {InvalidInputError} `WRONG_ACCOUNT`, with the path in the spec; `NO_DRIVER`.
 * @throws {PosternError} the first error where no account could be read, and that of a region whose account
 *   was reached with other credentials.
 */
export async function placesOf(
  spec: Spec,
  drivers: Drivers,
  ctx: CallContext,
  leftOut?: readonly UnreadPart[],
  elsewhere: readonly FormerPlace[] = [],
): Promise<Places> {
  const unread: UnreadPlace[] = [];
  const unreadOf = (
    { provider, region, ...access }: DriverPlace,
    error: unknown,
    account = access.account,
  ): UnreadPlace => {
    if (leftOut !== undefined || !isOfOnePlace(error)) throw error;

    return { provider, region, account, access: [access], error };
  };
  const ask = async ({ place, links }: Wanted) => {
    const part = leftOut?.find((one) => one.links.some((name) => links.has(name)));
    if (part !== undefined) {
      unread.push(leftOutPlace(place, part));
      return [];
    }

    try {
      const driver = await drivers(place);
      const { account, arn: principal } = await driver.identity(ctx);
      for (const [name, link] of links) checkAccount(spec, name, link, account, principal);
      return [{ driver, account, place, links }];
    } catch (error) {
      unread.push(unreadOf(place, error));
      return [];
    }
  };
  const asked = (await Promise.all(wantedPlaces(spec).map(ask))).flat();
  if (asked.length === 0) throwFirst(unread);
  const places = new Map<string, Opened>();
  for (const { driver, account, place, links } of asked) {
    const key = placeKey({ ...place, account });
    const entry = places.get(key) ?? { driver, account, links: new Map<string, LinkSpec>(), access: [] };
    places.set(key, entry);
    for (const [name, link] of links) entry.links.set(name, link);
    entry.access.push({ account: place.account, profile: place.profile, assumeRole: place.assumeRole });
  }
  for (const former of elsewhere) {
    const here = [...places].find(([, { driver, account }]) => isAt(former, { ...driver, account }));
    if (here !== undefined) places.set(here[0], { ...here[1], former });
    else {
      const opened = await openFormer(former, drivers, ctx, leftOut);
      if ('error' in opened) unread.push(opened);
      else places.set(placeKey({ ...former, account: opened.account }), opened);
    }
  }
  // One account and region is read, or it is not: what is in it must not count as both.
  throwFirst(unread.filter((place) => places.has(placeKey(place))));
  return {
    places: [...places.values()],
    unread,
    asUnread: ({ driver: { provider, region }, account, access }, error) => ({
      ...unreadOf({ provider, region }, error, account),
      access,
    }),
  };
}

interface Opened extends ObservedPlace {
  readonly links: Map<string, LinkSpec>;
  readonly access: Access[];
}

/** A place that no link of the spec is in. Its credentials may be gone, or be another account's now. */
async function openFormer(
  former: FormerPlace,
  drivers: Drivers,
  ctx: CallContext,
  leftOut: readonly UnreadPart[] = [],
): Promise<Opened | UnreadPlace> {
  const { provider, region, product, profile, assumeRole } = former;
  const unread = (error: PosternError): UnreadPlace => ({
    provider,
    region,
    account: former.account,
    access: [],
    error,
  });
  const part = leftOut.find((one) => one.links.length === 0 && isAt(former, one));
  if (part !== undefined) return unread(new PosternError(part.code, part.message, { remedy: part.remedy }));

  try {
    const driver = await drivers({ provider, product, region, account: former.account, profile, assumeRole });
    const { account } = await driver.identity(ctx);
    if (account === (former.account ?? account)) return { driver, account, links: new Map(), access: [], former };

    const message = `the credentials are of account ${account}`;
    return unread(new PosternError('WRONG_ACCOUNT', message, { remedy: `Use those of account ${former.account}.` }));
  } catch (error) {
    if (!isPosternError(error) || error.code === 'ABORTED') throw error;

    return unread(error);
  }
}

/** Links of one provider, region, account, profile and role share a place. */
function wantedPlaces(spec: Spec): readonly Wanted[] {
  const wanted = new Map<string, Wanted>();
  for (const [name, link] of Object.entries(spec.links)) {
    const { provider, region, account, profile, assumeRole } = link;
    const place = { provider, region, account, profile, assumeRole };
    const key = canonicalJson(place);
    const entry = wanted.get(key) ?? { place, links: new Map<string, LinkSpec>() };
    wanted.set(key, entry);
    entry.links.set(name, link);
  }
  return [...wanted.values()];
}

/** A place as a plan left it out: its account is the one of the plan, so that both are compared as equals. */
function leftOutPlace({ provider, region, ...access }: DriverPlace, part: UnreadPart): UnreadPlace {
  const { code, message, remedy, account } = part;
  return { provider, region, account, access: [access], error: new PosternError(code, message, { remedy }) };
}

function checkAccount(spec: Spec, name: string, link: LinkSpec, account: string, principal?: string): void {
  if (link.account === undefined || link.account === account) return;

  throw new InvalidInputError(
    'WRONG_ACCOUNT',
    `link ${name} belongs to account ${link.account}, the credentials to ${account}${principal === undefined ? '' : ` (${principal})`}`,
    {
      place: placeOf(spec, `links.${name}.account`),
      remedy: `Use credentials of account ${link.account}, or name their profile or role on the link.`,
      details: { expected: link.account, actual: account },
    },
  );
}
