import { elsewhereOf } from '../../apply/elsewhere.js';
import { countedCheck, rulesOf, type Report, explain as explainPaths } from '@postern/core/internal/check';
import { jsonText, reportJson, reportText, tally } from '@postern/core/internal/report';
import { z } from 'zod';
import { headingOf } from '../../snapshot/take-snapshot.js';
import { selectionOf } from '../../report/finding-options.js';
import { requireFiles, snapshotOf, specOf, type Call } from '../scope.js';
import { findings, findingsOf, verdict, verdictOf, plainValue, explanations, explained, linesOf } from '../answers.js';
import { READS, tool, type Answer } from '../tool.js';

const SEVERITIES = ['note', 'warning', 'error'] as const;

const input = z.object({
  only: z
    .array(z.string().max(200))
    .max(20)
    .optional()
    .describe('Checks or integrations of the spec: path/*, target/healthy, orders'),
  severity: z.enum(SEVERITIES).optional().describe('Least severity listed'),
});

const judged = z.object({
  address: z.string(),
  route: z.string(),
  before: z.string(),
  after: z.string(),
  because: z.string().optional(),
  interruptions: z.array(z.string()),
  calls: z.array(z.string()),
});

export const check = tool({
  name: 'check',
  title: 'Check private integrations',
  description:
    'Judges whether calls of the declared routes reach their targets. Returns findings with cause, resource and remedy.',
  input,
  output: findings.extend({
    heading: z.string(),
    verdict,
    counts: z.object({
      errors: z.number(),
      warnings: z.number(),
      notes: z.number(),
      unknown: z.number(),
      suppressed: z.number(),
      passed: z.number(),
    }),
    integrations: z.array(judged).optional(),
    notes: z.array(z.string()).optional(),
  }),
  hints: READS,
  run: async (given, call) =>
    call.scope.options.terraform === undefined
      ? checkSpec(given, call)
      : checkPlan(given, call, call.scope.options.terraform),
});

type Given = z.output<typeof input>;

async function checkSpec({ only, severity }: Given, call: Call): Promise<Answer> {
  const loaded = await specOf(call);
  const { spec, clouds } = loaded;
  const selection = selectionOf({ only }, spec, rulesOf(clouds));
  const taken = await snapshotOf(call, spec, await elsewhereOf(loaded));
  const passes = selection !== undefined;
  const counted = countedCheck(taken.snapshot, spec, { clouds, passes, sorted: true, live: taken.file === undefined });
  const found = selection === undefined ? counted.report.findings : counted.report.findings.filter(selection);
  const report = { ...counted.report, findings: found.filter(isListed(severity)) };
  const passed = passes ? found.filter((one) => one.verdict === 'pass').length : counted.passed;
  const { failed, unknown, suppressed } = tally({ ...report, findings: found }, passed);
  call.scope.report.last = plainReport(report);
  const heading = headingOf(taken);
  return {
    data: {
      heading,
      verdict: verdictOf(found),
      counts: { errors: failed.error, warnings: failed.warning, notes: failed.note, unknown, suppressed, passed },
      ...findingsOf(report.findings),
    },
    lines: [heading, '', ...linesOf(reportText(report, { passed }))],
  };
}

type Finding = Parameters<typeof verdictOf>[0][number];

/** Whether a finding is shown: those that passed are counted. */
function isListed(least: Given['severity']): (finding: Finding) => boolean {
  return (one) =>
    one.verdict !== 'pass' && SEVERITIES.indexOf(one.severity) >= SEVERITIES.indexOf(least ?? SEVERITIES[0]);
}

/** A report as a resource: names of the cloud are texts for a model there, too. */
function plainReport(report: Report): string {
  return jsonText(plainValue(JSON.parse(reportJson(report))), 2);
}

/** The plan of Terraform that the server was started with. */
async function checkPlan({ only, severity }: Given, call: Call, file: string): Promise<Answer> {
  await requireFiles(call.scope);
  const [{ judgePlanFile }, { judgementText, movedCallsText }] = await Promise.all([
    import('../../commands/check/check-plan.js'),
    import('@postern/core/internal/overlay'),
  ]);
  const { snapshot, region, debug } = call.scope.options;
  const { judged: plan, title } = await judgePlanFile(call.io, 'terraform', file, { snapshot, region, debug });
  const isWanted = (address: string): boolean => only === undefined || only.some((one) => address.includes(one));
  const integrations = plan.integrations.filter(({ address }) => isWanted(address));
  const found = plan.findings
    .filter(isListed(severity))
    .filter(({ addresses }) => only === undefined || addresses.some(isWanted));
  const after = new Set(integrations.map((one) => one.after));
  const { failed, unknown, suppressed, passed } = tally({ ...plan.report, findings: found });
  call.scope.report.last = plainReport(plan.report);
  return {
    data: {
      heading: title,
      verdict: after.has('fail') ? 'fail' : after.has('unknown') ? 'unknown' : 'pass',
      counts: { errors: failed.error, warnings: failed.warning, notes: failed.note, unknown, suppressed, passed },
      integrations: integrations.map(({ address, route, before, after: then, because, interruptions, calls = [] }) => ({
        address,
        route,
        before,
        after: then,
        because,
        interruptions: interruptions.map(({ message }) => message),
        calls: calls.map(movedCallsText),
      })),
      notes: plan.notes,
      ...findingsOf(found),
    },
    lines: linesOf(judgementText(plan, title)),
  };
}

export const explain = tool({
  name: 'explain',
  title: 'Explain a path',
  description:
    'Shows hop by hop how calls of a route reach their target, and the rule or route that decides at each hop.',
  input: z.object({
    integration: z.string().max(200).optional().describe('Name in the spec'),
    route: z.string().max(300).optional().describe('Route key or call: GET /orders/7'),
  }),
  output: explanations,
  hints: READS,
  run: async ({ integration, route }, call) => {
    const { spec, clouds } = await specOf(call);
    const taken = await snapshotOf(call, spec);
    const found = explainPaths(taken.snapshot, spec, { clouds, integration, route, live: taken.file === undefined });
    return explained(headingOf(taken), found);
  },
});
