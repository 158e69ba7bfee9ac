import type { StepError } from '@postern/core/engine';
import type { WorkflowContext } from '@restatedev/restate-sdk';
import type { ApprovalAnswer, ApprovalKind } from '../model.js';
import type { SpecWork } from '../worker/works.js';
import { sendTo } from './calls.js';

/** What a user is asked before a plan is carried out. */
export type Question = { readonly kind: ApprovalKind; readonly question: readonly string[] };

/** What was refused, and the error of what is left as it is. */
export type Refusal = { readonly kind: ApprovalKind; readonly error: StepError };

/** Asks what the run wants to be asked about a plan. Returns what was refused. */
export async function askFor(
  ctx: WorkflowContext,
  work: Pick<SpecWork, 'run' | 'name'>,
  questions: readonly Question[],
  tell: () => void,
): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  for (const { kind, question } of questions) {
    const { id: reply, promise } = ctx.awakeable<ApprovalAnswer>();
    tell();
    sendTo(ctx, 'fleet', work.run, 'ask', { id: `${kind} ${work.name}`, kind, subject: work.name, question, reply });
    const answer = await promise;
    if (answer.approved) continue;
    const why = answer.reason === undefined ? '' : `: ${answer.reason}`;
    refused.push({ kind, error: { code: 'ABORTED', message: `${kind} was refused by ${answer.by}${why}` } });
  }
  return refused;
}
