import path from 'node:path';
import {
  judgementNotes,
  resourcesByAddress,
  type DeclaredStack,
  type PlanJudgement,
} from '@postern/core/internal/overlay';

/**
 * What a plug-in of CDK returns. Not imported: the oldest and the newest library that are supported have the same form.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.PolicyValidationPluginReport.html
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.PolicyViolation.html
 */
export interface ValidationReport {
  success: boolean;
  violations: {
    ruleName: string;
    description: string;
    fix?: string;
    severity: 'error' | 'warning' | 'info';
    violatingResources: { resourceLogicalId: string; templatePath: string; locations: string[] }[];
  }[];
  metadata?: { readonly [key: string]: string };
}

/**
 * The findings about resources of an app, each at its construct. One that names none of them is of something that the app neither
 * has nor changes. What is undecided is no failure, unless `failOn` says so.
 */
export function reportOf(
  judged: PlanJudgement,
  stacks: readonly DeclaredStack[],
  { folder, failOn }: { readonly folder: string; readonly failOn: 'error' | 'unknown' },
): ValidationReport {
  const { findings, integrations } = judged;
  const resources = resourcesByAddress(stacks);
  const routes = new Set(integrations.map(({ address }) => address));
  const violations = findings.flatMap(
    ({ check, verdict, severity, message, remedy = '', addresses }): ValidationReport['violations'] => {
      const own = addresses.filter((one) => resources.has(one));
      // Where a person changes something, else what is said to be wrong, else the route.
      const address = namedIn(remedy, own) ?? namedIn(message, own) ?? own.find((one) => routes.has(one)) ?? own[0];
      const at = resources.get(address ?? '');
      if (at === undefined) return [];

      const fails = severity === 'error' && (verdict === 'fail' || failOn === 'unknown');
      const templatePath = path.join(folder, at.stack.file ?? '');
      return [
        {
          ruleName: check,
          description: message,
          ...(remedy === '' ? {} : { fix: remedy }),
          severity: fails ? 'error' : verdict === 'fail' ? 'warning' : 'info',
          violatingResources: [{ resourceLogicalId: at.name, templatePath, locations: [] }],
        },
      ];
    },
  );
  const success = violations.every(({ severity }) => severity !== 'error');
  const notes = judgementNotes(judged).map((text) => text.replace(/\.$/, ''));
  return { success, violations, ...(notes.length > 0 && { metadata: { notes: notes.join('; ') } }) };
}

/** The address that a text names first. One may begin with another one. */
function namedIn(text: string, addresses: readonly string[]): string | undefined {
  const named = addresses.filter((one) => text.includes(one));
  const whole = named.filter((one) => !named.some((other) => other !== one && other.startsWith(one)));
  return whole.toSorted((a, b) => text.indexOf(a) - text.indexOf(b))[0];
}
