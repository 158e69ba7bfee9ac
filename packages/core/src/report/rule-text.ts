import type { Evidence } from '../checks/finding.js';
import { displayText } from '../display.js';

/** Provider, service, region and account of an ARN, which say nothing that a line for people needs. */
const ARN = /^arn:[^:]*:[^:]*:[^:]*:[^:]*:(?=[^:])/;

/** An id as a line shows it: of an ARN the resource. */
function shortId(id: string): string {
  return displayText(id.replace(ARN, ''));
}

/** What decided, and what it says: `sgr-1: out tcp 443 to 10.0.0.0/8`. */
export function ruleText({ id, text }: Pick<Evidence, 'id' | 'text'>): string {
  if (text === '' || text === id) return shortId(id);
  return text.startsWith(id) ? displayText(text) : `${shortId(id)}: ${displayText(text)}`;
}
