import { list, nullable, oneOf, optional, record, strict, value, type Form, type Infer } from '../forms/form.js';
import { json } from '../forms/resource-values.js';
import { optionalText, optionalTexts, text } from '../forms/values.js';
import { subjectShape, type Subject } from './subject.js';
import type { Gap } from '../snapshot/snapshot.js';
import type { Assumption } from '../world/prepare.js';

/** `unknown` names the fact that is missing; a missing fact never passes a check. */
export type Verdict = 'pass' | 'fail' | 'unknown';

/**
 * `error`: a creation, a call or the service's own verification fails. `warning`: it works, but is fragile,
 * wider than needed, or against a vendor's recommendation that is not enforced. `note`: additional
 * information.
 */
export type Severity = 'error' | 'warning' | 'note';

const evidenceShape = {
  /** `security group rule`, `route`, `network ACL entry`, `subnet`, `listener`, …. */
  kind: text,
  /** Its id, or that of what holds it: `sgr-1`, `rtb-1`, `acl-1`. */
  id: text,
  /** Its content in readable form: `out tcp 443 to 10.20.0.0/20`, `10.8.0.0/16 → vgw-1 (propagated)`. */
  text,
  /** Where it is one hop of a walk: the hop's name, `security group out`. Hops are in path order. */
  hop: optionalText,
  /** What became of the packet at this hop. */
  verdict: optional(oneOf('pass', 'fail', 'unknown')),
  /**
   * The code of the VPC Reachability Analyzer, where it has one: `ENI_SG_RULES_MISMATCH`.
   * @see https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
   */
  code: optionalText,
};

/** What decided a verdict: a resource, a rule, a route or an entry. */
export interface Evidence extends Infer<typeof evidenceShape> {}

/** Plain facts in the sentences of a finding: IDs, numbers, blocks, names. */
export type Params = Readonly<Record<string, Param>>;

/** One of {@link Params}. */
export type Param = string | number | boolean | undefined | readonly Param[] | { readonly [name: string]: Param };

/**
 * What ends a failure: any run of `postern apply`; one with `--replace-failed` (`replaceFailed` in a program); the first
 * calls, which a link that is inactive waits for.
 */
export type Mending = 'apply' | 'replace-failed' | 'calls';

const findingFactsShape = {
  /** The check's id: `cidr/instance-block`. */
  check: text,
  /**
   * The statement of the check: `QUOTA_REACHED`. Its meaning never changes, while the sentences may.
   * `PASSED`, `FAILED`, `UNKNOWN` where a user's check gives none.
   */
  code: text,
  /** The integration of the spec that it is about; `null` where it is about a link of several, or about none. */
  integration: nullable(text),
  /** Its subject: the resource first, then its part; for a path the link, then the target. */
  about: list(strict<Subject>()(subjectShape)),
  /** The labels of `about` as one text: `link eu`, `link eu → target orders (10.20.1.7:443)`. Stable between runs. */
  subject: text,
  /** The keys of the routes whose calls it is about, where those of other routes of its target are not concerned. */
  routes: optionalTexts,
  /** The facts of `message` and `remedy`. Of an unknown `missing`: the fact that could not be read. */
  params: record(json) as Form<Params>,
  message: text,
  evidence: list(strict<Evidence>()(evidenceShape)),
  /** One sentence with the action to take. */
  remedy: optionalText,
  /** Set where nothing has to be corrected outside of Postern: applying the spec as it is, or calls, end the failure. */
  mendedBy: optional(oneOf<Mending>('apply', 'replace-failed', 'calls')),
};

/** What every finding has, whatever its verdict. */
export interface FindingFacts extends Infer<typeof findingFactsShape> {}

/** The condition of the check holds for this subject. It has no severity: nothing has to be done. */
export interface PassedFinding extends FindingFacts {
  readonly verdict: 'pass';
  readonly severity?: undefined;
  readonly suppressed?: undefined;
}

const suppressedShape = { reason: text, until: optionalText };

interface Suppressed extends Infer<typeof suppressedShape> {}

/** What findings have whose condition does not hold, or cannot be determined. */
export interface OpenFacts extends FindingFacts {
  /** That of its check, or a higher or lower one where this subject concerns more or less than usual. */
  readonly severity: Severity;
  /** Set where the spec's `ignore` covers it; the verdict does not change. */
  readonly suppressed?: Suppressed | undefined;
}

/** The condition of the check does not hold for this subject. */
export interface FailedFinding extends OpenFacts {
  readonly verdict: 'fail';
}

/** It cannot be determined whether the condition holds; `params.missing` is the fact that could not be read. */
export interface UndecidedFinding extends OpenFacts {
  readonly verdict: 'unknown';
}

/** A finding that did not pass. */
export type OpenFinding = FailedFinding | UndecidedFinding;

/** The result of one check for one subject, whatever it is: `verdict` tells which. */
export type Finding = PassedFinding | OpenFinding;

/** Whether a finding did not pass. */
export function isOpen(finding: Finding): finding is OpenFinding {
  return finding.verdict !== 'pass';
}

/** A finding about what a plan changes; those that passed are not listed. */
export type PlanFinding = OpenFinding & {
  /** Set where this plan ends it. */
  readonly mended?: true | undefined;
  /** Set where `ignoreFindings` covers it: it does not stop `apply`. */
  readonly ignored?: true | undefined;
};

const yes = optional(value<true>('true', (given) => given === true, { const: true }));

/** The form of a finding in plan files. */
export const planFindingForm = strict<Pick<PlanFinding, keyof PlanFinding>>()({
  ...findingFactsShape,
  verdict: oneOf('fail', 'unknown'),
  severity: oneOf('error', 'warning', 'note'),
  suppressed: optional(strict<Suppressed>()(suppressedShape)),
  mended: yes,
  ignored: yes,
}) as Form<PlanFinding>;

/** A gap of the snapshot, and where it is. */
export interface ReportGap extends Gap {
  readonly provider: string;
  readonly region: string;
  readonly account: string;
}

/** The version of the structure of {@link Report}. */
export const REPORT_VERSION = 1;

/** What all checks say, as one document. Plain JSON, in a stable order. */
export interface Report {
  readonly version: typeof REPORT_VERSION;
  /** Every result, passes included; see {@link Finding}. */
  readonly findings: readonly Finding[];
  readonly gaps: readonly ReportGap[];
  readonly assumptions: readonly Assumption[];
}

/** What `check` returns: the report, and what of it has to be corrected. */
export interface CheckReport extends Report {
  /**
   * The findings that failed and that the spec does not ignore, in the same order. What cannot be determined is in
   * `findings` only, with the verdict `unknown`.
   */
  readonly failures: readonly FailedFinding[];
}

/** Findings that a report shows as one entry: those of one cause, and those that say the same of others. */
export interface FindingCause {
  /** Its checks, that of the first finding first: `target/healthy`, `path/load-balancer`. */
  readonly checks: readonly string[];
  /** The value of `--ignore-findings` (an item of `ignoreFindings`) that covers all its findings. */
  readonly ignore: string;
  /** Where the first finding belongs in the spec: `integrations.shop.targets.orders`. */
  readonly path: string;
  /** Those of the first finding. */
  readonly subject: string;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** What its others are about, where that is not the subject: `i1`, `t4 (sg-2)`. */
  readonly likewise: readonly string[];
  /** What is combined, each by its check and subject. */
  readonly findings: readonly Pick<OpenFinding, 'check' | 'subject' | 'integration'>[];
}
