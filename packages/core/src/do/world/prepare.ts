import type { Spec } from '../spec.js';
import type { Snapshot } from '../snapshot/snapshot.js';
import type { CheckInput } from './views.js';
import { integrationViews } from './resolve/integration-views.js';
import { withMovedOwners } from './resolve/link-identity.js';
import { linkViews } from './resolve/link-views.js';
import { derivedFrom } from './derived.js';
import { withPlannedAdmission } from './planned-admission.js';
import { placeIndex, indexRegion, type IndexRegion } from './index/region-index.js';
import { InvalidInputError } from '../../ground/errors.js';
import { placeOf } from '../model/reference.js';
import { accountsIn, maskAccounts, type AccountMasks } from '../snapshot/redact.js';

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
    planned,
    clouds,
    index = (region) => indexRegion(region, clouds),
  }: Pick<CheckInput, 'now' | 'passes' | 'throughout' | 'planned' | 'clouds'> & {
    /** Given where several inputs of one call share their regions. */
    readonly index?: IndexRegion | undefined;
  },
): Prepared {
  const spec = specInMasks(snapshot, wanted);
  const places = placeIndex(withPlannedAdmission(withMovedOwners(snapshot, spec), spec, clouds), spec, index);
  const links = linkViews(spec, places);
  const assumed = new Map<string, Assumption>();
  // A check that changes what the others read fails.
  const input: CheckInput = Object.freeze<CheckInput>({
    snapshot,
    spec,
    clouds,
    now,
    passes,
    throughout,
    planned,
    links: Object.freeze([...links.values()]),
    integrations: Object.freeze(integrationViews(spec, links)),
    assumed: (path, text) => {
      assumed.set(`${path}\n${text}`, { path, text });
    },
    regionOf: places.find,
    derived: derivedFrom(() => input),
  });
  return {
    input,
    assumptions: () => [...assumed].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, assumption]) => assumption),
  };
}

/**
 * A spec for a redacted snapshot: the accounts that it names, also inside ARNs, are replaced by the
 * snapshot's masks. The account of a link is that of the only region of its provider and name. For a snapshot
 * that is not redacted, the spec is not changed.
 * @throws {InvalidInputError} `INVALID_INPUT`, with the path in the spec, where the snapshot does not
 *   determine the mask: so that an account that cannot be compared is taken neither for the right one nor for
 *   a wrong one.
 */
export function specInMasks(snapshot: Snapshot, spec: Spec): Spec {
  if (snapshot.redacted !== true) return spec;

  const masks: AccountMasks = new Map(snapshot.regions.map(({ account }) => [account, account]));
  for (const account of accountsIn(snapshot)) masks.set(account, account); // a spec may be written with masks
  for (const [name, link] of Object.entries(spec.links)) {
    const { provider, region, assumeRole } = link;
    const account = link.account ?? accountsIn(assumeRole)[0];
    if (account === undefined || masks.get(account) === account) continue;

    const there = snapshot.regions.filter((one) => one.provider === provider && one.region === region);
    const [only, ...others] = new Set(there.map((one) => one.account));
    const known = masks.get(account);
    if (only === undefined && known === undefined) continue; // the look-up of the region reports that it is missing
    if (others.length > 0 || (known !== undefined && only !== undefined && known !== only)) {
      throw unknownMask(spec, account, `links.${name}.account`);
    }

    if (only !== undefined) masks.set(account, only);
  }
  const { links, integrations } = spec;
  for (const [kind, parts] of Object.entries({ links, integrations })) {
    for (const [name, part] of Object.entries(parts)) {
      const unknown = accountsIn(part).find((account) => !masks.has(account));
      if (unknown !== undefined) throw unknownMask(spec, unknown, `${kind}.${name}`);
    }
  }
  return maskAccounts(spec, masks) as Spec;
}

function unknownMask(spec: Spec, account: string, path: string): InvalidInputError {
  return new InvalidInputError(
    'INVALID_INPUT',
    `the snapshot is redacted and does not tell which account is ${account}`,
    {
      place: placeOf(spec, path),
      remedy: 'Write the account of the link, write the mask instead of it, or use a snapshot that is not redacted.',
    },
  );
}

/** A fact that no API provides and that the spec supplied, where a verdict depends on it. */
export interface Assumption {
  /** Its path in the spec: `assume.returnPaths[0]`. */
  readonly path: string;
  readonly text: string;
}
