import type { Spec } from '@postern/core/internal/library';

/** A region of a cloud that specs name. */
export interface Place {
  readonly provider: string;
  readonly region: string;
}

/** The regions of all links, each once. */
export function placesOf(specs: readonly Spec[]): readonly Place[] {
  const places = specs.flatMap(({ links }) =>
    Object.values(links).map(({ provider, region }): Place => ({ provider, region })),
  );
  return [...new Map(places.map((place) => [`${place.provider} ${place.region}`, place])).values()];
}
