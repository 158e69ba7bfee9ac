import { displayText } from '../ground/text/display.js';
import type { Style } from '../ground/text/style.js';
import { usdText } from '../ground/text/usd.js';
import { wrap } from '../ground/text/wrap.js';
import type { Advice, Fit, OptionAdvice } from './advice.js';

const MARKS: Readonly<Record<Fit, string>> = { yes: '✓', no: '✗', unknown: '?' };
const STYLES: Readonly<Record<Fit, Style>> = { yes: 'pass', no: 'error', unknown: 'unknown' };
const FITS: Readonly<Record<Fit, string>> = { yes: 'fits', no: 'does not fit', unknown: 'cannot be determined' };

/** What is left out of the text of an option that does not fit: it is about options that do. */
const OF_FITTING: ReadonlySet<string> = new Set([
  'SPLIT',
  'SEPARATE_VPCS',
  'PEAKS',
  'CEILING',
  'BLAST_RADIUS',
  'HOPS',
  'COST',
  'COST_UNKNOWN',
  'INDEPENDENT_DEPLOYMENTS',
  'SHARED_DEPLOYMENTS',
]);

/** Advice as text: the options in their order, each with its reasons. Of options that do not fit, why. */
export function adviceText(
  { options }: Advice,
  {
    paint = (_, text) => text,
    width = 100,
  }: {
    readonly paint?: ((style: Style, text: string) => string) | undefined;
    readonly width?: number | undefined;
  } = {},
): string {
  return `${options
    .flatMap((one) => [...optionLines(one, paint, width), ''])
    .join('\n')
    .trimEnd()}\n`;
}

function optionLines(
  option: OptionAdvice,
  paint: (style: Style, text: string) => string,
  width: number,
): readonly string[] {
  const { rank, id, title, fits, monthlyUsd, priceRegion, picture, reasons } = option;
  const price =
    monthlyUsd === null ? 'cost not known' : `USD ${usdText(monthlyUsd)} a month at the prices of ${priceRegion}`;
  const head = fits === 'no' ? FITS.no : `${FITS[fits]}, ${price}`;
  const shown = reasons.filter(({ code }) => fits !== 'no' || !OF_FITTING.has(code));
  return [
    paint(STYLES[fits], displayText(`${MARKS[fits]} ${rank}. ${id}: ${title}: ${head}`)),
    ...(fits === 'no' ? [] : [displayText(`    ${picture}`)]),
    ...shown.flatMap(({ message }) => wrap(`    ${message}`, width, '      ').map((line) => displayText(line))),
  ];
}
