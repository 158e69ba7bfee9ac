import { InvalidInputError } from '../errors.js';
import { nearest } from './nearest.js';

/** How a cloud names its regions. A region also becomes part of host names. */
export interface RegionNames {
  /** New regions have this form, too. */
  readonly form: RegExp;
  /** `AWS region` */
  readonly what: string;
  readonly example: string;
  /** The environment variables in which the cloud's own tools look up a region; the first that is set counts. */
  readonly variables?: readonly string[] | undefined;
  /** Words of their names besides those of the compass. */
  readonly words?: readonly string[] | undefined;
}

/**
 * Words of names of regions. A part that differs from one of them, or from a word of its cloud, by one letter is a typing error: new
 * regions are made of these words, of codes of countries, or of names that are further away.
 */
const COMPASS = ['north', 'south', 'east', 'west', 'central', 'northeast', 'northwest', 'southeast', 'southwest'];

/**
 * Why `region` cannot be a region of a cloud: an error with code `INVALID_INPUT`. Undefined where it can be one, also a new one.
 */
export function regionFault(
  { form, what, example, words = [] }: RegionNames,
  region: string,
): InvalidInputError | undefined {
  const hasForm = form.test(region);
  const likely = hasForm ? corrected(region, [...COMPASS, ...words]) : region;
  if (hasForm && likely === region) return undefined;

  const shown = JSON.stringify(region.slice(0, 100));
  return new InvalidInputError('INVALID_INPUT', `${shown} is not a ${hasForm ? 'known' : 'valid'} ${what}`, {
    remedy: hasForm ? `Did you mean ${likely}?` : `Write it like ${example}.`,
  });
}

/** The region with the words that its parts most likely mean: `eu-west-1` for `eu-wst-1`. */
function corrected(region: string, words: readonly string[]): string {
  const parts = region.split('-').map((part) => (part.length < 3 ? part : (nearest(part, words, 1) ?? part)));
  return parts.join('-');
}
