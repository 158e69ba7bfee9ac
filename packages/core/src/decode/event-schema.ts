import * as z from 'zod';
import type { ErrorCode } from '../ground/error-codes.js';
import { EVENTS_VERSION, type EventError, type RefusedRun, type RunEvent } from '../do/apply/events.js';
import { count, json, moment, optionalText, strict, text } from './fields.js';
import { planFinding } from './finding-schema.js';
import { planSchema, unreadPart } from './plan-schema.js';
import type { FindingCause } from '../do/findings/finding.js';

type Event<Type extends RunEvent['type']> = Extract<RunEvent, { readonly type: Type }>;

const ofStep = { at: moment, unit: text, integration: optionalText, step: text };
const elapsed = z.number().min(0);
/** A stream of a later version may have a code that this one does not know: it is kept. */
const errorCode = text as unknown as z.ZodType<ErrorCode, ErrorCode>;

/** The schema of the events of a run. */
export const eventSchema = z.discriminatedUnion('type', [
  strict<Event<'run.started'>>()({
    type: z.literal('run.started'),
    at: moment,
    project: text,
    goal: z.enum(['apply', 'destroy', 'forget']),
    steps: count,
    unchanged: count,
    findings: z.array(planFinding).optional(),
    notes: z.array(text).optional(),
  }),
  strict<Event<'step.started'>>()({
    type: z.literal('step.started'),
    ...ofStep,
    kind: text,
    resource: strict<Event<'step.started'>['resource']>()({ type: text, name: text }),
  }),
  strict<Event<'step.progress'>>()({ type: z.literal('step.progress'), ...ofStep, message: text }),
  strict<Event<'step.waiting'>>()({
    type: z.literal('step.waiting'),
    ...ofStep,
    message: text,
    state: optionalText,
    elapsedMs: elapsed,
  }),
  strict<Event<'step.retried'>>()({ type: z.literal('step.retried'), ...ofStep, message: text, attempt: count }),
  strict<Event<'step.done'>>()({
    type: z.literal('step.done'),
    ...ofStep,
    result: json.optional(),
    durationMs: elapsed,
  }),
  strict<Event<'step.failed'>>()({
    type: z.literal('step.failed'),
    ...ofStep,
    error: strict<EventError>()({
      code: errorCode,
      message: text,
      remedy: optionalText,
      operation: optionalText,
      requestId: optionalText,
    }),
  }),
  strict<Event<'run.done'>>()({
    type: z.literal('run.done'),
    at: moment,
    applied: count,
    unchanged: count,
    failed: count,
    interrupted: count.optional(),
    skipped: count,
    integrations: z.record(z.string(), z.enum(['done', 'unchanged', 'failed', 'skipped'])),
    unread: z.array(unreadPart).optional(),
  }),
]);

/** The schema of the last line of a run that was refused. */
export const refusedRunSchema = strict<RefusedRun>()({
  type: z.literal('run.refused'),
  at: moment,
  error: strict<RefusedRun['error']>()({ code: errorCode, message: text, remedy: optionalText }),
  causes: z
    .array(
      strict<FindingCause>()({
        checks: z.array(text),
        ignore: text,
        path: text,
        subject: text,
        message: text,
        remedy: optionalText,
        likewise: z.array(text),
        findings: z.array(
          strict<FindingCause['findings'][number]>()({ check: text, subject: text, integration: text.nullable() }),
        ),
      }),
    )
    .optional(),
  plan: planSchema,
});

/** The first line of a stream of events; a program may add its own members. */
export const versionLineSchema = z.looseObject({ type: z.literal('version'), version: z.literal(EVENTS_VERSION) });
