import { check } from '../checks/run.js';
import type { CheckOptions, Rule } from '../../do/findings/check.js';
import type { Finding, OpenFinding, PlanFinding, FindingCause } from '../../do/findings/finding.js';
import { canonicalJson } from '../../ground/hash.js';
import type { Json } from '../../ground/json.js';
import type { LinkSpec, Spec } from '../../do/spec.js';
import type { Plan } from '../../do/plan/plan.js';
import { inputOf } from '../../do/plan/step-input.js';
import type { Snapshot } from '../../do/snapshot/snapshot.js';
import { rulesOf } from '../checks/registry.js';
import type { Clouds, OnClouds } from '../../do/kinds/cloud/clouds.js';
import { InvalidInputError, PosternError } from '../../ground/errors.js';
import { checkNamed, type NamedFindings, stoppingFindings } from '../../do/findings/named-findings.js';
import { placeOf } from '../../do/model/reference.js';
import { causesOf, ignoreNames } from '../report/causes.js';
import { counted, fewText } from '../../ground/text/quantities.js';
import { touchedParts } from '../../do/plan/plan-scope.js';

/**
 * The findings that are about what a plan changes, and that it does not merely leave as they are: where it only removes
 * entries of an allowlist, a finding counts that is not there, or says less, as long as they are allowed. An incident of
 * a backend does not keep an allowlist open.
 */
export function changedFindings(
  findings: readonly OpenFinding[],
  { plan, snapshot, spec, options }: { plan: Plan; snapshot: Snapshot; spec: Spec; options: CheckOptions & OnClouds },
): readonly OpenFinding[] {
  const touched = findings.filter(touchedBy(plan, spec));
  const isWidened = touchedBy({ units: plan.units.map(withoutRevocations) }, spec);
  if (touched.every(isWidened)) return touched;

  const before = new Set(check(snapshot, beforeRevocations(spec, plan), options).findings.map(keyOf));
  return touched.filter((one) => isWidened(one) || !before.has(keyOf(one)));
}

function withoutRevocations(unit: Plan['units'][number]): Plan['units'][number] {
  return { ...unit, steps: unit.steps.filter(({ kind }) => kind !== 'revoke') };
}

/** A spec in which the blocks are declared that a plan removes. Without ports of their own, they allow what is allowed now. */
function beforeRevocations(spec: Spec, { units }: Plan): Spec {
  const links: Record<string, LinkSpec> = { ...spec.links };
  for (const { name, steps } of units) {
    const revoked = steps.flatMap((one) => (one.kind === 'revoke' ? inputOf(one, 'revoke allowlist').entries : []));
    const link = links[name];
    if (link === undefined || revoked.length === 0) continue;

    const blocks = new Set(revoked.map(({ cidrBlock }) => cidrBlock));
    const allowPorts = Object.fromEntries(
      Object.entries(link.allowPorts ?? {}).filter(([block]) => !blocks.has(block)),
    );
    links[name] = { ...link, allowlist: [...new Set([...(link.allowlist ?? []), ...blocks])], allowPorts };
  }
  return { ...spec, links };
}

/** What a finding says. The sentences follow from it. */
function keyOf({ check: id, code, verdict, integration, about, params }: Finding): string {
  const subjects = about.map(({ kind, id: of }) => [kind, of]);
  return canonicalJson([id, code, verdict, integration, subjects, params as Json]);
}

/**
 * Reads `--ignore-findings`: `CHECK` or `CHECK:SUBJECT`, such as `target/healthy`, `path/*` or
 * `path/route:link eu → *`; `*` alone means every check. A subject is the text that a finding shows, in which `*`
 * matches any text.
 * @throws {InvalidInputError} `INVALID_INPUT` for a check or a family that does not exist, or an empty subject.
 */
export function parseIgnoredFindings(texts: readonly string[], clouds: Clouds): readonly NamedFindings[] {
  const rules = rulesOf(clouds);
  return texts.flatMap((text) => {
    const colon = text.indexOf(':');
    const check = colon < 0 ? text : text.slice(0, colon);
    const subject = colon < 0 ? undefined : text.slice(colon + 1).trim();
    if (check === '*') return familiesOf(rules).map((family) => ({ check: family, subject }));

    const named = checkNamed(check, rules);
    if (named.is !== 'known') {
      const meant = named.is === 'absent' ? named.meant : undefined;
      throw new InvalidInputError('INVALID_INPUT', `ignored findings: check ${JSON.stringify(check)} does not exist`, {
        remedy:
          meant === undefined
            ? 'Write CHECK or CHECK:SUBJECT; docs/checks.md lists the checks.'
            : `Did you mean ${meant}?`,
      });
    }
    if (subject === '') {
      throw new InvalidInputError('INVALID_INPUT', `ignored findings: the subject after ${check}: is empty`, {
        remedy: `Write the subject that the finding shows, or only ${check}.`,
      });
    }

    return [{ check, subject }];
  });
}

function familiesOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.map(({ id }) => id.replace(/[^/]*$/, '*')))];
}

/** What the error of {@link refuseFindings} has as its `details`. */
export interface RefusedFindings {
  readonly findings: readonly PlanFinding[];
  readonly causes: readonly FindingCause[];
  readonly [member: string]: unknown;
}

/**
 * Refuses a plan after which an error remains about what it changes. Warnings, and what cannot be determined, do not
 * refuse it. The error names the first cause.
 * @throws {PosternError} `FINDINGS_FAILED`, with the findings in `details.findings`, and with what of them has one cause in
 *   `details.causes`: {@link FindingCause}.
 */
export function refuseFindings({ findings: found = [] }: Plan, spec: Spec): void {
  const findings = stoppingFindings(found);
  const causes = causesOf(findings, spec);
  const [first, ...others] = causes;
  if (first === undefined) return;

  const { checks, path, subject, message, likewise, remedy = '' } = first;
  const alike = likewise.length === 0 ? '' : `; likewise ${fewText(likewise)}`;
  const more = others.length === 0 ? '' : `; and ${counted(others.length, 'more cause')}`;
  const flags = ignoreNames(causes).map((name) => `--ignore-findings ${quoted(name)}`);
  throw new PosternError(
    'FINDINGS_FAILED',
    `apply: ${counted(causes.length, 'error')} would remain after this plan, and nothing was changed: ${checks.join(', ')}  ${subject}: ${message}${alike}${more}`,
    {
      place: placeOf(spec, path),
      remedy: `${remedy === '' ? '' : `${remedy} `}To apply with ${findings.length === 1 ? 'this error' : 'these errors'}: ${flags.join(' ')} (in a program \`ignoreFindings\`).`,
      details: { findings, causes } satisfies RefusedFindings,
    },
  );
}

/** As a shell reads it: only what is not a plain name needs quotation marks. */
function quoted(name: string): string {
  return /^[\w/-]+$/.test(name) ? name : `'${name.replaceAll("'", String.raw`'\''`)}'`;
}

/** Whether a finding is about what a plan changes; see {@link touchedParts}. */
export function touchedBy(plan: Pick<Plan, 'units'>, spec: Spec): (finding: Finding) => boolean {
  const { integrations, links, gateways } = touchedParts(plan, spec);
  const shared: Readonly<Record<string, ReadonlySet<string>>> = { link: links, gateway: gateways };
  return ({ integration, about }) => {
    if (integration !== null && integrations.has(integration)) return true;

    // What is about a link alone is about each of its integrations; a path is about the one whose calls take it.
    const of = integration === null ? about : about.filter(({ kind }) => kind === 'gateway');
    return of.some(({ kind, id }) => shared[kind]?.has(id) === true);
  };
}
