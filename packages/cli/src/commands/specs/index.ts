import type { CommandDescription, CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern init`. */
export const init: CommandDescription = { ...grammar.init, load: () => import('./init.js') };

/** `postern import`. */
export const importing: CommandDescription = { ...grammar.importing, load: () => import('./import.js') };

/** `postern validate`. */
export const validate: CommandDescription = { ...grammar.validate, load: () => import('./validate.js') };

/** `postern fmt`. */
export const fmt: CommandDescription = { ...grammar.fmt, load: () => import('./fmt.js') };

/** `postern export`. */
export const exporting: CommandGroup = {
  ...grammar.exporting,
  commands: [{ ...grammar.exportTerraform, load: () => import('./export-terraform.js') }],
};
