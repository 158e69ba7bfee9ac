import type { CommandGroup } from '../../grammar/options.js';
import * as grammar from './grammar.js';

/** `postern handover`: from API Gateway (Traditional) to its successor. */
export const handover: CommandGroup = {
  ...grammar.handover,
  commands: [
    { ...grammar.assess, load: () => import('./assess.js') },
    { ...grammar.plan, load: () => import('./plan.js') },
    { ...grammar.run, load: () => import('./run.js') },
    { ...grammar.prove, load: () => import('./prove.js') },
    { ...grammar.switchOver, load: () => import('./switch.js') },
    { ...grammar.finish, load: () => import('./finish.js') },
    { ...grammar.status, load: () => import('./status.js') },
    { ...grammar.rollback, load: () => import('./rollback.js') },
    { ...grammar.audit, load: () => import('./audit.js') },
  ],
};
