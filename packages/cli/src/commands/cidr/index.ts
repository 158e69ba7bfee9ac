import type { CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern cidr`: commands for lists of blocks. */
export const cidr: CommandGroup = {
  ...grammar.cidr,
  commands: [
    { ...grammar.conflicts, load: async () => ({ run: (await import('./compare.js')).conflicts }) },
    { ...grammar.merge, load: async () => ({ run: (await import('./blocks.js')).merge }) },
    { ...grammar.subtract, load: async () => ({ run: (await import('./blocks.js')).subtract }) },
    { ...grammar.contains, load: async () => ({ run: (await import('./compare.js')).contains }) },
    { ...grammar.free, load: async () => ({ run: (await import('./blocks.js')).free }) },
  ],
};
