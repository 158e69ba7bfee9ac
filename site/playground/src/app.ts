// The playground in the page. Loaded on first use; it asks a worker, and sends nothing to anyone.
import { decodeHash, encodeHash, HashError } from './hash.js';
import { LIMITS, type TextName } from './limits.js';
import { pageIn } from './page.js';
import { createRunner, type Start } from './runner.js';
import type { Told } from './worker.js';
import { stateOf, type Action, type Sample, type State } from './state.js';
import { createTextPane } from './text-pane.js';

/** How long after the last key the input is judged. */
const PAUSE_MS = 500;

/** Makes a playground of the text that the build wrote into `root`. `used` is what was pressed while this was loaded. */
export async function mount(
  root: HTMLElement,
  { checks, used }: { readonly checks: string; readonly used: Element | undefined },
): Promise<void> {
  const folder = new URL('.', import.meta.url);
  const samples = (await (await fetch(new URL('samples.json', folder))).json()) as readonly Sample[];
  const page = pageIn(root, checks);
  const start: Start = (told, failed) => {
    const worker = new Worker(new URL('worker.js', folder), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => told(data));
    worker.addEventListener('error', ({ message }) => failed(message ?? 'its program could not be loaded'));
    return { send: (ask) => worker.postMessage(ask, []), end: () => worker.terminate() };
  };
  const runner = createRunner(start, Number(root.dataset['timeMs'] ?? LIMITS.timeMs));

  let state = stateOf(sampleNamed(page.sample.value));
  let text: TextName = 'spec';
  let pause: ReturnType<typeof setTimeout> | undefined;
  let schema: Promise<object | undefined> | undefined;

  const pane = createTextPane({
    parent: page.editor,
    onChange: (name, value) => {
      if (state[name] === value) return;
      state = { ...state, [name]: value };
      clearTimeout(pause);
      pause = setTimeout(() => void run(), PAUSE_MS);
    },
    onRun: () => void run(),
    onRefused: (sentence) => page.say(sentence, 'invalid'),
    schema: () => (schema ??= runner.schema()),
  });

  function sampleNamed(id: string): Sample {
    const sample = samples.find((one) => one.id === id) ?? samples[0];
    if (sample === undefined) throw new Error('there are no samples');
    return sample;
  }

  async function run(): Promise<void> {
    clearTimeout(pause);
    page.setBusy(true);
    const answered = await runner.ask({ ...state, now: Date.now() });
    if (answered === undefined) return;
    page.setBusy(false);
    page.showAnswer(answered);
    pane.mark(answered.marks);
    await remember();
  }

  /** Puts the state into the address. Where it is too large, the address has none. */
  async function remember(): Promise<boolean> {
    const hash = await encodeHash(state, samples);
    history.replaceState(history.state, '', hash ?? location.pathname + location.search);
    return hash !== undefined;
  }

  function edit(name: TextName): void {
    text = name;
    page.press(state.action, text);
    pane.show(text, state[text]);
  }

  /** Blocks are edited where they are what is looked at. */
  function choose(action: Action): void {
    state = { ...state, action };
    if ((action === 'cidr') === (text === 'blocks')) page.press(action, text);
    else edit(action === 'cidr' ? 'blocks' : 'spec');
  }

  async function restore(given: State): Promise<void> {
    state = given;
    page.fill(given, sampleNamed(given.sample).shows);
    edit(given.action === 'cidr' ? 'blocks' : 'spec');
    await run();
  }

  /** What is in the address; of an address that cannot be read, why, and a sample. */
  async function restoreHash(): Promise<void> {
    try {
      const given = await decodeHash(location.hash, samples);
      if (given !== undefined) await restore(given);
    } catch (error) {
      await restore(stateOf(sampleNamed('')));
      const why = error instanceof HashError ? error.message : 'The link could not be read.';
      page.say(`${why} A sample is shown instead.`, 'invalid');
    }
  }

  async function share(): Promise<void> {
    if (!(await remember())) return page.say('This input is too large for a link: keep it in files.', 'invalid');
    const isCopied = await navigator.clipboard?.writeText(location.href).then(
      () => true,
      () => false,
    );
    const where = isCopied === true ? 'The link is copied' : 'The link is the address of this page';
    page.say(`${where}. It holds the input itself: nothing was sent.`, 'good');
  }

  page.sample.addEventListener('change', () => void restore(stateOf(sampleNamed(page.sample.value))));
  page.share.addEventListener('click', () => void share());
  addEventListener('hashchange', () => void restoreHash());
  for (const [action, button] of page.actions) {
    button.addEventListener('click', () => {
      choose(action);
      void run();
    });
  }
  for (const [name, button] of page.texts) button.addEventListener('click', () => edit(name));
  for (const name of ['pool', 'bits'] as const) {
    page.fields[name].addEventListener('change', () => {
      state = { ...state, [name]: page.fields[name].value };
      void run();
    });
  }

  // The page has the first sample and its report: nothing runs before something is asked for.
  pane.show('spec', state.spec);
  if (state.sample !== samples[0]?.id) await restore(state);
  await restoreHash();
  used?.closest<HTMLElement>('button')?.click();
}
