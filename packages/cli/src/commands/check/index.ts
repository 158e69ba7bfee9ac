import type { CommandDescription } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern check`. */
export const check: CommandDescription = { ...grammar.check, load: () => import('./check.js') };

/** `postern explain`. */
export const explain: CommandDescription = { ...grammar.explain, load: () => import('./explain.js') };

/** `postern snapshot`. */
export const snapshot: CommandDescription = { ...grammar.snapshot, load: () => import('./snapshot.js') };

/** `postern watch`. */
export const watch: CommandDescription = { ...grammar.watch, load: () => import('./watch.js') };
