import type { CommandGroup } from '../../grammar/options.js';
import { rehearseHandover } from '../handover/rehearse-command.js';
import * as grammar from './grammar.js';

/** `postern rehearse`: on the twin of a snapshot, without any call of a cloud. */
export const rehearse: CommandGroup = {
  ...grammar.rehearse,
  commands: [
    { ...grammar.apply, load: async () => ({ run: (await import('./rehearse.js')).apply }) },
    { ...grammar.plan, load: async () => ({ run: (await import('./rehearse.js')).plan }) },
    { ...grammar.migrate, load: async () => ({ run: (await import('./rehearse.js')).migrate }) },
    rehearseHandover,
  ],
};
