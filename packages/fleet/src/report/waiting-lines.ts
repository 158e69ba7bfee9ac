import type { Retried, RunState } from '../model.js';

/** Why a run does not go on, and how it ends: a sentence each. Empty where nothing holds it up. */
export function waitingLines({ run, cancelAgainAt, unanswered = [] }: RunState): readonly string[] {
  const parts = unanswered.map((one) => `  ${one.parts} parts of the run fail at ${one.address}: ${one.message}`);
  const lines = parts.length === 0 ? [] : ['Workers at the address that the run began on do not answer:', ...parts];
  if (cancelAgainAt !== undefined)
    return [...lines, `Canceled. If it has not ended by ${cancelAgainAt}, \`postern fleet cancel ${run}\` ends it.`];
  if (parts.length === 0) return [];
  return [...lines, '  Start workers there, or cancel the run, and cancel it again after two minutes.'];
}

/** What failed below the steps of a run and is tried again: of each spec the last time. */
export function retriedLines({ retried, specs }: Pick<RunState, 'retried' | 'specs'>): readonly string[] {
  return [retriedText(undefined, retried), ...specs.map((one) => retriedText(one.name, one.retried))].flat();
}

function retriedText(spec: string | undefined, retried: Retried | undefined): readonly string[] {
  if (retried === undefined) return [];
  const { at, unit, step, code, message } = retried;
  const where = [spec, unit, step].filter((one) => one !== undefined).join(' ');
  return [`  ${where === '' ? 'the run' : where} (${at}): ${code}: ${message}`];
}
