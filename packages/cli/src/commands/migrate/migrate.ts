import { InvalidInputError, type Snapshot } from '@postern/core/internal/library';
import {
  gatewayOfStage,
  acceptUnknowns,
  blockersOf,
  validateInstance,
  validateMigration,
  validateStage,
  type MigrationReport,
  type ValidateOptions,
} from '@postern/core/internal/moves';
import type { Invocation } from '../../invocation.js';
import { assumptionsOf, writeReports, type Judged } from '../../migrate/reports.js';
import {
  acceptedOf,
  askedForMove,
  requestIn,
  type AskedMove,
  type MoveOptions,
  takeForMigration,
} from '../../migrate/migrate-options.js';
import { checkedCloudsOf } from '../../spec/brought-clouds.js';
import { note } from '../../output/print.js';
import { momentOf } from '../../report/finding-options.js';
import { headingOf } from '../../snapshot/take-snapshot.js';

/**
 * `postern migrate validate`: reports whether a migration may start, from the current state or from a
 * snapshot file. The exit status is 3 where it must not start: an error was found, or an undecided check
 * that could be an error is not accepted.
 */
export async function validate({ io, args, options }: Invocation<MoveOptions>): Promise<number> {
  if (args.length > 0) throw wrong(`unexpected argument ${JSON.stringify(args[0])}`, 'Use options instead.');

  const forms = (['json', 'sarif', 'junit', 'md'] as const).filter((form) => options[form] === true);
  if (forms.length > 1) {
    throw wrong(`several report formats were given: ${forms.map((form) => `--${form}`).join(', ')}`, 'Give only one.');
  }

  const given = await askedForMove(io, options);
  const accepted = await acceptedOf(io, options);
  const now = options.now === undefined ? undefined : momentOf('--now', options.now);
  const assume = await assumptionsOf(io, options);
  const { asked, ...taken } = await takeForMigration(io, given, options);
  const how = { clouds: await checkedCloudsOf(io), now, assume };
  const found =
    'all' in asked
      ? validateInstance(taken.snapshot, asked.all, { ...how, accept: accepted })
      : [{ ...nameOf(asked), report: reportOf(taken.snapshot, asked, how) }];
  const known = taken.snapshot.regions.flatMap(({ gateways }) => gateways);
  const judged = found.map(({ gateway, name, report }): Judged => {
    const read = known.find(({ id }) => id === gateway);
    return {
      gateway,
      name: read?.name || name,
      report: acceptUnknowns(report, accepted),
      passed: report.findings.filter(({ verdict }) => verdict === 'pass').length,
      move: movedIn(asked, { id: gateway, linkId: read?.linkId }),
    };
  });
  for (const { check, subject } of accepted) {
    const met = judged.some(({ report }) =>
      report.findings.some((one) => one.suppressed && one.check === check && (subject ?? one.subject) === one.subject),
    );
    if (!met) note(io, `no finding of ${check}${subject === undefined ? '' : `:${subject}`} is unknown`);
  }
  const { to } = requestIn(asked);
  await writeReports(
    io,
    judged,
    { snapshot: taken.snapshot, heading: headingOf(taken), to, whole: 'all' in asked },
    options,
  );
  return judged.some(({ report }) => blockersOf(report).length > 0) ? 3 : 0;
}

/** What moves of one gateway, for its pictures. */
function movedIn(asked: AskedMove, { id, linkId }: { readonly id: string; readonly linkId: string | undefined }) {
  if ('all' in asked) return { ...asked.all, gateways: [{ id }] };
  if ('stage' in asked) return { ...asked.stage, gateways: [{ id }], from: asked.stage.from ?? linkId };

  const { one } = asked;
  const routes = 'api' in one && one.route !== undefined ? [one.route] : undefined;
  return { region: one.region, gateways: [{ id, routes }], from: 'from' in one ? one.from : linkId, to: one.to };
}

/** One gateway, or a stage. */
type One = Exclude<AskedMove, { readonly all: unknown }>;

function nameOf(asked: One) {
  const gateway =
    'stage' in asked ? gatewayOfStage(asked.stage) : 'group' in asked.one ? asked.one.group : asked.one.api;
  return { gateway, name: gateway };
}

function reportOf(snapshot: Snapshot, asked: One, how: ValidateOptions): MigrationReport {
  return 'stage' in asked ? validateStage(snapshot, asked.stage, how) : validateMigration(snapshot, asked.one, how);
}

function wrong(message: string, remedy: string): InvalidInputError {
  return new InvalidInputError('INVALID_INPUT', message, { remedy });
}
