import type { Snapshot, Spec } from '@postern/core';
import { regionFault } from '@postern/core/driver';
import { displayText } from '@postern/core/report';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';
import type { LoadedSpec } from './load-spec.js';

/**
 * The spec with the region of `--region`, where none of its links is in it. Regions are known from links,
 * and resources of the spec may remain in a region that no link names any more. The region is added as an
 * external link, of which nothing is created, changed or deleted. Where several clouds have a region of that
 * name, it is that of the first.
 */
export function withRegion({ spec, clouds }: Pick<LoadedSpec, 'spec' | 'clouds'>, region: string | undefined): Spec {
  if (region === undefined || Object.values(spec.links).some((link) => link.region === region)) return spec;

  const { all } = clouds;
  const provider = (all.find(({ regions }) => regionFault(regions, region) === undefined) ?? all.at(-1))?.name ?? '';
  return {
    ...spec,
    links: { ...spec.links, [`--region ${region}`]: { provider, region, owner: 'external', tags: {} } },
  };
}

/** Reports the regions that `destroy` read: resources in other regions are not shown. */
export function noteRegions(io: Io, { regions }: Snapshot): void {
  if (regions.length === 0) return;

  const names = regions.map(({ provider, region }) => `${provider} ${region}`);
  note(io, `searched ${displayText(names.join(', '))}; add --region for what is left in another region`);
}
