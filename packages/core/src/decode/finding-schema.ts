import * as z from 'zod';
import type { Evidence, Params, PlanFinding } from '../do/findings/finding.js';
import type { Subject } from '../do/findings/subject.js';
import { json, optionalText, strict, text } from './fields.js';

type Suppressed = NonNullable<PlanFinding['suppressed']>;

const verdict = z.enum(['pass', 'fail', 'unknown']);

/** The schema of a finding about what a plan changes, in plan files and events. */
export const planFinding = strict<Pick<PlanFinding, keyof PlanFinding>>()({
  check: text,
  code: text,
  verdict: verdict.exclude(['pass']),
  severity: z.enum(['error', 'warning', 'note']),
  integration: text.nullable(),
  about: z.array(strict<Subject>()({ kind: text, id: text, label: text })),
  subject: text,
  routes: z.array(text).optional(),
  params: z.record(z.string(), json) as z.ZodType<Params>,
  message: text,
  evidence: z.array(
    strict<Evidence>()({
      kind: text,
      id: text,
      text,
      hop: optionalText,
      verdict: verdict.optional(),
      code: optionalText,
    }),
  ),
  remedy: optionalText,
  mendedBy: z.enum(['apply', 'replace-failed', 'calls']).optional(),
  suppressed: strict<Suppressed>()({ reason: text, until: optionalText }).optional(),
  mended: z.literal(true).optional(),
  ignored: z.literal(true).optional(),
});
