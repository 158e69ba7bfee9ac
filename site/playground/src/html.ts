// The page as text: the build writes it into the page, and the program replaces the report.
import type { Answer } from './answer.js';
import type { Line, Piece } from './painted.js';
import { ACTIONS, type Action, type Sample } from './state.js';

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** The name and meaning of each button. */
const ACTION_NAMES: Readonly<Record<Action, readonly [name: string, meaning: string]>> = {
  check: ['Check', 'whether calls will arrive, and why not'],
  explain: ['Explain', 'the path of a call, hop by hop'],
  plan: ['Plan', 'what apply would change'],
  graph: ['Graph', 'a picture of the spec'],
  advise: ['Advise', 'which kinds of gateway and link fit, and what they cost'],
  cidr: ['CIDR', 'overlaps, merged blocks and a free block'],
};

const CHECK_ID = /^([✓✗?!·•-]? ?)([a-z][a-z0-9-]*\/[a-z][a-z0-9-]*)$/;

/** What of a report is shown below its sentence. `checks` is the folder of the pages of checks. */
export function reportHtml({ lines, svg, command }: Answer, checks: string): string {
  const picture =
    svg === undefined ? '' : `<div class="pg-picture" tabindex="0" role="region" aria-label="Picture">${svg}</div>`;
  const text =
    lines.length === 0 ? '' : `<div class="pg-lines">${lines.map((line) => lineHtml(line, checks)).join('')}</div>`;
  const same =
    command === undefined
      ? ''
      : `<p class="pg-command">The same on your machine: <code>${escapeHtml(command)}</code></p>`;
  return `${picture}${text}${same}`;
}

/** A line that wraps goes on below its first word. Its indentation is not text: programs that read HTML take blanks together. */
function lineHtml([first, ...others]: Line, checks: string): string {
  if (first === undefined || (others.length === 0 && first.text.trim() === '')) return '<p class="pg-blank"></p>';
  const text = first.text.trimStart();
  const indent = first.text.length - text.length;
  const pieces = [{ ...first, text }, ...others].map((piece) => pieceHtml(piece, checks));
  return `<p${indent === 0 ? '' : ` style="--indent:${indent}ch"`}>${pieces.join('')}</p>`;
}

function pieceHtml({ text, style }: Piece, checks: string): string {
  if (style === undefined) return escapeHtml(text);
  const [, sign, id] = CHECK_ID.exec(text) ?? [];
  const inside =
    id === undefined
      ? escapeHtml(text)
      : `${escapeHtml(sign ?? '')}<a href="${escapeHtml(checks)}${id.split('/')[0]}.html#${id.replace('/', '')}">${escapeHtml(id)}</a>`;
  return `<span class="pg-${style}">${inside}</span>`;
}

const option = (sample: Sample, chosen: string): string =>
  `<option value="${sample.id}"${sample.id === chosen ? ' selected' : ''}>${escapeHtml(sample.title)}</option>`;

const button = (action: Action, chosen: Action): string => {
  const [name, meaning] = ACTION_NAMES[action];
  return `<button type="button" data-action="${action}" title="${escapeHtml(`${name}: ${meaning}`)}" aria-pressed="${action === chosen}">${name}</button>`;
};

/**
 * The playground with its first sample and that sample's report: text that needs no program. It has no empty line, which would end a block
 * of HTML in Markdown, and no line that Vue would read.
 */
export function shellHtml(samples: readonly Sample[], first: Sample, answered: Answer, checks: string): string {
  return `<div class="pg" v-pre>
<div class="pg-head pg-needs-script">
<label class="pg-sample">Sample <select name="sample">${samples.map((one) => option(one, first.id)).join('')}</select></label>
<button type="button" class="pg-share">Copy link</button>
</div>
<p class="pg-shows">${escapeHtml(first.shows)}</p>
<div class="pg-panes">
<section class="pg-input" aria-label="Input">
<div class="pg-tabs pg-needs-script" role="group" aria-label="Text to edit"><button type="button" data-text="spec" aria-pressed="true">Spec</button><button type="button" data-text="snapshot" aria-pressed="false">Snapshot</button><button type="button" data-text="blocks" aria-pressed="false">CIDR blocks</button></div>
<div class="pg-editor"><pre tabindex="0" aria-label="Spec">${escapeHtml(first.spec).replaceAll('\n', '&#10;')}</pre></div>
<div class="pg-fields" hidden><label>Free block in <input name="pool" size="15" autocomplete="off" spellcheck="false" value="${escapeHtml(first.pool)}"></label> <label>of length <input name="bits" size="4" inputmode="numeric" autocomplete="off" value="${escapeHtml(first.bits)}"></label></div>
<p class="pg-keys pg-needs-script"><kbd>Ctrl</kbd>+<kbd>Enter</kbd> runs, <kbd>Ctrl</kbd>+<kbd>Space</kbd> completes, <kbd>F8</kbd> goes to the next finding, <kbd>Tab</kbd> leaves the editor.</p>
</section>
<section class="pg-output" aria-label="Report">
<div class="pg-tabs pg-needs-script" role="group" aria-label="Run">${ACTIONS.map((one) => button(one, first.action)).join('')}</div>
<p class="pg-status pg-${answered.tone}" role="status" aria-live="polite">${escapeHtml(answered.sentence)}</p>
<div class="pg-report" tabindex="0" role="region" aria-label="Report">${reportHtml(answered, checks)}</div>
</section>
</div>
</div>`;
}
