import type { Answer } from './answer.js';
import { reportHtml } from './html.js';
import { ACTIONS, type Action, type State } from './state.js';
import type { TextName } from './limits.js';

/** An answer that takes longer than this is announced. */
const LONG_MS = 700;

/** The elements that `shellHtml` wrote, and what is shown in them. */
export interface Page {
  readonly editor: HTMLElement;
  readonly sample: HTMLSelectElement;
  readonly share: HTMLButtonElement;
  readonly fields: Readonly<Record<'pool' | 'bits', HTMLInputElement>>;
  readonly actions: ReadonlyMap<Action, HTMLButtonElement>;
  readonly texts: ReadonlyMap<TextName, HTMLButtonElement>;
  /** Shows one sentence; screen readers say it. */
  readonly say: (sentence: string, tone: Answer['tone'] | 'running') => void;
  readonly showAnswer: (answer: Answer) => void;
  readonly setBusy: (isBusy: boolean) => void;
  readonly press: (action: Action, text: TextName) => void;
  readonly fill: (state: State, shows: string) => void;
}

export function pageIn(root: HTMLElement, checks: string): Page {
  const one = <E extends HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (found === null) throw new Error(`the page has no ${selector}`);
    return found;
  };
  const [status, report, output] = [one('.pg-status'), one('.pg-report'), one('.pg-output')];
  const [free, shown] = [one('.pg-fields'), one('.pg-shows')];
  const sample = one<HTMLSelectElement>('select[name=sample]');
  const fields = { pool: one<HTMLInputElement>('input[name=pool]'), bits: one<HTMLInputElement>('input[name=bits]') };
  const actions = new Map(ACTIONS.map((action) => [action, one<HTMLButtonElement>(`[data-action=${action}]`)]));
  const names: readonly TextName[] = ['spec', 'snapshot', 'blocks'];
  const texts = new Map(names.map((name) => [name, one<HTMLButtonElement>(`[data-text=${name}]`)]));
  const say: Page['say'] = (sentence, tone) => {
    status.textContent = sentence;
    status.className = `pg-status pg-${tone}`;
  };
  let busy: ReturnType<typeof setTimeout> | undefined;
  return {
    editor: one('.pg-editor'),
    sample,
    share: one('.pg-share'),
    fields,
    actions,
    texts,
    say,
    showAnswer: (answer) => {
      say(answer.sentence, answer.tone);
      report.innerHTML = reportHtml(answer, checks);
      report.scrollTop = 0;
      const picture = report.querySelector('.pg-picture');
      if (picture !== null) picture.scrollLeft = (picture.scrollWidth - picture.clientWidth) / 2;
    },
    setBusy: (isBusy) => {
      output.setAttribute('aria-busy', String(isBusy));
      clearTimeout(busy);
      if (isBusy) busy = setTimeout(() => say('Running …', 'running'), LONG_MS);
    },
    press: (action, text) => {
      for (const [name, button] of actions) button.setAttribute('aria-pressed', String(name === action));
      for (const [name, button] of texts) button.setAttribute('aria-pressed', String(name === text));
      free.hidden = text !== 'blocks';
    },
    fill: (state, shows) => {
      sample.value = state.sample;
      shown.textContent = shows;
      fields.pool.value = state.pool;
      fields.bits.value = state.bits;
    },
  };
}
