import { asStep, failing } from '../../do/apply/step.js';
import { defined } from '../../ground/defined.js';
import type { Json } from '../../ground/json.js';
import { lengthOfTime } from '../../ground/text/quantities.js';
import type { PlannedUnit } from '../plan/move-plan.js';
import { WHOLE } from '../record/history.js';
import { MAX_ERROR_RATE, PAUSE_MS, type AnalysisAnswer, type RunMoveOptions } from './options.js';
import { lossOfFormer } from './return-watch.js';
import { act, wait, type MoveTools } from './tools.js';
import { thrownText } from '../../ground/errors.js';

/** Between two analyses in a pause. */
const EVERY_MS = 30_000;

/** What an analysis shows. `former`: the calls that fail are those of the former side, so that nothing is known of the new one. */
export type Analyzed = 'served' | 'former';

/**
 * Waits after a batch, and analyzes whether callers are served. The first failure ends the pause. It counts only where the former side
 * still takes the calls that it has.
 */
export async function pauseAndAnalyze(
  tools: MoveTools,
  { analysis, maxErrorRate = MAX_ERROR_RATE, pauseMs = PAUSE_MS }: RunMoveOptions,
  {
    batch,
    number,
    switched,
    percent,
    isLast,
  }: {
    readonly batch: readonly PlannedUnit[];
    readonly number: number;
    readonly switched: number;
    readonly percent: number;
    readonly isLast: boolean;
  },
): Promise<Analyzed> {
  // After the last batch only an analysis needs time: the drain follows.
  if (analysis === undefined && (isLast || pauseMs === 0)) return 'served';

  const at = batch.some(({ unit }) => unit.shift !== undefined) ? `${percent} %` : `batch ${number}`;
  const title = analysis === undefined ? `pause after ${at}` : `analyze ${at}`;
  const step = { unit: WHOLE, step: title, kind: 'analyze', resource: { type: 'batch', name: String(number) } };
  return asStep(tools, step, async (report): Promise<Analyzed> => {
    const units = batch.map(({ unit }) => unit.id);
    for (let waitedMs = 0; ;) {
      const restMs = Math.min(EVERY_MS, pauseMs - waitedMs);
      if (restMs > 0) {
        report.waiting(`for ${lengthOfTime(pauseMs)}`, waitedMs);
        await wait(tools, WHOLE, `${title}: ${waitedMs / 1_000} s`, restMs);
        waitedMs += restMs;
      }
      if (analysis !== undefined) {
        const answer = await act(tools, WHOLE, `${title}: ${waitedMs / 1_000} s`, async () =>
          kept(await answerOf(() => analysis({ units, switched, percent }))),
        );
        const { ok, errorRate, because } = answer as unknown as AnalysisAnswer; // `kept` as JSON
        report.progress(because);
        const failed = failureOf({ ok, errorRate, because }, maxErrorRate);
        if (failed !== undefined) {
          const why = isLast ? undefined : await lossOfFormer(tools);
          if (why === undefined) throw failing('ANALYSIS_FAILED', failed);

          report.progress(`${failed}, and they are not counted: ${why}`);
          return 'former';
        }
      }
      if (waitedMs >= pauseMs) return 'served';
    }
  });
}

/** Why an answer is a failure. */
function failureOf({ ok, errorRate = 0, because }: AnalysisAnswer, maxErrorRate: number): string | undefined {
  if (!ok) return because;

  return errorRate > maxErrorRate
    ? `${percentOf(errorRate)} of the calls failed, and at most ${percentOf(maxErrorRate)} may`
    : undefined;
}

/** `93.2 %`. */
function percentOf(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

async function answerOf(ask: () => Promise<AnalysisAnswer>): Promise<AnalysisAnswer> {
  try {
    return await ask();
  } catch (error) {
    return { ok: false, because: thrownText(error) };
  }
}

function kept({ ok, errorRate, because }: AnalysisAnswer): Json {
  return { ok, because, ...defined({ errorRate }) };
}
