import type { Spec } from '@postern/core/internal/library';
import { regionFault } from '@postern/core/internal/driver';
import { recordedReach, type Elsewhere } from '@postern/core/internal/plan';
import type { LoadedSpec } from '../spec/load-spec.js';
import { journalFile } from './journal.js';

/** The regions of `--also-region`; `--region` is one where the spec has no link that could be in it. */
interface NamedRegions {
  readonly region?: string | readonly string[] | undefined;
  readonly alsoRegion?: readonly string[] | undefined;
}

/**
 * Where every command looks for what its spec owns, besides what the spec names: where the journal of its folder shows that it had something, and the
 * regions of the command line. Where several clouds have a region of that name, it is that of the first.
 */
export async function elsewhereOf(
  { spec, clouds: { all }, folder }: LoadedSpec,
  { region = [], alsoRegion = [] }: NamedRegions = {},
): Promise<Elsewhere> {
  const known = await recordedIn(folder, spec);
  const named = Object.values(spec.links);
  const wanted = new Set([...(named.length === 0 ? [region].flat() : []), ...alsoRegion]);
  const others = [...wanted].filter((one) => !named.some((link) => link.region === one));
  const places = others.map((one) => {
    const provider = (all.find(({ regions }) => regionFault(regions, one) === undefined) ?? all.at(-1))?.name ?? '';
    return { provider, region: one, gateways: [] };
  });
  return { ...known, places: [...known.places, ...places] };
}

/** What the journal of a project shows. One that cannot be read shows nothing; `apply` reports it. */
async function recordedIn(folder: string, spec: Spec): Promise<Elsewhere> {
  const { fileJournal } = await import('@postern/core/internal/node');
  try {
    return recordedReach(await fileJournal(await journalFile(folder, spec.project)).read(), spec);
  } catch {
    return { places: [], isUnknown: true };
  }
}
