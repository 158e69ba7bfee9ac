import type { CallContext } from '@postern/core/internal/library';
import { shownError, elapsedMs } from '@postern/core/internal/cloud';
import type { StageEnd, StageSwitch } from './switch-stage.js';
import type { SwitchEvent } from './switch-events.js';

/** What reports the progress of one stage as events. */
export function stageEvents({
  unit,
  stage,
  emit,
  at,
  context,
}: {
  readonly unit: string;
  readonly stage: string;
  readonly emit: (event: SwitchEvent) => void;
  readonly at: () => string;
  readonly context: Pick<CallContext, 'clock'>;
}) {
  const tools: Pick<StageSwitch, 'onWrite' | 'onRetry' | 'onWanted' | 'onJudged' | 'onWait'> = {
    onWrite: (name, message) => emit({ type: 'step.progress', at: at(), unit, step: `record ${name}`, message }),
    onRetry: (step, { attempt, message }) => emit({ type: 'step.retried', at: at(), unit, step, attempt, message }),
    onWanted: (record) => emit({ type: 'record.wanted', at: at(), stage, record }),
    onJudged: (judged) => emit({ type: 'switch.judged', at: at(), stage, judged }),
    onWait: (step, message, waitedMs) =>
      emit({ type: 'step.waiting', at: at(), unit, step, message, elapsedMs: waitedMs }),
  };
  /** Reports a step of the stage around its work. */
  const step = async (name: string, work: () => Promise<StageEnd>): Promise<StageEnd> => {
    const begunMs = context.clock.monotonicMs();
    emit({
      type: 'step.started',
      at: at(),
      unit,
      step: name,
      kind: 'switch',
      resource: { type: 'stage', name: stage },
    });
    const end = await work();
    const { failure } = end;
    if (failure === undefined) {
      emit({ type: 'step.done', at: at(), unit, step: name, durationMs: elapsedMs(context.clock, begunMs) });
    } else emit({ type: 'step.failed', at: at(), unit, step: name, error: shownError(failure.error) });
    return end;
  };
  return { ...tools, step };
}
