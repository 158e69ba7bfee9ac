import type { Plan, RunEvent } from '@postern/core/internal/library';
import { displayText } from '@postern/core/internal/report';
import type { ListrTask } from 'listr2';
import { waitingText, type Progress } from './progress.js';

/** What a step of the list waits for: `undefined` when it was done, the text of what kept it from it otherwise. */
interface Ending {
  readonly promise: Promise<string | undefined>;
  readonly end: (failure?: string) => void;
}

/** A living list on the terminal: a line for each unit, below it one for each of its steps. */
export async function progressList(plan: Plan): Promise<Required<Progress>> {
  const { Listr } = await import('listr2');
  const endings = new Map<string, Ending>();
  const say = new Map<string, (text: string) => void>();
  const units = plan.units.map((unit): ListrTask => {
    const steps = unit.steps.map((step): ListrTask => {
      const ending = newEnding();
      endings.set(step.id, ending);
      return {
        title: displayText(step.id),
        task: async (_, task) => {
          say.set(step.id, (text) => {
            task.output = displayText(text);
          });
          const failure = await ending.promise;
          if (failure !== undefined) throw new Error(failure);
        },
      };
    });
    return {
      title: displayText(unit.id),
      task: (_, task) => task.newListr(steps, { concurrent: true, exitOnError: false }),
    };
  });
  const list = new Listr(units, {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    rendererOptions: { collapseSubtasks: false, collapseErrors: false },
  });
  const shown = list.run().catch(() => undefined);

  const event: Progress['event'] = (given) => {
    const one = given as RunEvent; // what is not of a step is not shown
    if (one.step === undefined) return;

    if (one.type === 'step.done') endings.get(one.step)?.end();
    else if (one.type === 'step.failed')
      endings
        .get(one.step)
        ?.end(one.error.code === 'ABORTED' ? 'interrupted' : `${one.error.code}: ${displayText(one.error.message)}`);
    else if (one.type === 'step.waiting') say.get(one.step)?.(waitingText(one));
    else if (one.type === 'step.started') return;
    else say.get(one.step)?.(`${one.message}${one.type === 'step.retried' ? ` (attempt ${one.attempt})` : ''}`);
  };
  return {
    event,
    end: async () => {
      for (const ending of endings.values()) ending.end('not tried');
      await shown;
    },
  };
}

function newEnding(): Ending {
  let end: (failure?: string) => void = () => undefined;
  const promise = new Promise<string | undefined>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}
