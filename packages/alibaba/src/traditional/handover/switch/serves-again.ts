import { PosternError, type CallContext } from '@postern/core/internal/adapter';
import { FailedStep, failing, outcomeOf, pause, valueOf } from '@postern/core/internal/cloud';
import type { StepError } from '@postern/core/internal/engine';
import type { HandoverPlan } from '../plan/fingerprint.js';
import { act, type MoveTools } from './move-name.js';
import type { ClassicSide } from './classic-side.js';

/** What a return asks of the classic group, and says while it waits for it. */
export interface ServingTools {
  /** @throws {PosternError} `FINDINGS_FAILED` where the classic group would not serve callers that return */
  readonly requireServing: (ctx: CallContext) => Promise<void>;
  readonly onWait: (step: string, message: string, elapsedMs: number) => void;
}

/** What is read to learn whether the classic group would serve callers. */
export type ServingSide = Pick<ClassicSide, 'group' | 'accesses'>;

/**
 * Refuses to send callers back to a group that does not serve them: after `finish` it has lost APIs, or does not exist; its instance is
 * being released; or an authorization by which it reaches a backend was removed.
 * @throws {PosternError} `FINDINGS_FAILED`
 */
export async function requireServing(
  { group: { id, name }, stages }: Pick<HandoverPlan, 'group' | 'stages'>,
  { classic }: { readonly classic: ServingSide },
  context: CallContext,
): Promise<void> {
  const group = await classic.group(id, context);
  const published = new Set((group?.apis ?? []).flatMap((api) => api.stages.map((stage) => `${stage} ${api.id}`)));
  const missing = stages.flatMap(({ stage, routes }) =>
    routes.filter(({ apiId }) => !published.has(`${stage} ${apiId}`)).map(({ key }) => `${key} on ${stage}`),
  );
  const [first] = missing;
  if (first === undefined) return requireBackends({ name, stages }, group?.instance, await classic.accesses(context));

  throw new PosternError(
    'FINDINGS_FAILED',
    group === undefined
      ? `group ${name} does not exist any more: callers have nothing to return to`
      : `group ${name} does not publish ${first} any more: its callers would be refused`,
    {
      remedy: 'Publish it again in the classic service, or consent with `acceptMissing` (--accept-missing).',
      details: { missing: missing.slice(0, 50) },
    },
  );
}

function requireBackends(
  { name, stages }: { readonly name: string; readonly stages: HandoverPlan['stages'] },
  instance: { readonly id: string; readonly unusable?: string | undefined } | undefined,
  accesses: readonly string[],
): void {
  const used = stages.flatMap(({ services }) => services.flatMap(({ from }) => from?.access ?? []));
  const gone = used.find((access) => !accesses.includes(access));
  const why =
    instance?.unusable === undefined
      ? gone && `authorization ${gone}, by which group ${name} reaches a backend, does not exist any more`
      : `instance ${instance.id} of group ${name} is ${instance.unusable}`;
  if (why === undefined) return;

  throw new PosternError('FINDINGS_FAILED', `${why}: its callers would not be served`, {
    remedy: 'Restore it in the classic service, or consent with `acceptMissing` (--accept-missing).',
  });
}

/** How long the classic group may take until it serves callers, and how often it is asked. */
const READY_MS = 600_000;
const POLL_MS = 30_000;

/**
 * Waits until the classic group serves the callers that return: records that lead to one that does not lose their calls. Where it does not
 * in time, callers stay where they are. What cannot be read does not hold up the return.
 */
export async function untilServing({
  run,
  handover,
  requireServing: asked,
  onWait,
  onLost,
}: Pick<MoveTools, 'run' | 'handover'> &
  ServingTools & {
    /** Called once, where the classic group does not serve: what serves gets the calls meanwhile. */
    readonly onLost: () => Promise<void>;
  }): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const id = `classic group serves ${waitedMs / 1_000} s`;
    const found = await outcomeOf(act({ run }, id, async (ctx) => (await asked(ctx), null), { reads: true }));
    if (found.ok || (found.error.code !== 'FINDINGS_FAILED' && found.error.code !== 'ABORTED')) return;
    if (found.error.code === 'ABORTED') throw new FailedStep(found.error);
    if (waitedMs === 0) await onLost();
    if (waitedMs >= READY_MS) throw asTheyAre(found.error, handover);

    onWait('return', found.error.message, waitedMs);
    valueOf(await pause(run, `${id}: sleep`, POLL_MS));
  }
}

function asTheyAre({ message, remedy = '' }: StepError, handover: string): FailedStep {
  return failing(
    'FINDINGS_FAILED',
    `the calls of the target fail, and the records stay as they are: ${message}`,
    `${remedy} Then \`postern handover rollback\` returns the callers of ${handover}.`,
  );
}
