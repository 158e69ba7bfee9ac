import type { MoveTraits, ShiftCaptured, ShiftTraits } from '../do/move-driver.js';
import { counted, lengthOfTime } from '../ground/text/quantities.js';
import { batchesOf } from './engine/options.js';
import { MAX_ERROR_RATE, DRAIN_MS, PAUSE_MS, SHIFT_DRAIN_MS, type RunMoveOptions } from './engine/options.js';
import { editsOf, isShift, shiftSteps, type MovePlan } from './plan/move-plan.js';
import { picturesHtml, type HtmlPictures } from './validate/report/html.js';
import { PAGE_STYLE, htmlPage, htmlLines, htmlText } from '../ground/text/html-page.js';

/** Minutes that adding one block to the accessible blocks of an instance takes, and one switch; neither is published. */
const BLOCK_MIN = 1;
const SWITCH_MIN = 2;

/**
 * A plan of a move as text: what must be done first, each phase with its calls, what callers may notice, and up to where
 * it can be undone. `traits` are those of the kind of gateway that moves.
 */
export function movePlanText(
  plan: MovePlan,
  options: Pick<RunMoveOptions, 'canary' | 'batch' | 'pauseMs' | 'drainMs'> & {
    readonly traits?: MoveTraits | undefined;
  } = {},
): string {
  const { units, widen, todos, undecided, findings, from, to, provider, region, account, notes } = plan;
  const { traits, drainMs = DRAIN_MS, pauseMs = PAUSE_MS } = options;
  const batches = batchesOf(units, options).map((batch) => String(batch.length));
  const probes = units.flatMap((one) => one.probes);
  const calls = (names: readonly string[] | undefined): string =>
    names === undefined || names.length === 0 ? '' : ` (${[...new Set(names)].join(', ')})`;
  const lines = [
    `Move ${counted(units.length, 'unit')} from ${from.id} to ${to.id} in ${provider} ${region}, account ${account}`,
    `Move ID ${plan.move}`,
    '',
    ...section(
      'To do before the move',
      todos.map(({ check, message, text }) => [`${check}: ${message}`, text]),
    ),
    ...section(
      'Undecided, and not accepted',
      undecided.map(({ check, subject, message }) => [
        `${check}: ${message}`,
        `Accept it: --accept-unknown "${check}:${subject}"`,
      ]),
    ),
    `widen   ${widen.length === 0 ? 'nothing' : `${counted(widen.length, 'entry', 'entries')}; nothing is removed`}`,
    ...widen.map(({ id }) => `          ${id}`),
    `probe   ${probes.length === 0 ? 'nothing' : `${counted(probes.length, 'backend')} from ${to.id}`}`,
    `switch  ${counted(units.length, 'unit')} in batches of ${batches.join(', ') || '0'}${calls(traits?.calls.shift)}`,
    ...units.map(({ name }) => `          ${name}`),
    `verify  ${traits?.verifies ?? 'the gateway'}${calls(traits?.calls.verify)}`,
    `drain   ${lengthOfTime(drainMs)}; both links serve calls`,
    `finish  removes what only ${from.id} needed and Postern added`,
    '',
    `Expected: about ${lengthOfTime(expectedMs(plan, batches.length, { pauseMs, drainMs }))}, of which the drain takes ${lengthOfTime(drainMs)}.`,
    `Undo: postern migrate rollback, until finish.`,
    ...notes,
    '',
    ...section(
      'Edits for tools that declare what moves, together with the move',
      editsOf(plan).map((text) => [text]),
    ),
    ...section(
      'Callers may notice',
      findings
        .filter(
          ({ severity, verdict, check }) =>
            severity === 'warning' && verdict === 'fail' && check.startsWith('migrate/'),
        )
        .map(({ check, message }) => [`${check}: ${message}`]),
    ),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function expectedMs(
  { widen }: MovePlan,
  batches: number,
  { pauseMs, drainMs }: { readonly pauseMs: number; readonly drainMs: number },
): number {
  const blocks = widen.filter(({ kind }) => kind === 'allowlist').length;
  return (blocks * BLOCK_MIN + batches * SWITCH_MIN) * 60_000 + Math.max(0, batches - 1) * pauseMs + drainMs;
}

function section(title: string, entries: readonly (readonly string[])[]): readonly string[] {
  if (entries.length === 0) return [];

  return [
    `${title} (${entries.length}):`,
    ...entries.flatMap(([head = '', ...rest]) => [`  ${head}`, ...rest.map((line) => `    ${line}`)]),
    '',
  ];
}

/** What a page of a plan shows besides the plan. */
export interface MovePlanPage {
  /** The plan as {@link movePlanText} writes it. */
  readonly text: string;
  readonly pictures?: HtmlPictures | undefined;
}

/**
 * A plan of a move as one static page with pictures of the state before and after it: no script, no external resources,
 * and text from outside is escaped.
 */
export function movePlanHtml(plan: MovePlan, { text, pictures }: MovePlanPage): string {
  const { from, to, units, todos, undecided, takenAt, provider, region, account } = plan;
  const [only] = units;
  const what = units.length === 1 && only !== undefined ? only.name : `${units.length} units`;
  const open = todos.length + undecided.length;
  const verdict =
    open === 0
      ? '<p class="verdict go">✓ It may start.</p>'
      : `<p class="verdict stop">✗ It must not start: ${todos.length} to do, ${undecided.length} undecided.</p>`;
  const place = `${provider} ${region}, account ${account}, read at ${takenAt}`;
  const body = `<header><h1>${htmlText(`Move of ${what}: ${from.id} → ${to.id}`)}</h1><p class="dim">${htmlText(place)}</p></header>
${verdict}
${picturesHtml(pictures, (title) => `<h2>${title}</h2>`)}
<h2>Plan</h2>
<pre>${htmlLines(text)}</pre>`;
  return htmlPage({ title: `Postern: ${what}: ${from.id} → ${to.id}`, style: PAGE_STYLE, body });
}

/** For a kind whose adapter says nothing of shifts. */
const SHIFT: ShiftTraits = { readyMs: 0, former: 'has no share', promote: 'ends the shift' };

/** A plan of a shift as text: the shares now, each step, and the way back. `traits` are those of what shares the calls. */
export function shiftPlanText(
  plan: MovePlan,
  {
    pauseMs = PAUSE_MS,
    drainMs = SHIFT_DRAIN_MS,
    maxErrorRate = MAX_ERROR_RATE,
    traits: { shift: { readyMs, ready, former, promote } = SHIFT },
  }: Pick<RunMoveOptions, 'pauseMs' | 'drainMs' | 'maxErrorRate'> & { readonly traits: Pick<MoveTraits, 'shift'> },
): string {
  const { request, from, to, provider, region, account, notes } = plan;
  const before = Object.values(plan.captured ?? {})[0] as ShiftCaptured | undefined;
  const calls = isShift(request) ? request.calls : [];
  const percent = before?.percent ?? 0;
  return `${[
    `Shift calls of ${isShift(request) ? request.name : ''} from ${from.id} to ${to.id} in ${provider} ${region}, account ${account}`,
    `Shift ID ${plan.move}`,
    '',
    `now     ${from.id} ${100 - percent} %, ${to.id} ${percent} %`,
    ...(ready === undefined ? [] : [`ready   ${to.id} ${ready}, at most ${lengthOfTime(readyMs)}`]),
    ...shiftSteps(plan).map((step) => `step    ${to.id} ${step} %`),
    `analyze for ${lengthOfTime(pauseMs)} after each step: at most ${maxErrorRate * 100} % of the calls may fail`,
    ...calls.map(({ method, url }) => `          ${method} ${url}`),
    `drain   ${lengthOfTime(drainMs)}; ${from.id} ${former}`,
    `promote after the drain: ${promote}`,
    '',
    'Undo: postern shift abort, until promote. A step that fails returns the shares by itself.',
    ...notes,
  ].join('\n')}\n`;
}
