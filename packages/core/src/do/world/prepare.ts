import type { Spec } from '../spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { specInMasks } from './redact-spec.js';
import type { Assumption } from './assumption.js';
import type { CheckInput } from './views.js';
import { integrationViews } from './resolve/integration-views.js';
import { withMovedOwners } from './resolve/moved-owners.js';
import { linkViews } from './resolve/link-views.js';
import { derivedFrom } from './derived.js';
import { withPlannedAdmission } from './planned-admission.js';
import { placeIndex } from './index/place-index.js';
import type { IndexRegion } from './index/region-index.js';

/** The input of checks, and the assumptions that they used. */
export interface Prepared {
  readonly input: CheckInput;
  /** In the order of their paths, each once. */
  readonly assumptions: () => readonly Assumption[];
}

/**
 * Combines a sorted snapshot (see `sortSnapshot`) and a spec: every name of the spec is looked up once, by
 * hash. The order of a cloud's lists must not affect the findings.
 * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot shows another provider, account or region
 *   than the spec, or has no date, or masks accounts so that they cannot be compared with the spec;
 *   `UNKNOWN_REFERENCE`.
 */
export function prepare(
  snapshot: Snapshot,
  wanted: Spec,
  {
    now,
    passes,
    throughout,
    index,
  }: Pick<CheckInput, 'now' | 'passes' | 'throughout'> & {
    /** Given where several inputs of one call share their regions. */
    readonly index?: IndexRegion | undefined;
  },
): Prepared {
  const spec = specInMasks(snapshot, wanted);
  const places = placeIndex(withPlannedAdmission(withMovedOwners(snapshot, spec), spec), spec, index);
  const links = linkViews(spec, places);
  const assumed = new Map<string, Assumption>();
  const input: CheckInput = {
    snapshot,
    spec,
    now,
    passes,
    throughout,
    links: [...links.values()],
    integrations: integrationViews(spec, links),
    assumed: (path, text) => {
      assumed.set(`${path}\n${text}`, { path, text });
    },
    regionOf: places.find,
    derived: derivedFrom(() => input),
  };
  return {
    input,
    assumptions: () => [...assumed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, assumption]) => assumption),
  };
}
