import { beginStep, progressOf, type StepTools } from '@postern/core/internal/cloud';
import type { JournaledTools } from '../run/journaled.js';
import type { StageEnd, StageSwitch } from './switch-stage.js';
import type { SwitchEvent } from './switch-events.js';

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
  /** Reports a step of the stage around its work. */
  const step = async (name: string, work: () => Promise<StageEnd>): Promise<StageEnd> => {
    const resource = { type: 'stage', name: stage };
    const show = beginStep(steps, { unit, step: name, kind: 'switch', resource });
    const end = await work();
    const { failure } = end;
    show(failure === undefined ? { ok: true } : { ok: false, error: failure.error });
    return end;
  };
  return { ...tools, step };
}
