import type { CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern shift`: from one target to another behind one link. */
export const shift: CommandGroup = {
  ...grammar.shift,
  commands: [
    { ...grammar.plan, load: async () => ({ run: (await import('./shift.js')).plan }) },
    { ...grammar.run, load: async () => ({ run: (await import('./shift.js')).run }) },
    { ...grammar.status, load: async () => ({ run: (await import('./shift.js')).status }) },
    { ...grammar.abort, load: async () => ({ run: (await import('./shift.js')).abort }) },
    { ...grammar.promote, load: async () => ({ run: (await import('./shift.js')).promote }) },
    { ...grammar.leave, load: async () => ({ run: (await import('./shift.js')).leave }) },
  ],
};
