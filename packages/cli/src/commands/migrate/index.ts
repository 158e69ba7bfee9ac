import type { CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern migrate`: from one link to another. */
export const migrate: CommandGroup = {
  ...grammar.migrate,
  commands: [
    { ...grammar.validate, load: async () => ({ run: (await import('./migrate.js')).validate }) },
    { ...grammar.plan, load: () => import('./migrate-plan.js') },
    { ...grammar.run, load: () => import('./migrate-run.js') },
    { ...grammar.status, load: async () => ({ run: (await import('./migrate-end.js')).status }) },
    { ...grammar.rollback, load: async () => ({ run: (await import('./migrate-end.js')).rollback }) },
    { ...grammar.finish, load: async () => ({ run: (await import('./migrate-end.js')).finish }) },
    { ...grammar.abort, load: async () => ({ run: (await import('./migrate-end.js')).abort }) },
    { ...grammar.leave, load: async () => ({ run: (await import('./migrate-end.js')).leave }) },
  ],
};
