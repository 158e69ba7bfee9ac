import {
  InvalidInputError,
  isPosternError,
  PrivateIntegrations,
  type CallContext,
  type DriverPlace,
  type Link,
  type LinkSpec,
  type LookUp,
  type Owner,
  type Spec,
} from '@postern/core';
import type { CommonOptions, Io } from './io.js';
import { loadSpecIfAny } from './load-spec.js';
import { providerOf } from './provider-of.js';
import { openSession, type Session, regionOfEnvironment, regionRemedy } from './session.js';

/** Options of commands that are about one link, or all of a region. */
export interface PlaceOptions extends CommonOptions {
  readonly spec?: string | undefined;
  readonly provider?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  readonly project?: string | undefined;
  /** The identity of the spec, where there is no file that says it. */
  readonly specId?: string | undefined;
}

/** Where a link that a command is about is, and what is called there. */
export interface OpenPlace {
  readonly gate: PrivateIntegrations;
  readonly context: CallContext;
  readonly spec?: Spec | undefined;
  /** What the spec says of the link, where it declares one of that name. */
  readonly declared?: LinkSpec | undefined;
}

/** What marks are compared with where no project is given: nothing is written then. */
const NO_PROJECT = 'none';

/**
 * Opens the account and region of a link: those of the spec's link of that name, else those of the options, the place of the
 * spec where a link of that id or name stands, or those of the environment.
 * @throws {InvalidInputError} `REGION_MISSING`, `NOT_FOUND`, `AMBIGUOUS`, and what reading a spec throws.
 */
export async function openPlace(io: Io, name: string | undefined, options: PlaceOptions): Promise<OpenPlace> {
  const loaded = await loadSpecIfAny(options.spec, io, options);
  const spec = loaded?.spec;
  const declared = name !== undefined && spec && Object.hasOwn(spec.links, name) ? spec.links[name] : undefined;
  const session = await openSession(io, { ...options, spec });
  const places = placesOf(spec);
  if (name !== undefined && declared === undefined && options.region === undefined && places.length > 1) {
    return openPlaceWith(name, await Promise.all(places.map((place) => opened(session, place, options, spec))), spec);
  }
  const place = declared ?? placeOf(io, name, options, spec);
  return { ...(await opened(session, place, options, spec)), declared };
}

/** The one of several places where a link of that id or name stands. */
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
    throw new InvalidInputError('AMBIGUOUS', `${name} fits links in ${where(having)}`, {
      remedy: 'Write the id of the one that is meant, or add --provider and --region.',
    });
  }
  throw new InvalidInputError('NOT_FOUND', `there is no link ${name} in ${where(places)}`, {
    remedy: `Use a name of the spec (${Object.keys(spec?.links ?? {}).join(', ')}), or an id that \`postern links\` shows; elsewhere, add --region.`,
  });
}

/** Opens every account and region that is meant where no link is named: one that the options name, or all of the spec's. */
export async function openPlaces(io: Io, options: PlaceOptions): Promise<readonly OpenPlace[]> {
  const spec = (await loadSpecIfAny(options.spec, io, options))?.spec;
  const session = await openSession(io, { ...options, spec });
  const named = options.region === undefined ? placesOf(spec) : [];
  const places = named.length > 0 ? named : [placeOf(io, undefined, options, spec)];
  return Promise.all(places.map((place) => opened(session, place, options, spec)));
}

async function opened(
  { context, drivers }: Session,
  place: DriverPlace,
  options: PlaceOptions,
  spec: Spec | undefined,
): Promise<OpenPlace> {
  const { provider, region, account, profile, assumeRole } = place;
  const driver = await drivers({ provider, region, account, profile, assumeRole });
  const project = options.project ?? spec?.project ?? NO_PROJECT;
  const { signal: _, ...rest } = context;
  return {
    gate: new PrivateIntegrations(driver, {
      ...rest,
      project,
      spec: options.specId ?? (spec?.project === project ? spec.spec : undefined),
    }),
    context,
    spec,
  };
}

/** Every account and region of a spec, in the order in which it speaks of them. */
function placesOf(spec: Spec | undefined): readonly DriverPlace[] {
  const places = Object.values(spec?.links ?? {}).map(({ provider, region, account, profile, assumeRole }) => {
    const place: DriverPlace = { provider, region, account, profile, assumeRole };
    return [JSON.stringify(place), place] as const;
  });
  return [...new Map(places).values()];
}

function placeOf(io: Io, name: string | undefined, options: PlaceOptions, spec: Spec | undefined): DriverPlace {
  const { profile } = options;
  const provider = providerOf(options.provider, name, options.region);
  const named = options.region ?? (spec ? undefined : regionOfEnvironment(io, provider));
  if (named !== undefined) return { provider, region: named, profile };
  const places = new Map(Object.values(spec?.links ?? {}).map((link) => [`${link.provider} ${link.region}`, link]));
  const [only] = places.values();
  if (only && places.size === 1) return only;
  const region = regionOfEnvironment(io, provider);
  if (region !== undefined) return { provider, region, profile };
  throw new InvalidInputError('REGION_MISSING', 'no region given', { remedy: regionRemedy(provider) });
}

/**
 * The link that a name of the spec, an id, or a name on the cloud means.
 * @throws {InvalidInputError} `NOT_FOUND`, `AMBIGUOUS`
 */
export async function findLink(place: OpenPlace, name: string): Promise<Link> {
  const { gate, context, declared, spec } = place;
  const { links } = gate.driver;
  if (declared && declared.id === undefined && declared.owner !== 'external') {
    const owner = { project: spec?.project ?? '', spec: gate.spec, integration: name };
    const ours = await links.find({ owner }, context);
    if (ours) return ours;
    throw await notOwned(gate, owner, declared.name ?? name, context);
  }
  const wanted: LookUp = declared?.id ?? declared?.name ?? name;
  const byId = typeof wanted === 'string' ? await links.find({ id: wanted }, context) : undefined;
  if (byId) return byId;
  const fitting: Link[] = [];
  for await (const link of gate.links({ signal: context.signal })) if (fits(link, wanted)) fitting.push(link);
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  const region = gate.driver.region;
  if (only) {
    const ids = fitting.map(({ id }) => id).join(', ');
    throw new InvalidInputError('AMBIGUOUS', `${name} fits several links in ${region}: ${ids}`, {
      remedy: 'Write the id of the one that is meant.',
    });
  }
  throw new InvalidInputError('NOT_FOUND', `there is no link ${name} in ${region}`, {
    remedy: `See \`postern links --provider ${gate.driver.provider} --region ${region}\`.`,
  });
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
