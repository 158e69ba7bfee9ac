import { asStep, FailedStep, outcomeOf, progressOf, shownError, type StepTools } from '@postern/core/internal/cloud';
import type { JournaledTools } from '../run/journaled.js';
import type { StageSwitch } from './switch-stage.js';
import type { StageEnd, StageOutcome, StageProgress, SwitchEvent, SwitchResult, SwitchState } from './switch-events.js';

/** What reports the progress of one stage as events. */
export function stageEvents(
  { unit, stage }: { readonly unit: string; readonly stage: string },
  { emit, elapsedMs }: Pick<JournaledTools<SwitchEvent>, 'emit' | 'elapsedMs'>,
) {
  const steps: StepTools = { emit, elapsedMs };
  const tools: Pick<StageSwitch, 'onWrite' | 'onRetry' | 'onWanted' | 'onJudged' | 'onWait'> = {
    onWrite: (name, message) => progressOf(steps, { unit, step: `record ${name}` }).progress(message),
    onRetry: (step, retry) => progressOf(steps, { unit, step }).retried(retry),
    onWanted: (record) => emit({ type: 'record.wanted', stage, record }),
    onJudged: (judged) => emit({ type: 'switch.judged', stage, judged }),
    onWait: (step, message, waitedMs) => progressOf(steps, { unit, step }).waiting(message, waitedMs),
  };
  /** Reports a step of the stage around its work, and returns how it ended. */
  const step = async (name: string, work: (at: StageProgress) => Promise<StageOutcome>): Promise<StageEnd> => {
    const at: StageProgress = { step: name, records: [], judged: [], notes: [], writes: 0 };
    let ended: StageOutcome | undefined;
    const resource = { type: 'stage', name: stage };
    const shown = await outcomeOf(
      asStep(steps, { unit, step: name, kind: 'switch', resource }, async () => {
        ended = await work(at);
        if (ended.failure !== undefined) throw new FailedStep(ended.failure.error);
      }),
    );
    const { step: doing, ...progress } = at;
    const failed: StageOutcome = {
      state: 'failed',
      ...(shown.ok ? {} : { failure: { step: doing, error: shown.error } }),
    };
    return { stage, ...progress, ...(ended ?? failed) };
  };
  return { ...tools, step };
}

/** The result of stages, of which the last decides where it did not end as wanted. */
export function resultOf(handover: string, wanted: SwitchState, ends: readonly StageEnd[]): SwitchResult {
  const unbuilt = ends.flatMap((end) => end.unbuilt ?? []);
  return {
    handover,
    state: ends.find(({ state }) => state !== wanted)?.state ?? wanted,
    stages: ends.map(({ stage, records, judged }) => ({ stage, records, judged })),
    ...(ends.some((end) => end.unbuilt !== undefined) ? { unbuilt } : {}),
    notes: ends.flatMap(({ stage, notes }) => notes.map((text) => `${stage}: ${text}`)),
    failures: ends.flatMap(({ failure }) => {
      if (failure === undefined) return [];

      const { code, message } = shownError(failure.error);
      return [{ step: failure.step, code, message }];
    }),
  };
}
