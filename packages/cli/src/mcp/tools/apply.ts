import {
  acceptedContent,
  inputRequired,
  inputResponse,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { PosternError, type Plan, type RunEvent } from '@postern/core/internal/library';
import { z } from 'zod';
import { confirmAndApply, questionOf } from '../../apply/confirmation.js';
import { journalFile, requireFreeJournal } from '../../apply/journal.js';
import { refusalOf } from '../../apply/plan.js';
import { runSummary } from '../../apply/progress.js';
import { runsIn } from '../../log/find-runs.js';
import { openSession } from '../../session/open-session.js';
import { deletionsOf, type ShownPlan } from '../plans.js';
import { specOf, type Call } from '../scope.js';
import { tool, type Answer, type Asking } from '../tool.js';
import { quoted } from '../answers.js';

const input = z.object({
  plan: z.string().max(100).describe('ID that plan returned'),
  digest: z.string().max(100).describe('Its digest'),
});

const step = z.object({
  unit: z.string(),
  step: z.string(),
  outcome: z.enum(['done', 'failed', 'started']),
  error: z.string().optional(),
});

export const apply = tool({
  name: 'apply',
  title: 'Apply a plan',
  description:
    'Carries out a plan that plan returned, unchanged and once. A person confirms it first, and sees every deletion.',
  input,
  output: z.object({
    status: z.enum(['done', 'failed', 'declined']),
    run: z.string().optional().describe('ID for status'),
    steps: z.array(step),
  }),
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  run: async (given, call, asking) => {
    const shown = call.scope.plans.find(given.plan, given.digest);
    if (shown === undefined) throw notShown();
    if (!asking.canAsk) throw cannotAsk();

    const { spec, folder } = await specOf(call);
    const refused = refusalOf(shown.plan, spec, {});
    if (refused !== undefined) throw refused;

    const answer = answerOf(asking.ctx, shown);
    const { profile, debug } = call.scope.options;
    const session = await openSession(call.io, { debug, profile, spec, notesWaits: true });
    if (answer === undefined)
      return ask(
        shown,
        messageOf(call, shown, questionOf('Apply', shown.plan, spec.project, session.simulator)),
        asking,
      );

    // Whatever the answer is, it is about this plan once.
    const taken = call.scope.plans.take(given.plan, given.digest);
    if (taken === undefined) throw notShown();
    if (answer === 'declined')
      return { data: { status: 'declined', steps: [] }, lines: ['Not confirmed. Nothing was changed.'] };

    await requireFreeJournal(folder, spec.project);
    return carryOut(taken.plan, { call, spec, folder, session });
  },
});

const confirmation = z.object({ confirm: z.boolean().meta({ title: 'Apply this plan' }) });

/** What a person has answered about this plan: only where this server has asked about it. */
function answerOf(ctx: ServerContext, { id, digest }: ShownPlan): 'confirmed' | 'declined' | undefined {
  const state = ctx.mcpReq.requestState<{ readonly plan?: string; readonly digest?: string } | undefined>();
  if (state?.plan !== id || state.digest !== digest) return undefined;

  const view = inputResponse(ctx.mcpReq.inputResponses, 'confirm');
  if (view.kind !== 'elicit') return undefined;

  const accepted = acceptedContent(ctx.mcpReq.inputResponses, 'confirm', confirmation);
  return accepted?.confirm === true ? 'confirmed' : 'declined';
}

/** Deletions that a question lists: a person does not read more of them. */
const MOST_LISTED = 20;

function messageOf({ shown }: Call, { digest, plan }: ShownPlan, question: string): string {
  const deletions = deletionsOf(plan);
  const listed = deletions.slice(0, MOST_LISTED).map((one) => `- ${quoted(shown(one))}`);
  const more = deletions.length - listed.length;
  return [
    shown(question),
    ...(deletions.length === 0 ? ['It deletes nothing.'] : ['It deletes or replaces:', ...listed]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    `Plan ${digest}`,
  ].join('\n');
}

async function ask({ id, digest }: ShownPlan, message: string, { mint }: Asking): Promise<InputRequiredResult> {
  return inputRequired({
    inputRequests: { confirm: inputRequired.elicit({ message, requestedSchema: confirmation }) },
    requestState: await mint({ plan: id, digest }),
  });
}

type Work = Pick<Parameters<typeof confirmAndApply>[0], 'spec' | 'folder' | 'session'> & { readonly call: Call };

/** As `postern apply --yes` does: in the journal, and refused where the state has changed since the plan. */
async function carryOut(plan: Plan, { call, spec, folder, session }: Work): Promise<Answer> {
  const steps = new Map<string, z.input<typeof step>>();
  let summary = '';
  const onEvent = (event: RunEvent): void => {
    if (event.type === 'run.done') summary = runSummary(event);
    if (event.type !== 'step.started' && event.type !== 'step.done' && event.type !== 'step.failed') return;

    const outcome = event.type === 'step.started' ? 'started' : event.type === 'step.done' ? 'done' : 'failed';
    const error = event.type === 'step.failed' ? `${event.error.code}: ${event.error.message}` : undefined;
    steps.set(`${event.unit} ${event.step}`, { unit: event.unit, step: event.step, outcome, error });
    call.progress(`${event.step}: ${outcome}`);
  };
  const io = { ...call.io, stdout: { ...call.io.stdout, writeLine: (line: unknown) => onEvent(line as RunEvent) } };
  const status = await confirmAndApply({
    io,
    plan,
    spec,
    folder,
    session,
    options: { yes: true, json: true, mcp: true },
    verb: 'Apply',
  });
  const run = await newestRun(call, folder, spec.project);
  const all = [...steps.values()];
  const failed = all.flatMap(({ step: name, error }) => (error === undefined ? [] : [`${name}: ${error}`]));
  return {
    data: { status: status === 0 ? 'done' : 'failed', run, steps: all },
    lines: [summary, ...failed, ...(run === undefined ? [] : [`Run ${run}`])],
    isError: status !== 0,
  };
}

async function newestRun({ io }: Call, folder: string, project: string): Promise<string | undefined> {
  for await (const { run } of await runsIn([await journalFile(folder, project)], io)) return run.run;
  return undefined;
}

function notShown(): PosternError {
  return new PosternError('NOT_FOUND', 'this server has no such plan: it was not shown, has expired or was used', {
    remedy: 'Call plan again, show its result, and pass its ID and digest.',
  });
}

function cannotAsk(): PosternError {
  return new PosternError('NO_TERMINAL', 'this client cannot ask a person for confirmation, so nothing is applied', {
    remedy: 'Let a person run `postern apply`, or use a client with the capability elicitation.',
  });
}
