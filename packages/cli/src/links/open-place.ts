import {
  InvalidInputError,
  isPosternError,
  PrivateIntegrations,
  type Driver,
  type DriverPlace,
  type LinkKind,
  type Spec,
  type CallContext,
  type Link,
  type Owner,
} from '@postern/core/internal/library';
import type { Io } from '../process/io.js';
import { openSession, type Session } from '../session/open-session.js';
import { providerOf } from '../session/provider-of.js';
import { regionOfEnvironment, requireRegionOf } from '../session/region-of-environment.js';
import { cloudsOf } from '../spec/brought-clouds.js';
import { loadSpecIfAny, type LoadSpecOptions } from '../spec/load-spec.js';
import { refuseOtherPlace } from '../spec/region-option.js';
import { ofProvider } from '../snapshot/observe-cloud.js';
import type { PlaceOptions, OpenPlace } from './place.js';
import type { LookUp } from '@postern/core/internal/spec';

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

/**
 * The link that a name of the spec, an id, or a name on the cloud means.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`
 */
export async function findLink(place: OpenPlace, name: string): Promise<Link> {
  const { gate, context, declared, spec, kinds = gate.driver.serves.links } = place;
  if (declared && declared.id === undefined && declared.owner !== 'external') {
    const owner = { project: spec?.project ?? '', spec: gate.spec, integration: name };
    // Until the spec is applied, a renamed link has the mark of its former name.
    const former = (spec?.moved ?? []).filter(({ kind, to }) => kind === 'link' && to === name);
    for (const integration of [name, ...former.map(({ from }) => from)]) {
      const [ours] = await findOfAnyKind(place, { owner: { ...owner, integration } });
      if (ours) return ours;
    }
    throw await notOwned(gate, owner, declared.name ?? name, context);
  }

  const wanted: LookUp = declared?.id ?? declared?.name ?? name;
  const fitting = [...(typeof wanted === 'string' ? await findOfAnyKind(place, { id: wanted }) : [])];
  if (fitting.length === 0) {
    for await (const link of gate.links({ signal: context.signal }))
      if (kinds.includes(link.kind) && fits(link, wanted)) fitting.push(link);
  }
  const [only] = fitting;
  if (only && fitting.length === 1) return only;

  const region = gate.driver.region;
  if (only) throw ambiguous(name, fitting, region);

  throw new InvalidInputError('NOT_FOUND', `link ${name} does not exist in ${region}`, {
    remedy: `See \`postern links --provider ${gate.driver.provider} --region ${region}\`.`,
  });
}

/** IDs of different kinds look alike: an ID may be that of two links. */
function ambiguous(name: string, fitting: readonly Link[], region: string): InvalidInputError {
  const kinds = [...new Set(fitting.map(({ kind }) => kind))];
  const oneEach = kinds.length === fitting.length;
  const shown = fitting.map(({ id, kind }) => (kinds.length > 1 ? `${kind} ${id}` : id)).join(', ');
  return new InvalidInputError('AMBIGUOUS', `${name} matches several links in ${region}: ${shown}`, {
    remedy: oneEach
      ? `Add ${kinds.map((kind) => `--kind ${kind}`).join(' or ')}.`
      : 'Write the ID of the intended link.',
  });
}

/**
 * The links with an ID or a mark, one of each kind that may be meant. A kind that cannot be read does not hide the link
 * of another one.
 */
async function findOfAnyKind(
  { gate, context, kinds = gate.driver.serves.links }: OpenPlace,
  by: { readonly id: string } | { readonly owner: Owner },
): Promise<readonly Link[]> {
  const found: Link[] = [];
  const errors: unknown[] = [];
  for (const kind of kinds) {
    try {
      const link = await gate.driver.links.find({ kind, ...by }, context);
      // Kinds of one product share a list, which answers for each of them.
      if (link !== undefined && !found.some(({ kind: of, id }) => of === link.kind && id === link.id)) found.push(link);
    } catch (error) {
      if (!isPosternError(error)) throw error;

      errors.push(error);
    }
  }
  if (found.length === 0 && errors.length > 0) throw errors[0];

  return found;
}

/** Why no link of this spec has a name: it carries no mark or that of another spec, or it does not exist. */
async function notOwned(
  gate: PrivateIntegrations,
  owner: Owner,
  cloudName: string,
  { signal }: CallContext,
): Promise<InvalidInputError> {
  const { integration } = owner;
  for await (const link of gate.links({ signal })) {
    const isNamed = link.owner === undefined ? link.name === cloudName : link.owner.integration === integration;
    if (!isNamed || (link.owner !== undefined && link.owner.project !== owner.project)) continue;

    const whose =
      link.owner === undefined
        ? 'carries no mark'
        : `belongs to ${link.owner.spec ?? 'no spec'} of project ${owner.project}`;
    return new InvalidInputError('NOT_FOUND', `this spec owns no link ${integration}; link ${link.id} ${whose}`, {
      remedy: `Write its ID (${link.id}) in place of the name, with the \`spec:\` that owns it.`,
    });
  }
  return new InvalidInputError('NOT_FOUND', `link ${integration} of the spec does not exist in ${gate.driver.region}`, {
    remedy: 'Create it with `postern apply`.',
  });
}

function fits(link: Link, wanted: LookUp): boolean {
  if (typeof wanted === 'string') return link.name === wanted;
  if ('name' in wanted) return link.name === wanted.name;

  return Object.entries(wanted.tag).every(([key, value]) => Object.hasOwn(link.tags, key) && link.tags[key] === value);
}
