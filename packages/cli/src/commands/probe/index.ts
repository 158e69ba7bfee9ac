import type { CommandDescription } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern probe`: it calls live APIs, and changes nothing by itself. */
export const probe: CommandDescription = { ...grammar.probe, load: () => import('./probe.js') };
