import type { CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern fleet`: many accounts. */
export const fleet: CommandGroup = {
  ...grammar.fleet,
  commands: [
    { ...grammar.dev, load: () => import('./dev.js') },
    { ...grammar.worker, load: () => import('./worker.js') },
    { ...grammar.register, load: () => import('./register.js') },
    { ...grammar.up, load: () => import('./up.js') },
    { ...grammar.status, load: async () => ({ run: (await import('./runs.js')).status }) },
    { ...grammar.pause, load: async () => ({ run: (await import('./runs.js')).pause }) },
    { ...grammar.resume, load: async () => ({ run: (await import('./runs.js')).resume }) },
    { ...grammar.approve, load: () => import('./approve.js') },
    { ...grammar.cancel, load: async () => ({ run: (await import('./runs.js')).cancel }) },
    { ...grammar.logs, load: async () => ({ run: (await import('./runs.js')).logs }) },
    { ...grammar.report, load: async () => ({ run: (await import('./pages.js')).report }) },
    { ...grammar.ui, load: async () => ({ run: (await import('./pages.js')).ui }) },
  ],
};
