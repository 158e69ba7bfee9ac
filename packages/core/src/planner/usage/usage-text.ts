import { counted } from '../../ground/text/counted.js';
import { displayText } from '../../ground/text/display.js';
import type { Style } from '../../ground/text/style.js';
import type { QuotaUse } from './usage.js';

/** How uses are shown. */
export interface QuotaTextOptions {
  /** From this share on, in percent, a use is marked. */
  readonly watchAt?: number | undefined;
  /** Shows each link, gateway and load balancer, and not only the fullest one of each quota. */
  readonly all?: boolean | undefined;
  readonly paint?: ((style: Style, text: string) => string) | undefined;
}

/** Uses as text, one line each: the fullest first. */
export function quotaText(uses: readonly QuotaUse[], options: QuotaTextOptions = {}): string {
  const { watchAt = Number.POSITIVE_INFINITY, all = false, paint = (_, text) => text } = options;
  const shown = all ? uses : fullestOfEach(uses);
  const rows = shown.map((use) => {
    const { used, limit, percent, headroom, source, adjustable, code, what, subject } = use;
    const share = percent === null ? '?' : `${percent}%`;
    const isFull = percent !== null && percent >= watchAt;
    const mark = percent === null ? '?' : isFull ? '!' : ' ';
    const of = subject === null ? '' : ` of ${subject.name || subject.id}`;
    const kind = adjustable ? (code ?? 'by request') : 'fixed';
    const limitText = `${limit ?? '?'}${source === 'default' ? ' (default)' : ''}`;
    return {
      use,
      isFull,
      mark,
      cells: [share, `${used ?? '?'} of ${limitText}`, `${headroom ?? '?'} left`, kind, `${what}${of}`],
    };
  });
  const widths = [0, 1, 2, 3].map((at) => Math.max(0, ...rows.map(({ cells }) => (cells[at] ?? '').length)));
  const lines = rows.flatMap(({ use, isFull, mark, cells }) => {
    const text = cells
      .map((cell, at) => (at === 0 ? cell.padStart(widths[0] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ');
    const place = `${use.provider} ${use.region}`;
    const line = displayText(`${mark} ${text}  ${place}`.trimEnd());
    const why = use.missing === null ? `grows with ${use.grows}` : use.missing;
    return [isFull ? paint('error', line) : line, displayText(`      ${why}`)];
  });
  const hidden = uses.length - shown.length;
  if (hidden > 0) lines.push('', `${counted(hidden, 'more use')} of single resources: --full shows them.`);
  return `${lines.join('\n')}\n`;
}

/** Of the uses of one quota by several resources, the first: the fullest, since they are sorted. */
function fullestOfEach(uses: readonly QuotaUse[]): readonly QuotaUse[] {
  const known = new Set<string>();
  return uses.filter(({ provider, region, account, quota }) => {
    const key = JSON.stringify([provider, region, account, quota]);
    return known.has(key) ? false : known.add(key);
  });
}
