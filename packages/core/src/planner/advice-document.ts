import type { ReportTextOptions } from '../ground/text/display.js';
import { documentMarkdown } from '../ground/text/document-markdown.js';
import { documentText } from '../ground/text/document-text.js';
import { item, type Document, type Look, type Section } from '../ground/text/document.js';
import { usdText } from '../ground/text/quantities.js';
import type { Advice, Fit, OptionAdvice, ReasonCode } from './advice.js';

const LOOKS: Readonly<Record<Fit, Look>> = { yes: 'pass', no: 'error', unknown: 'unknown' };
const FITS: Readonly<Record<Fit, string>> = { yes: 'fits', no: 'does not fit', unknown: 'cannot be determined' };

/** What is left out of an option that does not fit: it is about options that do. */
const OF_FITTING: ReadonlySet<ReasonCode> = new Set([
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
export function adviceText(advice: Advice, options: Pick<ReportTextOptions, 'width' | 'paint'> = {}): string {
  return documentText(documentOf(advice), options);
}

/** The same as Markdown, for a comment. */
export function adviceMarkdown(advice: Advice): string {
  return documentMarkdown(documentOf(advice));
}

function documentOf({ options }: Advice): Document {
  return { title: 'Options', level: 2, sections: options.map(sectionOf) };
}

function sectionOf(option: OptionAdvice): Section {
  const { rank, id, title, fits, monthlyUsd, priceRegion, picture, reasons } = option;
  const price =
    monthlyUsd === null ? 'cost not known' : `USD ${usdText(monthlyUsd)} a month at the prices of ${priceRegion}`;
  const head = fits === 'no' ? FITS.no : `${FITS[fits]}, ${price}`;
  const shown = reasons.filter(({ code }) => fits !== 'no' || !OF_FITTING.has(code));
  return {
    heading: `${rank}. ${id}: ${title}: ${head}`,
    look: LOOKS[fits],
    depth: 2,
    items: [
      ...(fits === 'no' ? [] : [{ ...item(picture), isWhole: true }]),
      ...shown.map(({ message }) => item(message)),
    ],
  };
}
