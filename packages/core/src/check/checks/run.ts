import { checkArgument } from '../../do/forms/check-argument.js';
import { strict } from '../../do/forms/form.js';
import { checkOptions, type CheckOptions, type Check, type Outcome } from '../../do/findings/check.js';
import { snapshotArgument } from '../../do/snapshot/snapshot-argument.js';
import { givenClouds, givenSpec, type AnySpec } from '../../do/input/given-spec.js';
import type { OnClouds } from '../../do/kinds/cloud/clouds.js';
import { hidingValues } from '../../do/hidden-values.js';
import type { Spec } from '../../do/spec.js';
import type { RegionSnapshot, Snapshot } from '../../do/snapshot/snapshot.js';
import { sortSnapshot } from '../../do/snapshot/arrange.js';
import type { CheckInput } from '../../do/world/views.js';
import { isPosternError, PosternError, thrownText } from '../../ground/errors.js';
import { COUNTED, findingOf } from '../../do/findings/say.js';
import { checkCheckIds } from './define-check.js';
import {
  REPORT_VERSION,
  type CheckReport,
  type FailedFinding,
  type Finding,
  type ReportGap,
  type Severity,
  type Verdict,
} from '../../do/findings/finding.js';
import { readIgnores, type Ignores } from './ignores.js';
import { inOrder } from '../../do/findings/named-findings.js';
import { checksOf, rulesOf } from './registry.js';
import { withLiveRemedy } from './live-remedy.js';
import { pathChecks } from './path/index.js';
import { unreported } from './path/outcomes.js';
import { snapshotTime } from '../../do/world/derived.js';
import { prepare } from '../../do/world/prepare.js';

const checkOptionsForm = strict<CheckOptions>()(checkOptions);

/** A report, and how many passes it leaves out or lists. */
export interface CountedReport {
  readonly report: CheckReport;
  readonly passed: number;
}

/**
 * Checks a spec against the current state. Pure: the same snapshot and spec give the same report, finding by
 * finding. A fact that the snapshot lacks never passes a check: its verdict is `unknown`.
 *
 * Findings are in order: those without a single integration first, then integration by integration in spec
 * order. In each: failures and unknowns of severity `error`, then `warning`, then `note`, then passes; of
 * those by check and subject. `failures` are those of them that failed and that the spec does not ignore.
 *
 * ```ts
 * const { failures } = check(snapshot, spec, { clouds });
 * for (const { check: id, message, remedy } of failures) console.log(id, message, remedy);
 * ```
 *
 * @throws {InvalidInputError} `INVALID_INPUT` where the snapshot shows another provider, account or region
 *   than the spec names; `UNKNOWN_REFERENCE` for an `ignore` of a check that does not exist. Each with its
 *   position in the spec.
 */
export function check(snapshot: Snapshot, spec: AnySpec, options: CheckOptions & OnClouds): CheckReport {
  return countedCheck(snapshot, spec, options).report;
}

/** As {@link check}, and returns how many findings passed, also where the report omits them. */
export function countedCheck(snapshot: Snapshot, wanted: AnySpec, options: CheckOptions & OnClouds): CountedReport {
  const clouds = givenClouds('check', options);
  const spec = givenSpec('check', wanted, clouds);
  checkArgument('check', 'snapshot', snapshotArgument, snapshot);
  checkArgument('check', 'options', checkOptionsForm, options, { open: true });
  const { checks = checksOf(clouds), passes = true, sorted = false, live = false } = options;
  const throughout = options.throughout === true ? true : undefined;
  const planned = options.planned === true ? true : undefined;
  checkCheckIds(checks);
  const now = options.now ?? snapshotTime(snapshot);
  const ignores = readIgnores(spec, { rules: [...rulesOf(clouds), ...checks], running: checks }, now);
  const { input, assumptions } = prepare(sorted ? snapshot : sortSnapshot(snapshot), spec, {
    clouds,
    now,
    passes,
    throughout,
    planned,
  });
  const { findings: found, passed } = findingsOf(checks, input, ignores);
  const shown = live ? found.map(withLiveRemedy) : found;
  const inOrderOfSpec = inOrder([...shown, ...ignores.leftovers()], Object.keys(spec.integrations));
  const gaps = input.snapshot.regions.flatMap(gapsOf);
  const hidden = withoutValues({ findings: inOrderOfSpec, gaps, assumptions: assumptions() }, spec);
  return {
    report: { version: REPORT_VERSION, failures: hidden.findings.filter(isFailure), ...hidden },
    passed,
  };
}

/** Whether it failed, and the spec does not ignore it. */
function isFailure(finding: Finding): finding is FailedFinding {
  return finding.verdict === 'fail' && finding.suppressed === undefined;
}

/** Parts of a report without the values of the spec's variables. */
function withoutValues<T extends Pick<CheckReport, 'findings' | 'gaps' | 'assumptions'>>(parts: T, spec: Spec): T {
  const shown = hidingValues(spec);
  return shown === undefined ? parts : (JSON.parse(shown(JSON.stringify(parts))) as T);
}

function findingsOf(
  checks: readonly Check[],
  input: CheckInput,
  ignores: Ignores,
): { readonly findings: readonly Finding[]; readonly passed: number } {
  const findings: Finding[] = [];
  let passed = 0;
  for (const one of checks) {
    for (const outcome of outcomesOf(one, input)) {
      if (outcome.verdict === 'pass') passed += 1;
      if (outcome.verdict !== 'pass' || input.passes) findings.push(ignores.cover(findingOf(one, outcome)));
    }
  }
  if (checks.some(({ id }) => id === 'path/link')) {
    findings.push(...unreportedFindings(input, findings).map((finding) => ignores.cover(finding)));
  }
  return { findings, passed };
}

/** What a check finds. An exception that Postern does not define shows a defect of the check, which a cloud or a program may bring. */
function* outcomesOf(one: Check, input: CheckInput): Iterable<Outcome> {
  try {
    for (const outcome of one.run(input)) {
      if (outcome !== COUNTED && !isOutcome(outcome)) throw new TypeError(NO_OUTCOME);

      yield outcome;
    }
  } catch (cause) {
    if (isPosternError(cause)) throw cause;

    throw new PosternError('INTERNAL', `the check ${one.id} threw: ${thrownText(cause)}`, {
      cause,
      remedy: 'Correct the check, or report it to those who maintain it.',
      details: { check: one.id },
    });
  }
}

const NO_OUTCOME =
  'an outcome needs a verdict, a subject, a message, a list of evidence, and params that are plain JSON';
const VERDICTS: ReadonlySet<unknown> = new Set<Verdict>(['pass', 'fail', 'unknown']);
const SEVERITIES: ReadonlySet<unknown> = new Set<Severity>(['error', 'warning', 'note']);

/** Whether reports can show what a check yields: a program without types yields anything. @throws where it cannot be JSON */
function isOutcome({ verdict, severity = 'note', subject, message, remedy = '', evidence, ...more }: Outcome): boolean {
  const { about = [], routes = [], params = {} } = more;
  const texts: readonly unknown[] = [subject, message, remedy, ...routes, ...about.map(({ label }) => label)];
  const isKnown = VERDICTS.has(verdict) && SEVERITIES.has(severity) && JSON.stringify(params).startsWith('{');
  return isKnown && [...texts, ...evidence.map(({ text }) => text)].every((one) => typeof one === 'string');
}

/** The results of walks that are in none of the findings, as findings of the path checks. */
export function unreportedFindings(input: CheckInput, findings: readonly Finding[]): readonly Finding[] {
  return unreported(input, findings).flatMap(({ check: id, outcome }) => {
    const rule = pathChecks.find((one) => one.id === id);
    return rule === undefined ? [] : [findingOf(rule, outcome)];
  });
}

function gapsOf({ provider, region, account, gaps }: RegionSnapshot): readonly ReportGap[] {
  return gaps.map((gap) => ({ provider, region, account, ...gap }));
}
