import type { CommandDescription } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern plan`. */
export const plan: CommandDescription = { ...grammar.plan, load: () => import('./plan.js') };

/** `postern apply`. */
export const apply: CommandDescription = { ...grammar.apply, load: () => import('./apply.js') };

/** `postern destroy`. */
export const destroy: CommandDescription = { ...grammar.destroy, load: () => import('./destroy.js') };

/** `postern log`. */
export const log: CommandDescription = { ...grammar.log, load: () => import('./log.js') };

/** `postern show`. */
export const show: CommandDescription = { ...grammar.show, load: () => import('./show.js') };

/** `postern forget`. */
export const forget: CommandDescription = { ...grammar.forget, load: () => import('./forget.js') };
