import { gatewaySpec } from '../../do/kinds/cloud/gateway-kinds.js';
import { inOrder } from '../../do/findings/named-findings.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import { indexOnce } from '../../do/world/index/region-index.js';
import { prepare, type Prepared } from '../../do/world/prepare.js';
import type { LinkView } from '../../do/world/views.js';
import { snapshotTime } from '../../do/world/derived.js';
import type { SortedUses } from '../../do/world/uses/moved-backends.js';
import { gatewayName, type MigrationInput, MIGRATION_REPORT_VERSION, type MigrationReport } from './migration.js';
import { STAGE_CHECKS } from './checks/index.js';
import { findingsOfMove, gapsOf, wayBack } from './findings-of-move.js';
import { futureSpec } from './future-spec.js';
import { impactOf } from './impact.js';
import type { ValidateOptions } from './validate.js';
import { requireGiven } from './given-arguments.js';
import { type StageMigration, type StagePlace, placeOfStage } from './place-of-stage.js';
import { formerBackends, backendsOf } from './stage-backends.js';

/**
 * Judges the calls of a stage behind its new link and load balancer, and those behind the old ones after a return, by the
 * checks of a spec. Pure. A return sends calls to the former deployment, whose path must still lead to the backends.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one.
 */
export function judgeStage(
  given: Snapshot,
  request: StageMigration,
  { clouds, passes = true, assume, now }: ValidateOptions,
): { readonly report: MigrationReport; readonly place: StagePlace; readonly input: MigrationInput } {
  const snapshot = sortSnapshot(given);
  const place = placeOfStage(snapshot, request, clouds);
  const { region, gateway, from, to, routes } = place;
  const how = {
    clouds,
    now: now ?? snapshotTime(snapshot),
    assume,
    passes,
    throughout: true as const,
    index: indexOnce(clouds),
  };
  const ends = (linkId: string, backends: SortedUses['backends']): StageEnd => {
    const spec = futureSpec(region, {
      name: gatewayName(gateway),
      gateway: { ...gatewaySpec(clouds, gateway), stage: request.stage } as never,
      routes,
      linkId,
      backends,
      assume,
      clouds,
    });
    const { input, assumptions } = prepare(snapshot, spec, how);
    const [link] = input.links;
    const [future] = input.integrations;
    if (link === undefined || future === undefined) throw new Error('the spec of a stage is incomplete');

    return { check: input, link, future, backends, assumptions };
  };
  const next = ends(to.id, backendsOf(place, request.stage));
  const old = ends(from.id, formerBackends(place, request.stage));
  const judged = (one: StageEnd, other: StageEnd, back: MigrationInput['back']): MigrationInput => ({
    check: one.check,
    region: one.link.region,
    gateway,
    from: other.link,
    to: one.link,
    future: one.future,
    backends: one.backends,
    open: [],
    untold: [],
    back,
  });
  const input = judged(next, old, () =>
    wayBack(
      input,
      judged(old, next, () => undefined),
    ),
  );
  const findings = findingsOfMove(input, STAGE_CHECKS, passes);
  const report: MigrationReport = {
    version: MIGRATION_REPORT_VERSION,
    findings: inOrder(findings, [gatewayName(gateway)]),
    impact: impactOf(input),
    gaps: gapsOf(snapshot),
    assumptions: next.assumptions(),
  };
  return { report, place, input };
}

/**
 * As `validateMigration`, for a stage of a gateway. Pure.
 * @throws {InvalidInputError} `NOT_FOUND`, `WRONG_KIND`, `INVALID_INPUT`. {CloudError} the code of a gap that hides one.
 */
export function validateStage(snapshot: Snapshot, request: StageMigration, options: ValidateOptions): MigrationReport {
  requireGiven('validateStage', snapshot, options);
  return judgeStage(snapshot, request, options).report;
}

/** The calls of a stage behind one of the links, ready for checks. */
interface StageEnd extends Pick<MigrationInput, 'check' | 'future' | 'backends'> {
  readonly link: LinkView;
  readonly assumptions: Prepared['assumptions'];
}
