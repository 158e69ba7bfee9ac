import { InvalidInputError, type LinkSpec, type Snapshot, type Spec } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** The options of a command that name a place. */
export interface PlaceOptions {
  /** Region of links where the spec names none. */
  readonly region?: string | undefined;
  /** The cloud of `--provider`. */
  readonly provider?: string | undefined;
  /** Profile of links where the spec names none. */
  readonly profile?: string | undefined;
  /** The command is about one place of the spec: the options name which. Otherwise it is about the whole spec. */
  readonly onePlace?: true | undefined;
}

/** The options that name a place, and what a link has for them. */
const PLACE_OPTIONS = ['provider', 'region', 'profile'] as const;

/**
 * Refuses `--provider`, `--region` and `--profile` where the spec names another one: they are for links that name none. A command
 * about one place of the spec selects by them among its links. A command about the whole spec would work in the others, too.
 * @param isTaken whether a link has the region of the options because the spec names none for it
 * @throws {InvalidInputError} `INVALID_INPUT`, with both places
 */
export function refuseOtherPlace(spec: Spec, options: PlaceOptions, isTaken: boolean): void {
  for (const option of PLACE_OPTIONS) {
    const given = options[option];
    const named = linksNaming(spec, option, options);
    if (given === undefined || (option === 'region' && isTaken)) continue;

    const others = named.filter(([, link]) => link[option] !== given);
    const selects = option === 'provider' || options.onePlace === true;
    const [first] = others;
    if (first === undefined || (selects && others.length < named.length)) continue;

    throw otherPlace(spec, option, given, first);
  }
}

/** The links that have a place of the options by themselves. Every link has a provider; a profile is of links of one cloud. */
function linksNaming(
  { links }: Spec,
  option: (typeof PLACE_OPTIONS)[number],
  { provider }: PlaceOptions,
): readonly (readonly [string, LinkSpec])[] {
  const all = Object.entries(links);
  if (option === 'provider') return all;

  return all.filter(([, link]) => link[option] !== undefined && (provider ?? link.provider) === link.provider);
}

/** `--region us-east-1: the spec names eu-west-1 (links.main, postern.yaml:4)`. */
function otherPlace(
  spec: Spec,
  option: (typeof PLACE_OPTIONS)[number],
  given: string,
  [name, link]: readonly [string, LinkSpec],
): InvalidInputError {
  const path = [`links.${name}.${option}`, `defaults.${option}`].find((one) => spec.places?.(one)?.path === one);
  const { file, line, column } = spec.places?.(path ?? `links.${name}`) ?? {};
  const also =
    option === 'region' ? `; \`postern list --also-region ${displayText(given)}\` shows what it has left there` : '';
  return new InvalidInputError(
    'INVALID_INPUT',
    `--${option} ${displayText(given)}: the spec names ${displayText(link[option] ?? '')} for link ${name}`,
    {
      place: { path: path ?? `links.${name}`, file, line, column },
      remedy: `Remove --${option}, which is for links that name none, or change the spec${also}.`,
      details: { option, given, named: link[option] ?? '' },
    },
  );
}

/**
 * The same for a file that is read in place of the clouds, without any call: options of a place choose among those that it has, and no
 * profile is used.
 * @throws {InvalidInputError} `INVALID_INPUT`
 */
export function refusePlaceBesideFile(
  file: string,
  places: readonly Pick<LinkSpec, 'provider' | 'region'>[],
  options: PlaceOptions,
): void {
  for (const option of PLACE_OPTIONS) {
    const given = options[option];
    if (given === undefined) continue;

    const present = [...new Set(places.map((one) => (option === 'profile' ? undefined : one[option])))];
    if (present.includes(given)) continue;

    const what = option === 'profile' ? 'is read without a call' : `has ${present.join(', ') || `no ${option}`}`;
    throw new InvalidInputError('INVALID_INPUT', `--${option} ${displayText(given)}: ${file} ${what}`, {
      remedy: option === 'profile' ? 'Leave it out.' : `Leave it out, or give a file of that ${option}.`,
    });
  }
}

/** Reports the regions that `destroy` read: resources in other regions are not shown. */
export function noteRegions(io: Io, { regions }: Snapshot): void {
  if (regions.length === 0) return;

  const names = regions.map(({ provider, region }) => `${provider} ${region}`);
  note(io, `searched ${displayText(names.join(', '))}; add --also-region for what is left in another region`);
}
