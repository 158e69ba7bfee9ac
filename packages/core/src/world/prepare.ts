import type { Spec } from '../model/spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import { specInMasks } from '../snapshot/redact-spec.js';
import type { Assumption } from './assumption.js';
import type { CheckInput } from './views.js';
import { integrationViews } from './resolve/integration-views.js';
import { linkViews } from './resolve/link-views.js';
import { placeIndex } from './index/place-index.js';

/** What checks look at, and the assumptions that they named meanwhile. */
export interface Prepared {
  readonly input: CheckInput;
  /** In the order of their paths, each once. */
  readonly assumptions: () => readonly Assumption[];
}

/**
 * Brings a sorted snapshot (see `sortSnapshot`) and a spec together: every name of the spec is looked up once, by hash. The order in
 * which a cloud lists things must not show in what is said of them.
 * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot shows another provider, account or region than the spec, or has no
 * date, or masks accounts that cannot be told from the spec; `UNKNOWN_REFERENCE`.
 */
export function prepare(
  snapshot: Snapshot,
  wanted: Spec,
  options: { readonly now: number; readonly passes: boolean },
): Prepared {
  const spec = specInMasks(snapshot, wanted);
  const places = placeIndex(snapshot, spec);
  const links = linkViews(spec, places);
  const assumed = new Map<string, Assumption>();
  const input: CheckInput = {
    snapshot,
    spec,
    now: options.now,
    passes: options.passes,
    links: [...links.values()],
    integrations: integrationViews(spec, links),
    assumed: (path, text) => {
      assumed.set(`${path}\n${text}`, { path, text });
    },
    regionOf: places.find,
  };
  return {
    input,
    assumptions: () => [...assumed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, assumption]) => assumption),
  };
}
