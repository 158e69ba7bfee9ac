import type { ProbeResult, ProbeVerdict } from '../../do/probe/probe-result.js';
import { displayText, type ReportTextOptions, type Style } from '../../ground/text/display.js';
import { jsonText } from '../../ground/text/json-text.js';
import { flow } from '../../ground/text/flow.js';

/** The version of what {@link probeJson} writes. */
const PROBE_VERSION = 1;

/** How a verdict is shown: its mark and color, and the words of a count. */
const SHOWN: Readonly<Record<ProbeVerdict, { readonly mark: string; readonly style: Style; readonly words: string }>> =
  {
    works: { mark: '✓', style: 'pass', words: 'working' },
    failed: { mark: '✗', style: 'error', words: 'failed' },
    refused: { mark: '!', style: 'warning', words: 'refused' },
    unknown: { mark: '?', style: 'unknown', words: 'undecided' },
    'not-called': { mark: '·', style: 'quiet', words: 'not called' },
  };

const INDENT = '    ';

/**
 * Results of calls as text, by integration: a line for each route, and for those that do not work the cause and the
 * remedy, once for routes that follow each other and have the same.
 *
 *     orders
 *       ✓ GET /orders/{id} on $default: 200 in 12 ms
 *       ✗ GET /stock on $default: 503 in 31 ms, the gateway did not reach the backend, or not in time
 *         path/security-group  link eu → target stock: …
 *         → Add 10.20.2.0/24 to the allowlist of link eu in the spec.
 *
 *     1 working, 1 failed
 */
export function probeText(results: readonly ProbeResult[], options: Omit<ReportTextOptions, 'passed'> = {}): string {
  const { width = 100, paint = (_: Style, text: string) => text } = options;
  const page = { width: Math.max(40, width), paint };
  const lines: string[] = [];
  for (const [at, result] of results.entries()) {
    const next = results[at + 1];
    const isFirst = results[at - 1]?.integration !== result.integration;
    if (isFirst) lines.push(...(at === 0 ? [] : ['']), paint('heading', displayText(result.integration)));
    const { mark, style } = SHOWN[result.verdict];
    const pieces = [{ text: '  ' }, { text: `${mark} ${nameOf(result)}`, style }, { text: `: ${whatOf(result)}` }];
    lines.push(...flow(pieces, page, INDENT));
    const isLast = next?.integration !== result.integration || keyOf(next) !== keyOf(result);
    if (isLast)
      for (const { text, style: of } of detailsOf(result))
        lines.push(...flow([{ text, style: of }], page, `${INDENT}  `));
  }
  return [...lines, ...(results.length === 0 ? [] : ['']), probeTally(results), ''].join('\n');
}

/** `3 working, 1 failed, 1 not called`. */
function probeTally(results: readonly ProbeResult[]): string {
  const counts = Object.entries(SHOWN).flatMap(([verdict, { words }]) => {
    const count = results.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return counts.length === 0 ? 'no route is declared' : counts.join(', ');
}

/** Results of calls as one JSON document: `{ version, results }`. */
export function probeJson(results: readonly ProbeResult[]): string {
  return `${jsonText({ version: PROBE_VERSION, results }, 2)}\n`;
}

function nameOf({ route, stage }: ProbeResult): string {
  return displayText(stage === undefined ? route : `${route} on ${stage}`);
}

/** `200 in 12 ms`, `503 in 31 ms, the gateway …`, `not called, POST may change something`. */
function whatOf({ status, latencyMs, verdict, because, via }: ProbeResult): string {
  const time = latencyMs === undefined ? '' : ` in ${latencyMs} ms`;
  const connects = via === 'test-call' && verdict === 'works' ? ['connects'] : [];
  const first = status === undefined ? (verdict === 'not-called' ? ['not called'] : connects) : [`${status}${time}`];
  return [...first, ...(because === undefined ? [] : [displayText(because)])].join(', ');
}

function detailsOf({ finding, remedy }: ProbeResult): readonly { readonly text: string; readonly style?: Style }[] {
  return [
    ...(finding === undefined
      ? []
      : [{ text: `${INDENT}${finding.check}  ${displayText(finding.subject)}: ${displayText(finding.message)}` }]),
    ...(remedy === undefined ? [] : [{ text: `${INDENT}→ ${displayText(remedy)}`, style: 'remedy' as const }]),
  ];
}

/** Equal where the details are. */
function keyOf(result: ProbeResult | undefined): string {
  return result === undefined
    ? ''
    : [...detailsOf(result).map(({ text }) => text), result.finding === undefined ? result.because : ''].join('\n');
}
