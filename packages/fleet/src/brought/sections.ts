import { handoversHtml } from '../handover/section.js';
import type { FleetReport } from '../report/fleet-report.js';

type Section = (report: Pick<FleetReport, 'run' | 'units'>) => string;

/** A section of a page for each kind of work that clouds bring. Empty of other goals. */
const BROUGHT_SECTIONS: readonly Section[] = [handoversHtml];

/** All of them. */
export const broughtHtml: Section = (report) => BROUGHT_SECTIONS.map((section) => section(report)).join('\n');
