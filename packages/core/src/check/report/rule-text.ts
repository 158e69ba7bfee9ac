import type { Evidence } from '../../do/findings/finding.js';
import { displayText } from '../../ground/text/display.js';

/** Provider, service, region and account of an ARN, which a line of output does not need. */
const ARN = /\barn:[^:\s]*:[^:\s]*:[^:\s]*:[^:\s]*:(?=[^:\s])/g;

/** A text as a line shows it: of each ARN the resource. */
export function shortText(text: string): string {
  return displayText(text.replace(ARN, ''));
}

/** The deciding rule and its content: `sgr-1: out tcp 443 to 10.0.0.0/8`. */
export function ruleParamsText({ id, text }: Pick<Evidence, 'id' | 'text'>): string {
  if (text === '' || text === id) return shortText(id);
  return text.startsWith(id) ? displayText(text) : `${shortText(id)}: ${displayText(text)}`;
}
