import { InvalidInputError } from '@postern/core/internal/library';
import { checksOf, countedCheck, neededRates, rulesOf, type Check, type Report } from '@postern/core/internal/check';
import { counted, failsAt, type FailOn } from '@postern/core/internal/report';
import type { Invocation } from '../../invocation.js';
import { note } from '../../output/print.js';
import { writeOutput } from '../../output/files.js';
import type { Io } from '../../process/io.js';
import { readFile } from '../../process/read-file.js';
import { baselineText, compare, readBaseline, type Baseline } from '../../report/baseline.js';
import { momentOf, type CheckCommandOptions, selectionOf, type Selection } from '../../report/finding-options.js';
import { needsPasses, requireFormat, writeCheckReport } from '../../report/write-report.js';
import { elsewhereOf } from '../../apply/elsewhere.js';
import { headingOf, takeSnapshot } from '../../snapshot/take-snapshot.js';
import { loadSpec, type LoadedSpec } from '../../spec/load-spec.js';
import { ownChecks } from '../../spec/own-checks.js';

/** The options that judge a plan of another tool. */
const PLANS = ['terraform', 'state', 'changeSet', 'template', 'pulumi', 'source', 'stack', 'parameters'] as const;

/**
 * `postern check`: reports whether what the spec declares will work, from the current state or from a
 * snapshot file. With a snapshot file no cloud is called. The exit status is 3 where findings are at or
 * above `--fail-on`.
 */
export async function run({ io, args: [file], options }: Invocation<CheckCommandOptions>): Promise<number> {
  requireFormat(options);
  const now = options.now === undefined ? undefined : momentOf('--now', options.now);
  if (PLANS.some((one) => options[one] !== undefined)) {
    const { checkPlan } = await import('./check-plan.js');
    return checkPlan(io, file, { ...options, moment: now });
  }

  const baseline = await baselineOf(io, options);
  const loaded = await loadSpec(file, io, options);
  const { spec, clouds } = loaded;
  const own = [...(await ownChecks(options.checks, io)), ...(await checksOfNeeds(io, options.needs, loaded))];
  const rules = [...rulesOf(clouds), ...own];
  const selection = selectionOf(options, spec, rules);
  const taken = await takeSnapshot(io, spec, { ...options, elsewhere: await elsewhereOf(loaded) });
  const passes = selection !== undefined || needsPasses(options);
  const checks = [...checksOf(clouds), ...own];
  const live = taken.file === undefined;
  const counted = countedCheck(taken.snapshot, spec, { clouds, now, checks, passes, sorted: true, live });
  const chosen = selection === undefined ? counted : selected(io, counted.report, selection);
  const compared = { ...chosen, ...comparedWith(io, chosen.report, baseline, options.baseline ?? '') };
  await writeCheckReport(io, compared, { spec, rules, heading: headingOf(taken) }, options);
  if (options.writeBaseline === undefined) return statusOf(io, compared.report, options.failOn);

  await writeOutput(io, options.writeBaseline, baselineText(compared.report));
  note(io, `the findings are in ${options.writeBaseline}; with --baseline ${options.writeBaseline} they do not count`);
  return 0;
}

/** @throws {InvalidInputError} `INVALID_INPUT` where the needs are those of a cloud of which the spec has no link */
async function checksOfNeeds(
  io: Io,
  file: string | undefined,
  { clouds, spec }: LoadedSpec,
): Promise<readonly Check[]> {
  if (file === undefined) return [];

  const { parseNeeds } = await import('@postern/core/internal/spec');
  const text = await readFile(io, file, { remedy: 'Write `postern advise --example > needs.yaml`, then edit it.' });
  const { services, provider } = parseNeeds(text, { clouds, file, json: file.endsWith('.json') });
  const declared = [...new Set(Object.values(spec.links).map((link) => link.provider))];
  if (declared.length > 0 && !declared.includes(provider)) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `--needs: ${file} is about ${provider}, and the links of the spec are of ${declared.join(', ')}`,
      { remedy: 'Write needs of the cloud of the spec, or name the spec of that cloud.' },
    );
  }

  const rates = services.flatMap(({ name, peakRequestsPerSecond, requestsPerSecond }) => {
    const rate = peakRequestsPerSecond ?? requestsPerSecond;
    return rate === undefined ? [] : [[name, rate] as const];
  });
  return [neededRates(new Map(rates))];
}

async function baselineOf(io: Io, { baseline, writeBaseline }: CheckCommandOptions): Promise<Baseline | undefined> {
  if (baseline !== undefined && writeBaseline !== undefined) {
    throw new InvalidInputError('INVALID_INPUT', '--baseline is not allowed with --write-baseline', {
      remedy: 'Leave --baseline out: --write-baseline writes all findings, also those that are known.',
    });
  }

  return baseline === undefined ? undefined : readBaseline(io, baseline);
}

function selected(io: Io, report: Report, selection: Selection): { readonly report: Report; readonly passed: number } {
  const isPass = ({ verdict }: Report['findings'][number]): boolean => verdict === 'pass';
  const findings = report.findings.filter(selection);
  const left = report.findings.filter((one) => !isPass(one) && !selection(one)).length;
  if (left > 0) note(io, `--only and --skip leave out ${counted(left, 'finding')}`);
  return { report: { ...report, findings }, passed: findings.filter(isPass).length };
}

function comparedWith(
  io: Io,
  report: Report,
  baseline: Baseline | undefined,
  file: string,
): { readonly report: Report; readonly news: Report } {
  if (baseline === undefined) return { report, news: report };

  const { gone, ...compared } = compare(report, baseline, file);
  const known = report.findings.length - compared.news.findings.length;
  if (known > 0) note(io, `${counted(known, 'finding')} known in ${file} ${known === 1 ? 'does' : 'do'} not count`);
  if (gone > 0)
    note(io, `${counted(gone, 'finding')} of ${file} no longer found: --write-baseline removes what is gone`);
  return compared;
}

/** The exit status: 3 where a finding is at or above `--fail-on`. */
function statusOf(io: Io, report: Report, failOn: FailOn): number {
  const stops = report.findings.filter((finding) => failsAt(finding, failOn));
  const stopping = new Set(stops.flatMap(({ verdict, check }) => (verdict === 'unknown' ? [check] : [])));
  if (stopping.size > 0)
    note(
      io,
      `undecided under --fail-on unknown: ${[...stopping].join(', ')}; to accept one, add it to \`ignore\` in the spec with a reason`,
    );
  if (stops.length > 0) return 3;

  const undecided = report.findings.filter((finding) => failsAt(finding, 'unknown')).length;
  if (undecided > 0) {
    note(
      io,
      `${counted(undecided, 'check')} of severity error could not be decided; --fail-on unknown makes this a failure`,
    );
  }
  return 0;
}
