import type { CommandDescription } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern advise`. */
export const advise: CommandDescription = { ...grammar.advise, load: () => import('./advise.js') };

/** `postern quotas`. */
export const quotas: CommandDescription = { ...grammar.quotas, load: () => import('./quotas.js') };

/** `postern graph`. */
export const graph: CommandDescription = { ...grammar.graph, load: () => import('./graph.js') };
