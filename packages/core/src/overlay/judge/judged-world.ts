import type { CheckReport, Finding } from '../../do/findings/finding.js';
import type { Spec } from '../../do/spec.js';
import type { Laid } from '../lay/laid.js';
import type { JudgedRoute } from './routes.js';
import type { Clouds, OnClouds } from '../../do/kinds/cloud/clouds.js';
import { countedCheck } from '../../check/checks/run.js';
import type { Link } from '../../do/model/link.js';
import type { RegionSnapshot } from '../../do/snapshot/snapshot.js';
import { InvalidInputError } from '../../ground/errors.js';
import { partsInput, place } from '../../spec/generate/link-input.js';
import { specFrom } from '../../spec/parse/parse-read.js';

/** A snapshot as it is judged: with the spec of all that is in it. */
export interface JudgedWorld {
  readonly laid: Laid;
  readonly spec: Spec;
  /** Those of the plan's types. */
  readonly clouds: Clouds;
  readonly report: CheckReport;
  readonly routes: readonly JudgedRoute[];
  /** What the cloud refuses about links that the plan creates. */
  readonly links: readonly LinkFinding[];
}

/** What the cloud refuses about a link that a plan creates or replaces. */
export interface LinkFinding {
  readonly linkId: string;
  /** Its name in the spec that was checked. */
  readonly name: string;
  readonly finding: Finding;
}

/**
 * What checks find about the creation of links: of a link that exists they warn at most, and after a plan its links are as if
 * they existed. So a spec that creates them is checked over the network without them. What such a check cannot determine, a
 * quota that was not read for example, decides nothing: most plans would be unknown.
 */
export function createdLinks(
  laid: Laid,
  spec: Spec,
  { clouds, now }: OnClouds & { readonly now?: number | undefined },
): readonly LinkFinding[] {
  const created = new Map(
    laid.snapshot.regions.flatMap((region) =>
      region.links.flatMap((link) => {
        const written = laid.symbols.has(link.id) ? writtenLink(link, region, clouds) : undefined;
        return written === undefined ? [] : [[nameOf(link, spec), { link, written }] as const];
      }),
    ),
  );
  if (created.size === 0) return [];

  const links = Object.fromEntries([...created].map(([name, { written }]) => [name, written]));
  const regions = laid.snapshot.regions.map((region) => ({
    ...region,
    links: region.links.filter(({ id }) => !laid.symbols.has(id)),
  }));
  return failures({ ...laid.snapshot, regions }, { version: 1, project: 'plan', links }, clouds, now).flatMap(
    (finding) => {
      const [first] = finding.about;
      const name = first?.id ?? '';
      const link = first?.kind === 'link' ? created.get(name)?.link : undefined;
      if (link === undefined || !finding.check.startsWith('link/')) return [];

      return { linkId: link.id, name, finding };
    },
  );
}

function failures(
  snapshot: Laid['snapshot'],
  written: object,
  clouds: Clouds,
  now: number | undefined,
): readonly Finding[] {
  try {
    const spec = specFrom(JSON.parse(JSON.stringify(written)), { clouds });
    const { report } = countedCheck(snapshot, spec, { clouds, passes: false, now, planned: true });
    return report.findings.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error');
  } catch (error) {
    // What no spec can have, such as twelve subnets, has no finding.
    if (error instanceof InvalidInputError) return [];

    throw error;
  }
}

function writtenLink(link: Link, region: RegionSnapshot, clouds: Clouds): object | undefined {
  const parts = partsInput(link, link.securityGroupIds, region, clouds);
  return parts === undefined ? undefined : { ...place(region), ...parts };
}

/** The name that a link has in the spec of the plan, where routes use it. */
function nameOf({ id }: Link, { links }: Spec): string {
  const [name] = Object.entries(links).find(([, one]) => one.id === id) ?? [];
  return name ?? `link-${id}`;
}
