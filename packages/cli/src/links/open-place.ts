import {
  InvalidInputError,
  isPosternError,
  PrivateIntegrations,
  type Driver,
  type DriverPlace,
  type LinkKind,
  type Spec,
} from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { openSession, type Session } from '../session/open-session.js';
import { providerOf } from '../session/provider-of.js';
import { regionOfEnvironment, requireRegionOf } from '../session/region-of-environment.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { loadSpecIfAny, type LoadSpecOptions } from '../spec/load-spec.js';
import { refuseOtherPlace } from '../spec/region-option.js';
import { ofProvider } from '../snapshot/observe-cloud.js';
import { findLink } from './find-link.js';
import type { PlaceOptions, OpenPlace } from './place.js';

/** What marks are compared with where no project is given: nothing is written then. */
const NO_PROJECT = 'none';

/**
 * Opens the account and region of a link. The first of these sources counts: the spec's link of that name,
 * the options, the place of the spec with a link of that ID or name, the environment.
 * @throws {InvalidInputError} `REGION_MISSING`, `NOT_FOUND`, `AMBIGUOUS`, and what reading a spec throws.
 */
export async function openPlace(io: Io, name: string | undefined, options: PlaceOptions): Promise<OpenPlace> {
  const spec = await specFor(io, name, options);
  const declared = name !== undefined && spec && Object.hasOwn(spec.links, name) ? spec.links[name] : undefined;
  if (spec !== undefined && declared !== undefined && name !== undefined) {
    const { provider, profile } = options;
    refuseOtherPlace({ ...spec, links: { [name]: declared } }, { provider, region: options.region, profile }, false);
  }
  const session = await openSession(io, { ...options, spec });
  const places = placesOf(spec);
  if (name !== undefined && declared === undefined && options.region === undefined && places.length > 1) {
    return openPlaceWith(name, await Promise.all(places.map((place) => opened(session, place, options, spec))), spec);
  }

  const place = declared ?? (await placeOf(io, name, options, spec));
  const found = await opened(session, place, options, spec);
  const kinds = declared?.kind === undefined || options.kind !== undefined ? found.kinds : [declared.kind];
  return { ...found, kinds, declared };
}

/**
 * The spec that is named, or the one of the folder; of its links those of the cloud of the options. A region that the options name is
 * that of links of its cloud.
 */
async function specFor(
  io: Io,
  name: string | undefined,
  options: PlaceOptions & Pick<LoadSpecOptions, 'placesOnly'>,
): Promise<Spec | undefined> {
  const { region, provider } = options;
  const regionOf = region === undefined ? provider : providerOf(await cloudsOf(io), provider, name, region);
  const loaded = await loadSpecIfAny(options.spec, io, { ...options, regionOf, onePlace: true });
  return provider === undefined || loaded === undefined ? loaded?.spec : ofProvider(loaded.spec, provider);
}

/** The one of several places that has a link of that ID or name. */
async function openPlaceWith(name: string, places: readonly OpenPlace[], spec: Spec | undefined): Promise<OpenPlace> {
  const having: OpenPlace[] = [];
  for (const place of places) {
    try {
      await findLink(place, name);
      having.push(place);
    } catch (error) {
      if (!isPosternError(error, 'NOT_FOUND')) throw error;
    }
  }
  const [only] = having;
  if (only && having.length === 1) return only;

  const where = (some: readonly OpenPlace[]): string =>
    some.map(({ gate: { driver } }) => `${driver.provider} ${driver.region}`).join(' and ');
  if (only) {
    throw new InvalidInputError('AMBIGUOUS', `${name} matches links in ${where(having)}`, {
      remedy: 'Write the ID of the intended link, or add --provider and --region.',
    });
  }

  throw new InvalidInputError('NOT_FOUND', `link ${name} does not exist in ${where(places)}`, {
    remedy: `Use a name of the spec (${Object.keys(spec?.links ?? {}).join(', ')}), or an ID that \`postern links\` shows; elsewhere, add --region.`,
  });
}

/**
 * Opens all accounts and regions where no link is named: the one that the options name, or all of the
 * spec's. The spec of the folder is not read where the options name a region.
 */
export async function openPlaces(io: Io, options: PlaceOptions): Promise<readonly OpenPlace[]> {
  const isNamed = options.region !== undefined && options.spec === undefined && io.spec === undefined;
  const spec = isNamed ? undefined : await specFor(io, undefined, { ...options, placesOnly: true });
  const session = await openSession(io, { ...options, spec });
  const named = options.region === undefined ? placesOf(spec) : [];
  const places = named.length > 0 ? named : [await placeOf(io, undefined, options, spec)];
  return Promise.all(places.map((place) => opened(session, place, options, spec)));
}

async function opened(
  { context, drivers, simulator }: Session,
  place: DriverPlace,
  options: PlaceOptions,
  spec: Spec | undefined,
): Promise<OpenPlace> {
  const { provider, region, account, profile, assumeRole } = place;
  const driver = await drivers({ provider, region, account, profile, assumeRole });
  const project = options.project ?? spec?.project ?? NO_PROJECT;
  const { signal: _, ...rest } = context;
  return {
    kinds: kindsOf(driver, options.kind),
    gate: new PrivateIntegrations(driver, {
      ...rest,
      project,
      spec: options.specId ?? (spec?.project === project ? spec.spec : undefined),
    }),
    context,
    simulator,
    spec,
  };
}

/** The kind that `--kind` names, or every kind of the cloud. */
function kindsOf({ serves, provider }: Driver, kind: string | undefined): readonly LinkKind[] {
  const kinds = serves.links.filter((one) => kind === undefined || one === kind);
  if (kinds.length > 0) return kinds;

  throw new InvalidInputError('INVALID_INPUT', `--kind: ${provider} has no links of kind ${JSON.stringify(kind)}`, {
    remedy: `Write ${serves.links.join(' or ')}.`,
  });
}

/** Every account and region of a spec, in the order in which it speaks of them. */
export function placesOf(spec: Spec | undefined): readonly DriverPlace[] {
  const places = Object.values(spec?.links ?? {}).map(({ provider, region, account, profile, assumeRole }) => {
    const place: DriverPlace = { provider, region, account, profile, assumeRole };
    return [JSON.stringify(place), place] as const;
  });
  return [...new Map(places).values()];
}

async function placeOf(
  io: Io,
  name: string | undefined,
  options: PlaceOptions,
  spec: Spec | undefined,
): Promise<DriverPlace> {
  const { profile } = options;
  const provider = providerOf(await cloudsOf(io), options.provider, name, options.region);
  const named = options.region ?? (spec ? undefined : await regionOfEnvironment(io, provider));
  if (named !== undefined) return { provider, region: named, profile };

  const places = new Map(Object.values(spec?.links ?? {}).map((link) => [`${link.provider} ${link.region}`, link]));
  const [only] = places.values();
  if (only && places.size === 1) return only;

  return { provider, region: await requireRegionOf(io, provider), profile };
}
